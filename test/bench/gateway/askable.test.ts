/** What the gateway tells a reader that a patient can be asked about, and what it makes of the answers. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { normalControls } from '../../../src/bench/gateway/controls.ts';
import type { GatewayClient } from '../../../src/eligibility/gateway-client.ts';
import type { GatewaySession, Standing } from '../../../src/reception/ports.ts';
import type { OqsGroup } from '../../../src/reception/qualification.ts';
import { type Given, NOTHING_ASKED } from '../../../src/reception/questions.ts';
import { createSimulatedClock, type SimulatedClock } from '../../simulated-clock.ts';
import { agreedTo, clientWithoutLine, type GatewayBench, never, openGatewayBench, proveByFace } from './gateway-bench.ts';

const DAY_MS = 86_400_000;
const MEDICAL = ['medicines', 'checkups', 'treatment', 'surgery'];
let clock: SimulatedClock;
let bench: GatewayBench;
let client: GatewayClient;
let count = 0;

beforeAll(async () => {
  clock = createSimulatedClock({ wall: new Date('2026-04-01T09:00:00+09:00') });
  bench = await openGatewayBench(clock, () => clock.wall());
  client = clientWithoutLine({ clock, request: bench.gateway.requestAs('reader-1') });
});
afterAll(() => bench.gateway.close());
beforeEach(() => {
  bench.gateway.controls.facility = normalControls().facility;
});

const asPharmacy = () => {
  bench.gateway.controls.facility = { ...normalControls().facility, kind: 'pharmacy', electronicPrescription: '1' };
};

async function proved(personaId: string): Promise<{ session: GatewaySession; standing: Standing }> {
  const opened = await client.open(`askable-${++count}`, never);
  if (!opened.ok) throw new Error(opened.fault.code);
  const found = await proveByFace(opened.value, await bench.issue(personaId));
  if (!found.ok) throw new Error(found.fault.code);
  return { session: opened.value, standing: found.value.standing };
}

const askableOf = async (personaId: string) => (await proved(personaId)).standing.askable;

async function told(personaId: string, given: Given): Promise<OqsGroup> {
  const answered = await (await proved(personaId)).session.eligibility(given, never);
  if (!answered.ok) throw new Error(answered.fault.code);
  return answered.value.qualifications[0] ?? {};
}

describe('information and certificates', () => {
  test.each([
    ['adult', MEDICAL],
    ['dialysis', [...MEDICAL, 'specific-diseases']],
    ['day-labourer', ['treatment', 'surgery']],
    ['welfare', ['treatment', 'surgery']],
    ['lost-eligibility', MEDICAL],
    ['not-found', []],
  ])('of %s there are %j', async (personaId, items) => {
    expect((await askableOf(personaId))?.items).toEqual(items);
  });

  test('are flagged in the result as they were asked and answered, and not otherwise', async () => {
    const result = await told('adult', { asked: ['medicines', 'treatment'], consents: ['medicines'] });
    expect(result).toMatchObject({ PharmacistsInfoConsFlg: '1', DiagnosisInfoConsFlg: '0' });
    for (const absent of ['OperationInfoConsFlg', 'SpecificHealthCheckupsInfoConsFlg', 'DiagnosisInfoConsTime'])
      expect(result).not.toHaveProperty(absent);
  });

  test('cannot be agreed to unasked', async () => {
    const { session } = await proved('adult');
    const refused = await session.eligibility({ asked: ['medicines'], consents: ['surgery'] }, never);
    expect(refused).toMatchObject({ ok: false, fault: { code: 'GATE-503', detail: 'request-invalid' } });
    expect(bench.gateway.receptions().at(-1)).toMatchObject({ consents: null });
  });
});

describe('a certificate of a public subsidy', () => {
  test.each([
    ['child-subsidy', true],
    ['intractable-disease', true],
    ['grown-up-subsidy', false],
    ['adult', false],
  ])('of %s: %s', async (personaId, subsidy) => {
    expect((await askableOf(personaId))?.subsidy).toBe(subsidy);
  });

  test.each([
    [true, '8313'],
    [false, undefined],
    [undefined, undefined],
  ])('is handed over only where the patient wants it (%s)', async (subsidy, payer) => {
    const result = await told('child-subsidy', { ...NOTHING_ASKED, ...(subsidy !== undefined && { subsidy }) });
    const info = result['BenchSubsidyCertificateInfo'] as OqsGroup | undefined;
    expect((info?.['BenchSubsidyPayerNumber'] as string | undefined)?.slice(0, 4)).toBe(payer);
  });
});

describe('electronic prescriptions', () => {
  const days = async () => (await askableOf('pharmacy-visitor'))?.prescriptions.map(({ issuedOn }) => issuedOn);

  test('are no matter of a clinic', async () => {
    expect(await days()).toEqual([]);
  });

  test('can be dispensed on four days, that of issue among them; a chosen one is not listed again', async () => {
    asPharmacy();
    expect(await days()).toEqual(['2026-03-29', '2026-03-31', '2026-04-01']);
    const { session } = await proved('pharmacy-visitor');
    expect((await session.eligibility({ ...NOTHING_ASKED, dispense: [1] }, never)).ok).toBe(true);
    expect(await days()).toEqual(['2026-03-29', '2026-04-01']);
    await clock.advance(DAY_MS);
    expect(await days()).toEqual(['2026-04-01']);
    await clock.advance(3 * DAY_MS);
    expect(await days()).toEqual([]);
  });

  test('that were not listed cannot be chosen', async () => {
    asPharmacy();
    const { session } = await proved('adult');
    const refused = await session.eligibility({ ...NOTHING_ASKED, dispense: [0] }, never);
    expect(refused).toMatchObject({ ok: false, fault: { code: 'GATE-503' } });
  });
});

test.each([
  ['certificate-ending', 'BENCH-CERTIFICATE-ENDING'],
  ['certificate-grace', 'BENCH-CERTIFICATE-ENDING'],
  ['adult', undefined],
])('%s is answered with the side note %s', async (personaId, code) => {
  const { session } = await proved(personaId);
  const answered = await session.eligibility(NOTHING_ASKED, never);
  expect(answered.ok && answered.value.note?.code).toBe(code);
});

test('medical information that cannot be had is agreed to, and there is none', async () => {
  await told('day-labourer', agreedTo('medicines', 'treatment'));
  const person = bench.gateway.people().find(({ personaId }) => personaId === 'day-labourer');
  const entries = async (item: string) => {
    const answer = await bench.gateway.app.inject({
      ...{ method: 'POST', url: '/v1/medical-information' },
      headers: {
        ...{ 'x-bench-reader': 'reader-1', 'idempotency-key': `k-${item}` },
        traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
      },
      payload: {
        ...{ InsurerNumber: person?.insurerNumber, InsuredIdentificationNumber: person?.number },
        ...{ Birthdate: person?.birth.replaceAll('-', ''), item },
      },
    });
    return answer.json().entries;
  };
  expect(await entries('medicines')).toEqual([]);
  expect(await entries('treatment')).toHaveLength(1);
});
