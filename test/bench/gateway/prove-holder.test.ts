/** What each way of confirming identity claims, held against what the gateway knows of the card or the phone. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GatewayClient } from '../../../src/eligibility/gateway-client.ts';
import type { GatewaySession, Method } from '../../../src/reception/ports.ts';
import { createSimulatedClock } from '../../simulated-clock.ts';
import {
  clientWithoutLine,
  decision,
  type GatewayBench,
  never,
  openGatewayBench,
  proofByPhone,
  proofByPin,
  proveByFace,
} from './gateway-bench.ts';

const clock = createSimulatedClock({ wall: new Date('2026-04-01T09:00:00+09:00') });
let bench: GatewayBench;
let client: GatewayClient;
let count = 0;

beforeAll(async () => {
  bench = await openGatewayBench(clock, () => clock.wall());
  client = clientWithoutLine({ clock, request: bench.gateway.requestAs('reader-1') });
});
afterAll(() => bench.gateway.close());

async function open(): Promise<GatewaySession> {
  const opened = await client.open(`proof-${++count}`, never);
  if (!opened.ok) throw new Error(opened.fault.code);
  return opened.value;
}

const asksItsOwner = (personaId: string) => ['phone-iphone', 'phone-unregistered', 'phone-card-expired'].includes(personaId);

/** `proved`, or the code and the refusal behind it. */
async function proving(personaId: string, method: Method, registered = true): Promise<string> {
  const session = await open();
  const card = await bench.issue(personaId, registered);
  const proof = asksItsOwner(personaId) ? proofByPhone : proofByPin;
  const evidence = method === 'visual' ? { approver: 'suzuki' } : decision;
  const result =
    method === 'face' || method === 'visual'
      ? await proveByFace(session, card, evidence)
      : await session.prove(await proof(card, session.challenge), method, never);
  return result.ok ? 'proved' : `${result.fault.code} ${result.fault.detail}`;
}

describe('identity can be proved', () => {
  test.each([
    ['adult', 'face'],
    ['adult', 'visual'],
    ['adult', 'pin'],
    ['no-pin-card', 'face'],
    ['no-pin-card', 'visual'],
    ['small-child', 'pin'],
    ['phone-android', 'phone-pin'],
    ['phone-iphone', 'phone-bio'],
  ] as const)('of %s by %s', async (personaId, method) => {
    expect(await proving(personaId, method)).toBe('proved');
  });
});

describe('identity cannot be proved', () => {
  test.each([
    ['a card without a portrait', 'small-child', 'face', 'GATE-507 proof-refused'],
    ['a card without a printed portrait', 'small-child', 'visual', 'GATE-507 proof-refused'],
    ['a card that says that it is a phone', 'adult', 'phone-pin', 'GATE-507 proof-refused'],
    ['a card that says that it is an iPhone', 'adult', 'phone-bio', 'GATE-507 proof-refused'],
    ['an Android phone that says that it is a card', 'phone-android', 'pin', 'GATE-507 proof-refused'],
    ['an Android phone that says that it asked its owner', 'phone-android', 'phone-bio', 'GATE-507 proof-refused'],
    ['an iPhone that says that a PIN was typed', 'phone-iphone', 'phone-pin', 'GATE-507 proof-refused'],
    ['a card that has expired', 'card-expired', 'pin', 'GATE-511 card-expired'],
    ['a card that has expired', 'card-expired', 'face', 'GATE-511 card-expired'],
    ['a phone whose card has expired', 'phone-card-expired', 'phone-bio', 'GATE-510 phone-refused'],
    ['a phone in the months after its certificate’s end', 'phone-grace', 'phone-pin', 'GATE-510 phone-refused'],
  ] as const)('with %s (%s by %s)', async (_what, personaId, method, refusal) => {
    expect(await proving(personaId, method)).toBe(refusal);
  });
});

test('after a refusal another way is open, and the record says which it was, and who approved', async () => {
  const session = await open();
  const card = await bench.issue('adult');
  expect((await session.prove(await proofByPin(card, session.challenge), 'phone-pin', never)).ok).toBe(false);
  expect((await proveByFace(session, card, { approver: 'suzuki' })).ok).toBe(true);
  expect(bench.gateway.receptions().at(-1)).toMatchObject({ method: 'visual', approver: 'suzuki' });
});

test('whoever matched by face in the first round is not approved by eye in the last', async () => {
  const session = await open();
  const card = await bench.issue('adult');
  let answers: Uint8Array[] = [];
  for (const evidence of [decision, { approver: 'suzuki' }, { approver: 'suzuki' }]) {
    const step = await session.relay(evidence, answers, never);
    if (!step.ok || step.value.at === 'proved') break;
    answers = step.value.commands.map((command) => card.answer(command));
  }
  expect(bench.gateway.receptions().at(-1)).toMatchObject({ method: 'face', approver: null });
});

test('a phone proves who somebody is, and cannot register for the first time', async () => {
  const session = await open();
  const phone = await bench.issue('phone-unregistered', false);
  const proved = await session.prove(await proofByPhone(phone, session.challenge), 'phone-bio', never);
  expect(proved).toMatchObject({ ok: true, value: { registered: false } });
  expect(await session.register(never)).toMatchObject({ ok: false, fault: { code: 'GATE-510' } });
  expect(bench.gateway.people().find(({ personaId }) => personaId === 'phone-unregistered')).toMatchObject({ channel: null });
});

test('a renewed card is not linked by a proof that was refused', async () => {
  bench.gateway.controls.maintenance = [{ part: 'jpki', from: '00:00', until: '23:59' }];
  expect(await proving('renewed-card', 'phone-pin')).toBe('GATE-507 proof-refused');
  expect(await proving('renewed-card', 'pin')).toBe('GATE-509 jpki-maintenance');
  bench.gateway.controls.maintenance = [];
  expect(await proving('renewed-card', 'pin')).toBe('proved');
});
