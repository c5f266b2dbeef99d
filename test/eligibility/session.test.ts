/** What the client asks beside a plain reception: registration, grace, maintenance, and after a lost answer. */
import { beforeEach, describe, expect, test } from 'vitest';
import { normalControls } from '../../src/bench/gateway/controls.ts';
import type { HttpRequest } from '../../src/eligibility/http-request.ts';
import type { Settlement } from '../../src/eligibility/settle.ts';
import { failed, ok } from '../../src/faults/result.ts';
import type { GatewaySession } from '../../src/reception/ports.ts';
import { NOTHING_ASKED } from '../../src/reception/questions.ts';
import { agreedTo, never, proofByPin, proveByFace } from '../bench/gateway/gateway-bench.ts';
import { useClientWithLedger } from './use-client-with-ledger.ts';

const the = useClientWithLedger();

beforeEach(async () => {
  Object.assign(the.bench.gateway.controls, { ...normalControls(), refusedReaders: new Set() });
  await reconcile();
});

let receptions = 0;
const newId = () => `session-${++receptions}`;
async function open(id = newId()): Promise<GatewaySession> {
  const opened = await the.client.open(id, never);
  if (!opened.ok) throw new Error(`${opened.fault.code} ${opened.fault.detail}`);
  return opened.value;
}
const settled: Settlement[] = [];
const keep = (settlement: Settlement) => {
  settled.push(settlement);
  return ok();
};
/** What was settled, or the fault that stood in the way. */
async function reconcile(): Promise<unknown> {
  settled.length = 0;
  const result = await the.client.reconcile(keep, never);
  return result.ok ? [...settled] : result;
}
const rowOf = (id: string) => the.bench.gateway.receptions().find(({ receptionId }) => receptionId === id);
const fault = (code: string) => ({ ok: false, fault: { code } });
const allDay = { from: '00:00', until: '23:59' } as const;
const night = [{ part: 'jpki', ...allDay }] as const;

describe('a card whose certificate ended less than three months ago', () => {
  test.each(['pin', 'face'] as const)('proves who somebody is by %s, and opens no medical information', async (method) => {
    const card = await the.bench.issue('certificate-grace');
    const id = newId();
    const session = await open(id);
    const standing = { scope: 'qualification-only', registered: true };
    if (method === 'pin')
      expect(await session.prove(await proofByPin(card, session.challenge), 'pin', never)).toMatchObject({
        ok: true,
        value: standing,
      });
    else expect(await proveByFace(session, card)).toMatchObject({ ok: true, value: { standing } });
    const answer = await session.eligibility(NOTHING_ASKED, never);
    expect(answer).toMatchObject({ ok: true, value: { validity: '1' } });
    expect(answer.ok && answer.value.qualifications[0]).not.toHaveProperty('PharmacistsInfoConsFlg');
    expect(rowOf(id)).toMatchObject({ consents: '[]', qualificationOnly: 1 });
  });

  test('is asked nothing, and refused a consent to medical information, should a reader record one', async () => {
    const session = await open();
    const proved = await proveByFace(session, await the.bench.issue('certificate-grace'));
    expect(proved.ok && proved.value.standing).not.toHaveProperty('askable');
    expect(await session.eligibility(agreedTo('medicines'), never)).toMatchObject(fault('GATE-505'));
  });
});

describe('利用登録', () => {
  test('is made at the reader once identity is proved, and the reception goes on', async () => {
    const card = await the.bench.issue('adult', false);
    const session = await open();
    const proved = await session.prove(await proofByPin(card, session.challenge), 'pin', never);
    expect(proved).toMatchObject({ ok: true, value: { scope: 'all', registered: false } });
    expect(proved.ok && proved.value).not.toHaveProperty('askable');
    expect(await session.eligibility(agreedTo(), never)).toMatchObject(fault('GATE-508'));
    const askable = { birthdate: '1981-05-14', items: ['medicines', 'checkups', 'treatment', 'surgery'] };
    expect(await session.register(never)).toMatchObject({ ok: true, value: { scope: 'all', registered: true, askable } });
    expect(await session.eligibility(agreedTo('medicines'), never)).toMatchObject({ ok: true, value: { validity: '1' } });
    expect(the.bench.gateway.people().find(({ personaId }) => personaId === 'adult')).toMatchObject({ channel: 'reader' });
  });

  test.each(['portal', 'atm', 'window'] as const)('made through %s is seen at the next card', async (channel) => {
    const card = await the.bench.issue('adult', false);
    const before = await open();
    const standing = (registered: boolean) => ({ ok: true, value: { standing: { registered } } });
    expect(await proveByFace(before, card)).toMatchObject(standing(false));
    the.bench.gateway.register('adult', channel);
    const after = await open();
    expect(await proveByFace(after, card)).toMatchObject(standing(true));
  });

  test('cannot be made of a card whose holder nobody knows', async () => {
    const session = await open();
    expect(await session.register(never)).toMatchObject(fault('GATE-507'));
  });
});

