/** What the bench gateway holds a reader to: requests that the protocol does not allow. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEVICE_HEADER } from '../../../src/bench/gateway/injected-request.ts';
import { systemClock } from '../../../src/clock.ts';
import { type GatewayBench, openGatewayBench } from './gateway-bench.ts';

let bench: GatewayBench;
beforeAll(async () => {
  bench = await openGatewayBench(systemClock);
});
afterAll(() => bench.gateway.close());

const TRACEPARENT = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

type Request = {
  method?: 'GET' | 'POST' | 'PUT';
  url: string;
  key?: string;
  reader?: string;
  payload?: string | object;
  traceparent?: string;
};

async function answer({ method = 'POST', url, key, reader = 'reader-1', payload, traceparent = TRACEPARENT }: Request) {
  const response = await bench.gateway.app.inject({
    method,
    url: `/v1${url}`,
    headers: {
      traceparent,
      ...(reader ? { [DEVICE_HEADER]: reader } : {}),
      ...(key ? { 'idempotency-key': key } : {}),
      ...(typeof payload === 'string' ? { 'content-type': 'application/json' } : {}),
    },
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: response.statusCode, body: response.json() };
}

const open = (receptionId: string, key: string, reader?: string) =>
  answer({ url: '/receptions', key, payload: { receptionId }, ...(reader === undefined ? {} : { reader }) });

test('it says that it is a stand-in', async () => {
  expect(await answer({ method: 'GET', url: '/health' })).toEqual({
    status: 200,
    body: { status: 'serving', simulated: true, terminalAuthentication: 'stand-in' },
  });
});

test('the same key with the same request gets the same answer; with another it is a conflict', async () => {
  const first = await open('once', 'k1');
  expect(first.status).toBe(201);
  expect(await open('once', 'k1')).toEqual(first);
  expect(await open('other', 'k1')).toMatchObject({ status: 422, body: { code: 'idempotency-conflict' } });
  expect(bench.gateway.receptions().filter(({ receptionId }) => receptionId === 'other')).toEqual([]);
});

test('two readers may use the same key', async () => {
  expect((await open('of-reader-2', 'k2', 'reader-2')).status).toBe(201);
  expect((await open('of-reader-1', 'k2')).status).toBe(201);
});

test('a reception is not opened twice, and challenges differ', async () => {
  const one = await open('twice', 'k3');
  expect(await open('twice', 'k4')).toMatchObject({ status: 409 });
  const two = await open('thrice', 'k5');
  expect(one.body.challenge).not.toBe(two.body.challenge);
});

test('a reception of another reader is unknown to this one', async () => {
  await open('theirs', 'k6', 'reader-2');
  const consent = { method: 'PUT', url: '/receptions/theirs/consent', key: 'k7', payload: { asked: [], items: [] } } as const;
  expect(await answer(consent)).toMatchObject({ status: 404, body: { code: 'reception-unknown' } });
  expect(await answer({ ...consent, reader: 'reader-2' })).toMatchObject({ status: 409, body: { code: 'not-proved' } });
});

test.each<[string, Request, number]>([
  ['nobody’s', { url: '/receptions', key: 'k', reader: '', payload: { receptionId: 'x' } }, 403],
  ['without a key', { url: '/receptions', payload: { receptionId: 'x' } }, 400],
  ['with a key that is none', { url: '/receptions', key: 'a b', payload: { receptionId: 'x' } }, 400],
  ['with more than the schema has', { url: '/receptions', key: 'k', payload: { receptionId: 'x', more: 1 } }, 400],
  ['with less', { url: '/receptions', key: 'k', payload: {} }, 400],
  ['that is not JSON', { url: '/receptions', key: 'k', payload: '{"receptionId":' }, 400],
  [
    'for a reception that cannot be',
    { url: '/receptions/a_b/consent', method: 'PUT', key: 'k', payload: { asked: [], items: [] } },
    400,
  ],
  ['for a path that is not there', { url: '/nothing', key: 'k', payload: {} }, 404],
  ['without a trace', { url: '/receptions', key: 'k', traceparent: '', payload: { receptionId: 'x' } }, 400],
  ['that is too large', { url: '/receptions', key: 'k', payload: { receptionId: 'x'.repeat(70_000) } }, 413],
])('a request %s is refused', async (_what, request, status) => {
  const before = bench.gateway.receptions().length;
  const refused = await answer(request);
  expect(refused.status).toBe(status);
  expect(refused.body.code).toMatch(/^(request-invalid|device-refused)$/);
  expect(bench.gateway.receptions()).toHaveLength(before);
});

test('a relay round that is not the next one is refused', async () => {
  await open('rounds', 'k8');
  const decision = { matched: true, score: 0.7, threshold: 0.4, frames: 5, liveness: 'head-turned', model: 'm' };
  const round = (number: number, key: string) =>
    answer({ url: '/receptions/rounds/terminal-authentication', key, payload: { round: number, decision, answers: [] } });
  expect((await round(1, 'k9')).status).toBe(409);
  expect((await round(0, 'k10')).status).toBe(200);
  expect((await round(2, 'k11')).status).toBe(409);
});

test('no match is no evidence', async () => {
  await open('unmatched', 'k12');
  const decision = { matched: false, score: 0.1, threshold: 0.4, frames: 5, liveness: 'head-turned', model: 'm' };
  const payload = { round: 0, decision, answers: [] };
  expect((await answer({ url: '/receptions/unmatched/terminal-authentication', key: 'k13', payload })).status).toBe(400);
});
