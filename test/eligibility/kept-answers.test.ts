/** A reception whose answers never arrived: they were kept here, and are recorded when it is settled. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { VirtualCard } from '../../src/bench/card/virtual-card.ts';
import { systemClock } from '../../src/clock.ts';
import { consentOf, givenOf } from '../../src/eligibility/consent.ts';
import { createGatewayClient, type GatewayClient } from '../../src/eligibility/gateway-client.ts';
import type { HttpRequest } from '../../src/eligibility/http-request.ts';
import { valueFault } from '../../src/eligibility/protocol.ts';
import type { Settlement } from '../../src/eligibility/settle.ts';
import { ok } from '../../src/faults/result.ts';
import type { GatewaySession } from '../../src/reception/ports.ts';
import type { Given } from '../../src/reception/questions.ts';
import { openRecords, type Records } from '../../src/records/records.ts';
import { agreedTo, type GatewayBench, never, openGatewayBench, proveByFace } from '../bench/gateway/gateway-bench.ts';

const folder = mkdtempSync(join(tmpdir(), 'kazasu-kept-'));
let bench: GatewayBench;
let records: Records;
let client: GatewayClient;
let card: VirtualCard;
let way: (next: HttpRequest) => HttpRequest = (next) => next;
let settled: Settlement[] = [];
let count = 0;

beforeAll(async () => {
  bench = await openGatewayBench(systemClock);
  card = await bench.issue('adult');
  const opened = openRecords({ path: join(folder, 'records.sqlite'), clock: systemClock, version: 'test' });
  if (!opened.ok) throw new Error(opened.fault.detail);
  records = opened.value;
  client = createGatewayClient({
    ...{ origin: 'https://gateway.invalid', tls: { ca: '', cert: '', key: '' }, clock: systemClock },
    request: (exchange) => way(bench.gateway.requestAs('reader-1'))(exchange),
    ledger: records.gateway,
  });
});
afterAll(async () => {
  await bench.gateway.close();
  records.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  way = (next) => next;
  settled = [];
});

const keep = (settlement: Settlement) => {
  settled.push(settlement);
  return ok();
};
const losing =
  (when: 'request' | 'answer', operation: string): ((next: HttpRequest) => HttpRequest) =>
  (next) =>
  async (exchange) => {
    const lost = exchange.path.endsWith(operation);
    const answer = lost && when === 'request' ? undefined : await next(exchange);
    if (lost || !answer) throw Object.assign(new Error('lost'), { code: 'ERR_LOST' });
    return answer;
  };

async function proved(id: string): Promise<GatewaySession> {
  const opened = await client.open(id, never);
  if (!opened.ok) throw new Error(opened.fault.code);
  if (!(await proveByFace(opened.value, card)).ok) throw new Error('not proved');
  return opened.value;
}

const given: Given = { ...agreedTo('medicines'), prescription: '2', subsidy: false };

test.each(['request', 'answer'] as const)(
  'a lost %s of the consent: it is recorded with the settlement, and answered',
  async (lost) => {
    const id = `kept-${++count}`;
    const session = await proved(id);
    way = losing(lost, '/consent');
    expect((await session.eligibility(given, never)).ok).toBe(false);
    way = (next) => next;
    expect((await client.reconcile(keep, never, (of) => (of === id ? given : undefined))).ok).toBe(true);
    expect(settled).toMatchObject([{ receptionId: id, at: 'answered', method: 'face', given, answer: { validity: '1' } }]);
    expect(records.gateway.unanswered()).toEqual({ ok: true, value: [] });
  },
);

test('one that the reader had given up at once is settled by its kept answers alone, as often as it is asked', async () => {
  const id = `kept-${++count}`;
  await proved(id);
  for (let time = 0; time < 2; time++) expect((await client.settle(id, keep, never, given)).ok).toBe(true);
  expect(settled).toHaveLength(2);
  expect(settled[1]).toEqual(settled[0]);
  expect(settled[0]).toMatchObject({ at: 'answered', given });
});

test('one that was settled as holding nothing can still be answered by what was kept', async () => {
  const id = `kept-${++count}`;
  await proved(id);
  await client.settle(id, keep, never);
  await client.settle(id, keep, never, given);
  expect(settled).toMatchObject([{ at: 'nothing' }, { at: 'answered', given }]);
});

test('what is kept is the last word: an answer that had arrived before is replaced', async () => {
  const id = `kept-${++count}`;
  const session = await proved(id);
  await session.eligibility(agreedTo('surgery'), never);
  await client.settle(id, keep, never, given);
  expect(settled).toMatchObject([{ given: { consents: ['medicines'] } }]);
});

test('without a proved identity nothing is recorded, whatever was kept', async () => {
  const id = `kept-${++count}`;
  await client.open(id, never);
  await client.settle(id, keep, never, given);
  expect(settled).toEqual([{ receptionId: id, at: 'nothing' }]);
  expect(bench.gateway.receptions().at(-1)).toMatchObject({ consents: null });
});

const item = fc.constantFrom('medicines', 'checkups', 'treatment', 'surgery', 'specific-diseases');
const anyGiven = fc.record(
  {
    asked: fc.uniqueArray(item),
    consents: fc.uniqueArray(item),
    prescription: fc.constantFrom('1', '2'),
    subsidy: fc.boolean(),
    dispense: fc.uniqueArray(fc.nat({ max: 49 })),
  },
  { requiredKeys: ['asked', 'consents'] },
) as fc.Arbitrary<Given>;

test('whatever was answered is a consent of the protocol, and comes back as it was', () => {
  fc.assert(
    fc.property(anyGiven, (one) => {
      const consent = consentOf(one);
      expect(valueFault('Consent', consent)).toBeUndefined();
      expect(givenOf(JSON.parse(JSON.stringify(consent)))).toEqual(one);
    }),
  );
});
