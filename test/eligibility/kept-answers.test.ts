/** A reception whose answers never arrived: they were kept here, and are recorded when it is settled. */
import fc from 'fast-check';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { VirtualCard } from '../../src/bench/card/virtual-card.ts';
import { consentOf, givenOf } from '../../src/eligibility/consent.ts';
import type { HttpRequest } from '../../src/eligibility/http-request.ts';
import { valueFault } from '../../src/eligibility/protocol.ts';
import type { Settlement } from '../../src/eligibility/settle.ts';
import { ok } from '../../src/faults/result.ts';
import type { GatewaySession } from '../../src/reception/ports.ts';
import type { Given } from '../../src/reception/questions.ts';
import { agreedTo, never, proveByFace } from '../bench/gateway/gateway-bench.ts';
import { useClientWithLedger } from './use-client-with-ledger.ts';

const the = useClientWithLedger();
let card: VirtualCard;
let settled: Settlement[] = [];
let count = 0;

beforeAll(async () => {
  card = await the.bench.issue('adult');
});
beforeEach(() => {
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
  const opened = await the.client.open(id, never);
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
    the.putOnTheWay(losing(lost, '/consent'));
    expect((await session.eligibility(given, never)).ok).toBe(false);
    the.clearTheWay();
    expect((await the.client.reconcile(keep, never, (of) => (of === id ? given : undefined))).ok).toBe(true);
    expect(settled).toMatchObject([{ receptionId: id, at: 'answered', method: 'face', given, answer: { validity: '1' } }]);
    expect(the.records.gateway.unanswered()).toEqual({ ok: true, value: [] });
  },
);

test('one that the reader had given up at once is settled by its kept answers alone, as often as it is asked', async () => {
  const id = `kept-${++count}`;
  await proved(id);
  for (let time = 0; time < 2; time++) expect((await the.client.settle(id, keep, never, given)).ok).toBe(true);
  expect(settled).toHaveLength(2);
  expect(settled[1]).toEqual(settled[0]);
  expect(settled[0]).toMatchObject({ at: 'answered', given });
});

test('one that was settled as holding nothing can still be answered by what was kept', async () => {
  const id = `kept-${++count}`;
  await proved(id);
  await the.client.settle(id, keep, never);
  await the.client.settle(id, keep, never, given);
  expect(settled).toMatchObject([{ at: 'nothing' }, { at: 'answered', given }]);
});

test('what is kept is the last word: an answer that had arrived before is replaced', async () => {
  const id = `kept-${++count}`;
  const session = await proved(id);
  await session.eligibility(agreedTo('surgery'), never);
  await the.client.settle(id, keep, never, given);
  expect(settled).toMatchObject([{ given: { consents: ['medicines'] } }]);
});

test('without a proved identity nothing is recorded, whatever was kept', async () => {
  const id = `kept-${++count}`;
  await the.client.open(id, never);
  await the.client.settle(id, keep, never, given);
  expect(settled).toEqual([{ receptionId: id, at: 'nothing' }]);
  expect(the.bench.gateway.receptions().at(-1)).toMatchObject({ consents: null });
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