describe('maintenance of the certificates’ service', () => {
  test('stops a first registration alone', async () => {
    the.bench.gateway.controls.maintenance = night;
    const session = await open();
    expect(session.jpkiMaintenance).toBe(true);
    const proof = await proofByPin(await the.bench.issue('adult', false), session.challenge);
    expect((await session.prove(proof, 'pin', never)).ok).toBe(true);
    expect(await session.register(never)).toMatchObject(fault('GATE-509'));
    the.bench.gateway.controls.maintenance = [];
    expect((await session.register(never)).ok).toBe(true);
  });

  test('stops the first use of a renewed card, and no other card', async () => {
    the.bench.gateway.controls.maintenance = night;
    const [usual, renewed] = [await the.bench.issue('adult'), await the.bench.issue('rare-name')];
    if (!renewed.holder) throw new Error('not a My Number card');
    the.bench.gateway.issueCard(renewed.holder, true);
    expect((await proveByFace(await open(), usual)).ok).toBe(true);
    expect(await proveByFace(await open(), renewed)).toMatchObject(fault('GATE-509'));
    the.bench.gateway.controls.maintenance = [];
    expect((await proveByFace(await open(), renewed)).ok).toBe(true);
    the.bench.gateway.controls.maintenance = night;
    expect((await proveByFace(await open(), renewed)).ok).toBe(true);
  });

  test('of the gateway itself stops everything', async () => {
    the.bench.gateway.controls.maintenance = [{ part: 'gateway', ...allDay }];
    expect(await the.client.open(newId(), never)).toMatchObject(fault('GATE-501'));
  });
});

