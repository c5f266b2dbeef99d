/** What the client asks beside a plain reception: registration, grace, maintenance, and after a lost answer. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { normalControls } from '../../src/bench/gateway/controls.ts';
import { systemClock } from '../../src/clock.ts';
import { createGatewayClient, type GatewayClient } from '../../src/eligibility/gateway-client.ts';
import type { EligibilitySession } from '../../src/eligibility/gateway-session.ts';
import type { HttpRequest } from '../../src/eligibility/http-request.ts';
import type { Settlement } from '../../src/eligibility/settle.ts';
import { failed, ok } from '../../src/faults/result.ts';
import { openRecords, type Records } from '../../src/records/records.ts';
import { type GatewayBench, never, openGatewayBench, proofByPin, proveByFace } from '../bench/gateway/gateway-bench.ts';

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
async function open(id = newId()): Promise<EligibilitySession> {
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
    if (method === 'pin') expect((await session.provePin(await proofByPin(card, session.challenge), never)).ok).toBe(true);
    else expect((await proveByFace(session, card)).ok).toBe(true);
    expect(session.standing()?.scope).toBe('qualification-only');
    const answer = await session.eligibility(['medicines', 'checkups', 'treatment', 'surgery'], never);
    expect(answer).toMatchObject({ ok: true, value: { validity: '1' } });
    expect(answer.ok && answer.value.qualifications[0]).toMatchObject({ PharmacistsInfoConsFlg: '0', DiagnosisInfoConsFlg: '0' });
    expect(rowOf(id)).toMatchObject({ consents: '[]', qualificationOnly: 1 });
  });

  test('is refused a consent to medical information, should a reader record one', async () => {
    const session = await open();
    await session.provePin(await proofByPin(await bench.issue('certificate-grace'), session.challenge), never);
    const forging: HttpRequest = (exchange) =>
      bench.gateway.requestAs('reader-1')({
        ...exchange,
        ...(exchange.path.endsWith('/consent') && { body: JSON.stringify({ items: ['medicines'] }) }),
      });
    way = () => forging;
    expect(await session.eligibility([], never)).toMatchObject(fault('GATE-505'));
  });
});

describe('利用登録', () => {
  test('is made at the reader after GATE-508, and the reception goes on', async () => {
    const card = await bench.issue('adult', false);
    const session = await open();
    expect(await session.provePin(await proofByPin(card, session.challenge), never)).toMatchObject(fault('GATE-508'));
    expect(await session.eligibility([], never)).toMatchObject(fault('GATE-508'));
    expect(session.standing()?.registered).toBe(false);
    expect(await session.register(never)).toEqual({ ok: true, value: undefined });
    expect(session.standing()?.registered).toBe(true);
    expect(await session.eligibility(['medicines'], never)).toMatchObject({ ok: true, value: { validity: '1' } });
    expect(bench.gateway.people().find(({ personaId }) => personaId === 'adult')).toMatchObject({ channel: 'reader' });
  });

  test.each(['portal', 'atm', 'window'] as const)('made through %s is seen at the next card', async (channel) => {
    const card = await bench.issue('adult', false);
    const before = await open();
    expect(await proveByFace(before, card)).toMatchObject(fault('GATE-508'));
    bench.gateway.register('adult', channel);
    const after = await open();
    expect((await proveByFace(after, card)).ok).toBe(true);
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
    expect(session.maintenance).toMatchObject([{ part: 'jpki' }]);
    const proof = await proofByPin(await bench.issue('adult', false), session.challenge);
    expect(await session.provePin(proof, never)).toMatchObject(fault('GATE-508'));
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
    expect(await session.eligibility([], never)).toMatchObject({ fault: { detail: 'the answer belongs to another request' } });
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
    expect(await session.eligibility(['medicines'], never)).toMatchObject(fault('GATE-501'));
    expect(unanswered()).toEqual(['recordConsent']);
    way = (next) => next;
    expect(await reconcile()).toMatchObject([
      { receptionId: id, at: 'answered', method: 'face', consents: ['medicines'], answer: { validity: '1' } },
    ]);
    expect(unanswered()).toEqual([]);
    expect(bench.gateway.receptions().filter(({ receptionId }) => receptionId === id)).toHaveLength(1);
  });

  test('of the eligibility itself, it is asked for again', async () => {
    const id = newId();
    const session = await open(id);
    await proveByFace(session, await bench.issue('adult'));
    losing('/eligibility');
    expect(await session.eligibility([], never)).toMatchObject(fault('GATE-501'));
    expect(unanswered()).toEqual(['recordConsent']);
    way = (next) => next;
    expect(await reconcile()).toMatchObject([{ receptionId: id, at: 'answered', consents: [] }]);
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
    expect(await session.eligibility(['surgery'], never)).toMatchObject(fault('GATE-503'));
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
      await session.eligibility([], never);
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
    await session.eligibility(['checkups'], never);
    way = (next) => next;
    const full = await client.reconcile(() => failed('REC-701', 'no room'), never);
    expect(full).toMatchObject(fault('REC-701'));
    expect(unanswered()).toEqual(['recordConsent', 'settle']);
    expect(await reconcile()).toMatchObject([{ receptionId: id, at: 'answered', consents: ['checkups'] }]);
  });
});
