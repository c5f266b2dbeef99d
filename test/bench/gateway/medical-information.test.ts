/** A consent has an effect that can be seen: a clinic's query is answered within it, and not otherwise. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { DEVICE_HEADER } from '../../../src/bench/gateway/injected-request.ts';
import type { GatewayClient } from '../../../src/eligibility/gateway-client.ts';
import type { ConsentItem } from '../../../src/reception/qualification.ts';
import { createSimulatedClock } from '../../simulated-clock.ts';
import { agreedTo, clientWithoutLine, type GatewayBench, never, openGatewayBench, proveByFace } from './gateway-bench.ts';

const clock = createSimulatedClock({ wall: new Date('2026-04-01T09:00:00+09:00') });
const HOUR_MS = 3_600_000;
let bench: GatewayBench;
let client: GatewayClient;
let count = 0;

beforeAll(async () => {
  bench = await openGatewayBench(clock, () => clock.wall());
  client = clientWithoutLine({ clock, request: bench.gateway.requestAs('reader-1') });
});
afterAll(() => bench.gateway.close());

const adult = {
  InsurerNumber: '06139999',
  InsuredCardSymbol: '１２３',
  InsuredIdentificationNumber: '4567',
  InsuredBranchNumber: '01',
  Birthdate: '19810514',
};

async function query(item: string, person: object = adult) {
  const key = `query-${++count}`;
  const headers = {
    [DEVICE_HEADER]: 'reader-1',
    'idempotency-key': key,
    traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
  };
  const payload = { ...person, item };
  const answer = await bench.gateway.app.inject({ method: 'POST', url: '/v1/medical-information', headers, payload });
  return { status: answer.statusCode, body: answer.json() };
}

async function receive(consents: readonly ConsentItem[]): Promise<void> {
  const opened = await client.open(`reception-${++count}`, never);
  if (!opened.ok) throw new Error(opened.fault.code);
  await proveByFace(opened.value, await bench.issue('adult'));
  const answer = await opened.value.eligibility(agreedTo(...consents), never);
  if (!answer.ok) throw new Error(answer.fault.code);
}

const refusedWith = (code: string) => ({ status: 422, body: { code } });
const outcomes = () => bench.gateway.informationLog().map(({ item, outcome }) => `${item} ${outcome}`);

beforeEach(() => clock.advance(48 * HOUR_MS));

test('nothing is told of somebody who has not agreed here, and the query is logged', async () => {
  expect(await query('medicines')).toMatchObject(refusedWith('no-consent'));
  expect(bench.gateway.informationLog()).toMatchObject([
    { device: 'reader-1', personaId: 'adult', item: 'medicines', outcome: 'no-consent' },
  ]);
});

test('what was agreed to is answered, and says that it is invented; what was not is refused', async () => {
  await receive(['medicines', 'surgery']);
  for (const item of ['medicines', 'surgery']) {
    const told = await query(item);
    expect(told).toMatchObject({ status: 200, body: { item, simulated: true } });
    expect(told.body.entries.length).toBeGreaterThan(0);
  }
  for (const item of ['checkups', 'treatment']) expect(await query(item)).toMatchObject(refusedWith('no-consent'));
  expect(outcomes().slice(-4)).toEqual(['medicines answered', 'surgery answered', 'checkups no-consent', 'treatment no-consent']);
});

test('a consent is good for 24 hours, to the second', async () => {
  await receive(['medicines']);
  await clock.advance(24 * HOUR_MS - 1_000);
  expect((await query('medicines')).status).toBe(200);
  await clock.advance(1_000);
  expect(await query('medicines')).toMatchObject(refusedWith('consent-expired'));
});

test('the last answer of a patient counts: a refusal takes back what was agreed to before', async () => {
  await receive(['medicines']);
  await clock.advance(1_000);
  await receive([]);
  expect(await query('medicines')).toMatchObject(refusedWith('no-consent'));
});

test('nobody is found by half a number, and nothing is told of why', async () => {
  await receive(['medicines']);
  for (const other of [{ Birthdate: '19810515' }, { InsurerNumber: '6139999' }, { InsuredBranchNumber: '1' }])
    expect(await query('medicines', { ...adult, ...other })).toMatchObject(refusedWith('person-unknown'));
  expect(bench.gateway.informationLog().at(-1)).toMatchObject({ personaId: null, outcome: 'person-unknown' });
});