describe('an answer is believed only when it belongs to its request', () => {
  const swapped = (swap: (own: Awaited<ReturnType<HttpRequest>>) => object) => {
    the.putOnTheWay((next) => async (exchange) => {
      const answer = await next(exchange);
      return { ...answer, ...swap(answer) };
    });
  };

  test('one that repeats another request’s trace is GATE-503', async () => {
    swapped(() => ({ traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` }));
    expect(await the.client.open(newId(), never)).toMatchObject({ fault: { detail: 'the answer belongs to another request' } });
  });

  test('one that was given before is GATE-503', async () => {
    const session = await open();
    await proveByFace(session, await the.bench.issue('adult'));
    let first: Awaited<ReturnType<HttpRequest>> | undefined;
    the.putOnTheWay((next) => async (exchange) => {
      const answer = await next(exchange);
      first ??= answer;
      return first;
    });
    expect(await session.eligibility(agreedTo(), never)).toMatchObject({
      fault: { detail: 'the answer belongs to another request' },
    });
  });

  test('one that is cut is GATE-503', async () => {
    swapped(({ body }) => ({ body: body.subarray(0, body.length - 2) }));
    expect(await the.client.open(newId(), never)).toMatchObject(fault('GATE-503'));
  });
});

describe('after a lost answer', () => {
  const losing = (operation: string) => {
    the.putOnTheWay((next) => async (exchange) => {
      const answer = await next(exchange);
      if (!exchange.path.endsWith(operation)) return answer;
      throw Object.assign(new Error('lost'), { code: 'ERR_LOST' });
    });
  };
  const unanswered = () => {
    const open = the.records.gateway.unanswered();
    return open.ok ? open.value.map(({ operation }) => operation) : open.fault;
  };

  test('of the consent, the eligibility is had later, and recorded once', async () => {
    const id = newId();
    const session = await open(id);
    await proveByFace(session, await the.bench.issue('adult'));
    losing('/consent');
    expect(await session.eligibility(agreedTo('medicines'), never)).toMatchObject(fault('GATE-501'));
    expect(unanswered()).toEqual(['recordConsent']);
    the.clearTheWay();
    expect(await reconcile()).toMatchObject([
      { receptionId: id, at: 'answered', method: 'face', given: { consents: ['medicines'] }, answer: { validity: '1' } },
    ]);
    expect(unanswered()).toEqual([]);
    expect(the.bench.gateway.receptions().filter(({ receptionId }) => receptionId === id)).toHaveLength(1);
  });

  test('of the eligibility itself, it is asked for again', async () => {
    const id = newId();
    const session = await open(id);
    await proveByFace(session, await the.bench.issue('adult'));
    losing('/eligibility');
    expect(await session.eligibility(agreedTo(), never)).toMatchObject(fault('GATE-501'));
    expect(unanswered()).toEqual(['recordConsent']);
    the.clearTheWay();
    expect(await reconcile()).toMatchObject([{ receptionId: id, at: 'answered', given: { consents: [] } }]);
  });

  test('of an opening, nothing is left of it, and it cannot come late', async () => {
    const id = newId();
    the.putOnTheWay(() => () => Promise.reject(Object.assign(new Error('lost'), { code: 'ERR_LOST' })));
    expect(await the.client.open(id, never)).toMatchObject(fault('GATE-501'));
    the.clearTheWay();
    expect(await reconcile()).toEqual([{ receptionId: id, at: 'nothing' }]);
    expect(await the.client.open(id, never)).toMatchObject(fault('GATE-503'));
    expect(unanswered()).toEqual([]);
  });

  test('a consent that arrives after the settlement is refused', async () => {
    const id = newId();
    const session = await open(id);
    await proveByFace(session, await the.bench.issue('adult'));
    settled.length = 0;
    expect((await the.client.settle(id, keep, never)).ok).toBe(true);
    expect(settled).toEqual([{ receptionId: id, at: 'nothing' }]);
    expect(await session.eligibility(agreedTo('surgery'), never)).toMatchObject(fault('GATE-503'));
    expect(rowOf(id)).toMatchObject({ consents: null });
  });

  test('while the gateway is still away, nothing is settled, and nothing forgotten', async () => {
    const id = newId();
    the.bench.gateway.controls.mode = 'error-500';
    await the.client.open(id, never);
    expect(await reconcile()).toMatchObject(fault('GATE-501'));
    expect(unanswered()).toEqual(['openReception', 'settle']);
    the.bench.gateway.controls.mode = 'normal';
    expect(await reconcile()).toMatchObject([{ receptionId: id }]);
  });

  test('one that cannot be settled does not keep the others', async () => {
    const [stuck, other] = [newId(), newId()];
    for (const id of [stuck, other]) {
      const session = await open(id);
      await proveByFace(session, await the.bench.issue(id === stuck ? 'adult' : 'rare-name'));
      losing('/eligibility');
      await session.eligibility(agreedTo(), never);
      the.clearTheWay();
    }
    the.bench.gateway.register('adult', undefined);
    expect(await reconcile()).toMatchObject(fault('GATE-508'));
    expect(settled).toMatchObject([{ receptionId: other, at: 'answered' }]);
    the.bench.gateway.register('adult', 'window');
    expect(await reconcile()).toMatchObject([{ receptionId: stuck, at: 'answered' }]);
  });

  test('what cannot be kept stays open, and is settled again', async () => {
    const id = newId();
    const session = await open(id);
    await proveByFace(session, await the.bench.issue('adult'));
    losing('/eligibility');
    await session.eligibility(agreedTo('checkups'), never);
    the.clearTheWay();
    const full = await the.client.reconcile(() => failed('REC-701', 'no room'), never);
    expect(full).toMatchObject(fault('REC-701'));
    expect(unanswered()).toEqual(['recordConsent', 'settle']);
    expect(await reconcile()).toMatchObject([{ receptionId: id, at: 'answered', given: { consents: ['checkups'] } }]);
  });
});
