/** The people that a counter meets, each through card bytes and gateway: what staff and patient will be told of. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GatewayClient } from '../../../src/eligibility/gateway-client.ts';
import type { QualificationValidity } from '../../../src/reception/qualification.ts';
import { NOTHING_ASKED } from '../../../src/reception/questions.ts';
import { warningsOf } from '../../../src/reception/warnings.ts';
import { createSimulatedClock } from '../../simulated-clock.ts';
import { clientWithoutLine, type GatewayBench, never, openGatewayBench, proofByPin } from './gateway-bench.ts';

const TODAY = '2026-04-01';
const clock = createSimulatedClock({ wall: new Date(`${TODAY}T09:00:00+09:00`) });
let bench: GatewayBench;
let client: GatewayClient;

beforeAll(async () => {
  bench = await openGatewayBench(clock, () => clock.wall());
  client = clientWithoutLine({ clock, request: bench.gateway.requestAs('reader-1') });
});
afterAll(() => bench.gateway.close());

test.each<[string, QualificationValidity, object, readonly string[]]>([
  ['adult', '1', { InsuredCardClassification: '01' }, []],
  ['lost-eligibility', '2', { ReasonOfLoss: '03' }, []],
  ['newer-eligibility', '3', { ReasonOfLoss: '03' }, []],
  ['several-insurers', '5', {}, []],
  ['welfare', '1', { InsuredCardClassification: 'A1', PublicExpenseResultList: { MedicalTicketInfo: { TicketType: '1' } } }, []],
  ['welfare-unregistered', '6', { InsuredCardClassification: 'A1' }, []],
  ['man-of-70', '1', { ElderlyRecipientCertificateInfo: { ElderlyRecipientContributionRatio: '020' } }, []],
  ['seventy-five-tomorrow', '1', { ElderlyRecipientCertificateInfo: { ElderlyRecipientContributionRatio: '020' } }, []],
  ['seventy-five-today', '1', { InsuredPartialContributionRatio: '010' }, []],
  ['woman-of-84', '1', { InsuredPartialContributionRatio: '010' }, []],
  ['elderly-two-tenths', '1', { InsuredPartialContributionRatio: '020' }, []],
  ['wrong-ratio', '1', { InsuredPartialContributionRatio: '020' }, ['ratio']],
  ['high-cost-limit', '1', { LimitApplicationCertificateRelatedInfo: {} }, []],
  ['small-child', '1', { PreschoolClassification: '1' }, []],
  ['grown-child', '1', { PersonalFamilyClassification: '2' }, []],
])('%s: validity %s', async (personaId, validity, elements, warnings) => {
  const opened = await client.open(`person-${personaId}`, never);
  if (!opened.ok) throw new Error(opened.fault.code);
  const proof = await proofByPin(await bench.issue(personaId), opened.value.challenge);
  expect(await opened.value.prove(proof, 'pin', never)).toMatchObject({ ok: true, value: { registered: true } });
  const answered = await opened.value.eligibility(NOTHING_ASKED, never);
  if (!answered.ok) throw new Error(answered.fault.code);
  const [qualification = {}] = answered.value.qualifications;
  expect(answered.value.validity).toBe(validity);
  expect(qualification).toMatchObject(elements);
  expect(warningsOf(qualification, validity, TODAY).map((warning) => warning.of)).toEqual(warnings);
});
