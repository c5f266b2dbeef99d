/** The client's bounds, on simulated time. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { VirtualCard } from '../../src/bench/card/virtual-card.ts';
import type { GatewayClient } from '../../src/eligibility/gateway-client.ts';
import { ok } from '../../src/faults/result.ts';
import type { GatewaySession, WaitKind } from '../../src/reception/ports.ts';
import {
  agreedTo,
  clientWithoutLine,
  decision,
  type GatewayBench,
  never,
  openGatewayBench,
  proofByPin,
  proveByFace,
} from '../bench/gateway/gateway-bench.ts';
import { createSimulatedClock } from '../simulated-clock.ts';

const clock = createSimulatedClock({ wall: new Date() });
const waits: { kind: WaitKind; ms: number }[] = [];
let bench: GatewayBench;
let client: GatewayClient;
let card: VirtualCard;

beforeAll(async () => {
  bench = await openGatewayBench(clock, () => clock.wall());
  card = await bench.issue('adult');
  client = clientWithoutLine({
    clock,
    request: bench.gateway.requestAs('reader-1'),
    waits: { add: (kind, startMs, endMs) => waits.push({ kind, ms: endMs - startMs }) },
  });
});

afterAll(() => bench.gateway.close());

beforeEach(() => {
  Object.assign(bench.gateway.controls, { slowMs: 0, eligibilityMs: 0, inProgress: 0, mode: 'normal' });
  waits.length = 0;
});

let receptions = 0;

/** Lets simulated time run until `work` has ended; how long it took by that time. */
async function timed<T>(work: Promise<T>): Promise<{ result: T; tookMs: number }> {
  const startMs = clock.now();
  let result: { value: T } | undefined;
  void work.then((value) => {
    result = { value };
  });
  await clock.runUntil(() => result !== undefined, 120_000);
  if (!result) throw new Error('not ended');
  return { result: result.value, tookMs: clock.now() - startMs };
}

async function open(): Promise<GatewaySession> {
  const { result } = await timed(client.open(`time-${++receptions}`, never));
  if (!result.ok) throw new Error(result.fault.code);
  return result.value;
}

const late = { ok: false, fault: { code: 'GATE-502' } };

test('opening a reception is given up after 5 s', async () => {
  bench.gateway.controls.slowMs = 60_000;
  const { result, tookMs } = await timed(client.open('late', never));
  expect(result).toMatchObject(late);
  expect(tookMs).toBe(5_000);
});

test('evidence is given up after 8 s, a relay round after 5 s', async () => {
  const session = await open();
  const proof = await proofByPin(card, session.challenge);
  bench.gateway.controls.slowMs = 60_000;
  const evidence = await timed(session.prove(proof, 'pin', never));
  expect(evidence).toMatchObject({ result: late, tookMs: 8_000 });
  const relay = await timed(session.relay(decision, [], never));
  expect(relay).toMatchObject({ result: late, tookMs: 5_000 });
});

test('a query that stays in progress is given up 30 s after the consent was sent', async () => {
  const session = await open();
  await timed(proveByFace(session, card));
  bench.gateway.controls.inProgress = 1_000;
  const asked = await timed(session.eligibility(agreedTo('medicines'), never));
  expect(asked).toMatchObject({ result: late, tookMs: 30_000 });
  expect(bench.gateway.requests.filter(({ status }) => status === 202)).toHaveLength(30);
});

test('an answer after 12 s is an answer', async () => {
  const session = await open();
  await timed(proveByFace(session, card));
  bench.gateway.controls.eligibilityMs = 12_000;
  const asked = await timed(session.eligibility(agreedTo(), never));
  expect(asked).toMatchObject({ result: { ok: true, value: { validity: '1' } }, tookMs: 12_000 });
  expect(waits.every(({ kind }) => kind === 'gateway')).toBe(true);
  expect(waits.reduce((sum, { ms }) => sum + ms, 0)).toBe(12_000);
});

test('a gateway that is down is tried three times, up to 0.8 s long', async () => {
  bench.gateway.controls.mode = 'down';
  const { result, tookMs } = await timed(client.open('down', never));
  expect(result).toMatchObject({ ok: false, fault: { code: 'GATE-501', detail: 'ECONNREFUSED' } });
  expect(tookMs).toBeLessThanOrEqual(800);
  expect(tookMs).toBeGreaterThanOrEqual(400);
});

test('no wait is longer than 10 s, whatever is asked of a gateway that says nothing', async () => {
  const session = await open();
  const proof = await proofByPin(card, session.challenge);
  bench.gateway.controls.slowMs = 600_000;
  const asked = {
    open: () => client.open('silent', never),
    relay: () => session.relay(decision, [], never),
    identity: () => session.prove(proof, 'pin', never),
    register: () => session.register(never),
    consent: () => session.eligibility(agreedTo(), never),
    settle: () => client.settle('silent', () => ok(), never),
  };
  for (const [what, ask] of Object.entries(asked)) {
    // Each of a client that has not given the gateway up yet.
    await clock.advance(120_000);
    const { result, tookMs } = await timed(ask() as Promise<{ ok: boolean }>);
    expect([what, result.ok, tookMs <= 10_000, tookMs > 0]).toEqual([what, false, true, true]);
  }
});

test('what is asked while nobody stands there makes no patient wait, and counts as nobody’s wait', async () => {
  await clock.advance(120_000);
  waits.length = 0;
  bench.gateway.controls.mode = 'down';
  for (let attempt = 0; attempt < 5; attempt++) await timed(client.settle(`idle-${attempt}`, () => ok(), never));
  expect(waits).toEqual([]);
  bench.gateway.controls.mode = 'normal';
  expect((await timed(client.open('next', never))).result.ok).toBe(true);
});

test('a gateway that was silent three times is not waited for by the next patient', async () => {
  await clock.advance(120_000);
  bench.gateway.controls.slowMs = 600_000;
  for (let patient = 0; patient < 3; patient++) await timed(client.open(`tired-${patient}`, never));
  const { result, tookMs } = await timed(client.open('spared', never));
  expect([result, tookMs]).toMatchObject([{ ok: false, fault: { code: 'GATE-501' } }, 0]);
  bench.gateway.controls.slowMs = 0;
  await clock.advance(120_000);
  expect((await timed(client.open('again', never))).result.ok).toBe(true);
});

test('a call that is aborted ends without waiting for its bound', async () => {
  bench.gateway.controls.slowMs = 60_000;
  const controller = new AbortController();
  clock.after(1_000, () => controller.abort());
  const { result, tookMs } = await timed(client.open('aborted', controller.signal));
  expect(result).toMatchObject(late);
  expect(tookMs).toBe(1_000);
});
