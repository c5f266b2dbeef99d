/** What the client asks beside a plain reception: registration, grace, maintenance, and after a lost answer. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { normalControls } from '../../src/bench/gateway/controls.ts';
import { systemClock } from '../../src/clock.ts';
import { createGatewayClient, type GatewayClient } from '../../src/eligibility/gateway-client.ts';
import type { HttpRequest } from '../../src/eligibility/http-request.ts';
import type { Settlement } from '../../src/eligibility/settle.ts';
import { failed, ok } from '../../src/faults/result.ts';
import type { GatewaySession } from '../../src/reception/ports.ts';
import { NOTHING_ASKED } from '../../src/reception/questions.ts';
import { openRecords, type Records } from '../../src/records/records.ts';
import { agreedTo, type GatewayBench, never, openGatewayBench, proofByPin, proveByFace } from '../bench/gateway/gateway-bench.ts';

const folder = mkdtempSync(join(tmpdir(), 'kazasu-session-'));
let bench: GatewayBench;
let records: Records;
let client: GatewayClient;
/** Stands between client and gateway. */
let way: (next: HttpRequest) => HttpRequest = (next) => next;

beforeAll(async () => {
  bench = await openGatewayBench(systemClock);
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
beforeEach(async () => {
  way = (next) => next;
  Object.assign(bench.gateway.controls, { ...normalControls(), refusedReaders: new Set() });
  await reconcile();
});

let receptions = 0;
const newId = () => `session-${++receptions}`;
async function open(id = newId()): Promise<GatewaySession> {
  const opened = await client.open(id, never);
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
  const result = await client.reconcile(keep, never);
  return result.ok ? [...settled] : result;
}
const rowOf = (id: string) => bench.gateway.receptions().find(({ receptionId }) => receptionId === id);
const fault = (code: string) => ({ ok: false, fault: { code } });
const allDay = { from: '00:00', until: '23:59' } as const;
const night = [{ part: 'jpki', ...allDay }] as const;

describe('a card whose certificate ended less than three months ago', () => {
  test.each(['pin', 'face'] as const)('proves who somebody is by %s, and opens no medical information', async (method) => {
    const card = await bench.issue('certificate-grace');
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
    const proved = await proveByFace(session, await bench.issue('certificate-grace'));
    expect(proved.ok && proved.value.standing).not.toHaveProperty('askable');
    expect(await session.eligibility(agreedTo('medicines'), never)).toMatchObject(fault('GATE-505'));
  });
});

describe('利用登録', () => {
  test('is made at the reader once identity is proved, and the reception goes on', async () => {
    const card = await bench.issue('adult', false);
    const session = await open();
    const proved = await session.prove(await proofByPin(card, session.challenge), 'pin', never);
    expect(proved).toMatchObject({ ok: true, value: { scope: 'all', registered: false } });
    expect(proved.ok && proved.value).not.toHaveProperty('askable');
    expect(await session.eligibility(agreedTo(), never)).toMatchObject(fault('GATE-508'));
    const askable = { birthdate: '1981-05-14', items: ['medicines', 'checkups', 'treatment', 'surgery'] };
    expect(await session.register(never)).toMatchObject({ ok: true, value: { scope: 'all', registered: true, askable } });
    expect(await session.eligibility(agreedTo('medicines'), never)).toMatchObject({ ok: true, value: { validity: '1' } });
    expect(bench.gateway.people().find(({ personaId }) => personaId === 'adult')).toMatchObject({ channel: 'reader' });
  });

  test.each(['portal', 'atm', 'window'] as const)('made through %s is seen at the next card', async (channel) => {
    const card = await bench.issue('adult', false);
    const before = await open();
    const standing = (registered: boolean) => ({ ok: true, value: { standing: { registered } } });
    expect(await proveByFace(before, card)).toMatchObject(standing(false));
    bench.gateway.register('adult', channel);
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
    bench.gateway.controls.maintenance = night;
    const session = await open();
    expect(session.jpkiMaintenance).toBe(true);
    const proof = await proofByPin(await bench.issue('adult', false), session.challenge);
    expect((await session.prove(proof, 'pin', never)).ok).toBe(true);
    expect(await session.register(never)).toMatchObject(fault('GATE-509'));
    bench.gateway.controls.maintenance = [];
    expect((await session.register(never)).ok).toBe(true);
  });

  test('stops the first use of a renewed card, and no other card', async () => {
    bench.gateway.controls.maintenance = night;
    const [usual, renewed] = [await bench.issue('adult'), await bench.issue('rare-name')];
    if (!renewed.holder) throw new Error('not a My Number card');
    bench.gateway.issueCard(renewed.holder, true);
    expect((await proveByFace(await open(), usual)).ok).toBe(true);
    expect(await proveByFace(await open(), renewed)).toMatchObject(fault('GATE-509'));
    bench.gateway.controls.maintenance = [];
    expect((await proveByFace(await open(), renewed)).ok).toBe(true);
    bench.gateway.controls.maintenance = night;
    expect((await proveByFace(await open(), renewed)).ok).toBe(true);
  });

  test('of the gateway itself stops everything', async () => {
    bench.gateway.controls.maintenance = [{ part: 'gateway', ...allDay }];
    expect(await client.open(newId(), never)).toMatchObject(fault('GATE-501'));
  });
});

describe('an answer is believed only when it belongs to its request', () => {
  const swapped = (swap: (own: Awaited<ReturnType<HttpRequest>>) => object) => {
    way = (next) => async (exchange) => {
      const answer = await next(exchange);
      return { ...answer, ...swap(answer) };
    };
  };

  test('one that repeats another request’s trace is GATE-503', async () => {
    swapped(() => ({ traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` }));
    expect(await client.open(newId(), never)).toMatchObject({ fault: { detail: 'the answer belongs to another request' } });
  });

  test('one that was given before is GATE-503', async () => {
    const session = await open();
    await proveByFace(session, await bench.issue('adult'));
    let first: Awaited<ReturnType<HttpRequest>> | undefined;
    way = (next) => async (exchange) => {
      const answer = await next(exchange);
      first ??= answer;
      return first;
    };
    expect(await session.eligibility(agreedTo(), never)).toMatchObject({
      fault: { detail: 'the answer belongs to another request' },
    });
  });

  test('one that is cut is GATE-503', async () => {
    swapped(({ body }) => ({ body: body.subarray(0, body.length - 2) }));
    expect(await client.open(newId(), never)).toMatchObject(fault('GATE-503'));
  });
});

describe('after a lost answer', () => {
  const losing = (operation: string) => {
    way = (next) => async (exchange) => {
      const answer = await next(exchange);
      if (!exchange.path.endsWith(operation)) return answer;
      throw Object.assign(new Error('lost'), { code: 'ERR_LOST' });
    };
  };
  const unanswered = () => {
    const open = records.gateway.unanswered();
    return open.ok ? open.value.map(({ operation }) => operation) : open.fault;
  };

  test('of the consent, the eligibility is had later, and recorded once', async () => {
    const id = newId();
    const session = await open(id);
    await proveByFace(session, await bench.issue('adult'));
    losing('/consent');
    expect(await session.eligibility(agreedTo('medicines'), never)).toMatchObject(fault('GATE-501'));
    expect(unanswered()).toEqual(['recordConsent']);
    way = (next) => next;
    expect(await reconcile()).toMatchObject([
      { receptionId: id, at: 'answered', method: 'face', given: { consents: ['medicines'] }, answer: { validity: '1' } },
    ]);
    expect(unanswered()).toEqual([]);
    expect(bench.gateway.receptions().filter(({ receptionId }) => receptionId === id)).toHaveLength(1);
  });

  test('of the eligibility itself, it is asked for again', async () => {
    const id = newId();
    const session = await open(id);
    await proveByFace(session, await bench.issue('adult'));
    losing('/eligibility');
    expect(await session.eligibility(agreedTo(), never)).toMatchObject(fault('GATE-501'));
    expect(unanswered()).toEqual(['recordConsent']);
    way = (next) => next;
    expect(await reconcile()).toMatchObject([{ receptionId: id, at: 'answered', given: { consents: [] } }]);
  });

  test('of an opening, nothing is left of it, and it cannot come late', async () => {
    const id = newId();
    way = () => () => Promise.reject(Object.assign(new Error('lost'), { code: 'ERR_LOST' }));
    expect(await client.open(id, never)).toMatchObject(fault('GATE-501'));
    way = (next) => next;
    expect(await reconcile()).toEqual([{ receptionId: id, at: 'nothing' }]);
    expect(await client.open(id, never)).toMatchObject(fault('GATE-503'));
    expect(unanswered()).toEqual([]);
  });

  test('a consent that arrives after the settlement is refused', async () => {
    const id = newId();
    const session = await open(id);
    await proveByFace(session, await bench.issue('adult'));
    settled.length = 0;
    expect((await client.settle(id, keep, never)).ok).toBe(true);
    expect(settled).toEqual([{ receptionId: id, at: 'nothing' }]);
    expect(await session.eligibility(agreedTo('surgery'), never)).toMatchObject(fault('GATE-503'));
    expect(rowOf(id)).toMatchObject({ consents: null });
  });

  test('while the gateway is still away, nothing is settled, and nothing forgotten', async () => {
    const id = newId();
    bench.gateway.controls.mode = 'error-500';
    await client.open(id, never);
    expect(await reconcile()).toMatchObject(fault('GATE-501'));
    expect(unanswered()).toEqual(['openReception', 'settle']);
    bench.gateway.controls.mode = 'normal';
    expect(await reconcile()).toMatchObject([{ receptionId: id }]);
  });

  test('one that cannot be settled does not keep the others', async () => {
    const [stuck, other] = [newId(), newId()];
    for (const id of [stuck, other]) {
      const session = await open(id);
      await proveByFace(session, await bench.issue(id === stuck ? 'adult' : 'rare-name'));
      losing('/eligibility');
      await session.eligibility(agreedTo(), never);
      way = (next) => next;
    }
    bench.gateway.register('adult', undefined);
    expect(await reconcile()).toMatchObject(fault('GATE-508'));
    expect(settled).toMatchObject([{ receptionId: other, at: 'answered' }]);
    bench.gateway.register('adult', 'window');
    expect(await reconcile()).toMatchObject([{ receptionId: stuck, at: 'answered' }]);
  });

  test('what cannot be kept stays open, and is settled again', async () => {
    const id = newId();
    const session = await open(id);
    await proveByFace(session, await bench.issue('adult'));
    losing('/eligibility');
    await session.eligibility(agreedTo('checkups'), never);
    way = (next) => next;
    const full = await client.reconcile(() => failed('REC-701', 'no room'), never);
    expect(full).toMatchObject(fault('REC-701'));
    expect(unanswered()).toEqual(['recordConsent', 'settle']);
    expect(await reconcile()).toMatchObject([{ receptionId: id, at: 'answered', given: { consents: ['checkups'] } }]);
  });
});
