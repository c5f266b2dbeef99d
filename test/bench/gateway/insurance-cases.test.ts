/** Every kind of insurance that the bench's people can have, as a reader and the clinic's file see it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DISEASES, type InsuranceCase, insuranceCases, isCaseName } from '../../../src/bench/gateway/insurance-cases.ts';
import { personas } from '../../../src/bench/personas.ts';
import { resultXml } from '../../../src/clinic/result-xml.ts';
import { systemClock } from '../../../src/clock.ts';
import type { GatewayClient } from '../../../src/eligibility/gateway-client.ts';
import type { EligibilityAnswer, OqsGroup } from '../../../src/reception/qualification.ts';
import type { Given } from '../../../src/reception/questions.ts';
import { agreedTo, clientWithoutLine, type GatewayBench, never, openGatewayBench, proveByFace } from './gateway-bench.ts';

let bench: GatewayBench;
let client: GatewayClient;
let count = 0;

beforeAll(async () => {
  bench = await openGatewayBench(systemClock);
  const request = bench.gateway.requestAs('reader-1');
  client = clientWithoutLine({ clock: systemClock, request });
});
afterAll(() => bench.gateway.close());

async function answerFor(personaId: string, given = agreedTo('medicines')): Promise<EligibilityAnswer> {
  const opened = await client.open(`case-${++count}`, never);
  if (!opened.ok) throw new Error(opened.fault.code);
  const proved = await proveByFace(opened.value, await bench.issue(personaId));
  if (!proved.ok) throw new Error(proved.fault.code);
  const answer = await opened.value.eligibility(given, never);
  if (!answer.ok) throw new Error(`${answer.fault.code} ${answer.fault.detail}`);
  return answer.value;
}

/** Every element with a text, as the file writes it. */
function written(group: OqsGroup): string[] {
  return Object.entries(group).flatMap(([name, value]) => {
    if (typeof value === 'string') return [`<${name}>${value}</${name}>`];
    return [value].flat().flatMap(written);
  });
}

const toFile = (answer: EligibilityAnswer) =>
  Buffer.from(
    resultXml(
      { receptionId: 'r', method: 'face', at: new Date(), answers: { medicines: '1' }, answer, simulated: true },
      { medicalInstitutionCode: '1310000000', encoding: 'utf-8' },
    ).bytes,
  ).toString('utf8');

describe('a person insured as', () => {
  test.each(Object.keys(insuranceCases).filter(isCaseName))('%s is answered so, and the file takes all of it', async (name) => {
    bench.gateway.insureAs('adult', name);
    const answer = await answerFor('adult');
    const { validity, qualifications }: InsuranceCase = insuranceCases[name];
    expect(answer.validity).toBe(validity);
    expect(answer.qualifications).toHaveLength(qualifications.length);
    for (const [index, { [DISEASES]: _asked, ...elements }] of qualifications.entries())
      expect(answer.qualifications[index]).toMatchObject(elements);
    const file = toFile(answer);
    for (const element of answer.qualifications.flatMap(written)) expect(file).toContain(element);
  });
});

test('all six validities are there, and the scheme’s special cases', () => {
  expect(new Set(Object.values(insuranceCases).map(({ validity }) => validity)).size).toBe(6);
});

test('a specific disease is told of only after it was asked for and agreed to', async () => {
  bench.gateway.insureAs('adult', 'dialysis');
  const told = async (given?: Given) => (await answerFor('adult', given)).qualifications[0];
  const FLAG = 'SpecificDiseasesCertificateRelatedConsFlg';
  const asked = ['specific-diseases'] as const;
  const unasked = await told();
  expect(unasked).not.toHaveProperty(DISEASES);
  expect(unasked).not.toHaveProperty(FLAG);
  const refused = await told({ asked, consents: [] });
  expect(refused).toMatchObject({ [FLAG]: '0' });
  expect(refused).not.toHaveProperty(DISEASES);
  expect(await told({ asked, consents: asked })).toMatchObject({
    [FLAG]: '1',
    [DISEASES]: { SpecificDiseasesCertificateInfo: { SpecificDiseasesDiseaseCategory: '1', SpecificDiseasesSelfPay: '10000' } },
  });
});

test('the personas are insured as their stories say', async () => {
  const cases = Object.fromEntries(bench.gateway.people().map(({ personaId, insuranceCase }) => [personaId, insuranceCase]));
  expect(cases).toMatchObject({ 'no-pin-card': 'elderly-75', 'small-child': 'preschool', 'lost-eligibility': 'lost' });
  expect(Object.keys(cases)).toHaveLength(personas.filter(({ kind }) => kind === 'my-number').length);
});

test('a change of insurance leaves 利用登録 as it was', async () => {
  await bench.issue('rare-name');
  bench.gateway.insureAs('rare-name', 'high-cost-limit');
  const person = bench.gateway.people().find(({ personaId }) => personaId === 'rare-name');
  expect(person).toMatchObject({ channel: 'window', insuranceCase: 'high-cost-limit' });
});
