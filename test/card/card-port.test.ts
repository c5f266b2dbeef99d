/** The card port beyond its contract: spoilt lines, tries of 照合番号B, trust in a card face, cards torn away. */
import { afterEach, describe, expect, test } from 'vitest';
import type { FaultRule, PeerFault } from '../../src/bench/module/faults.ts';
import type { Result } from '../../src/faults/result.ts';
import { type Counter, cardOf, openCounter, pinOf, portrait, unhurried } from './bench-card.ts';
import { bytes } from './hex.ts';

const challenge = Buffer.from('32 bytes that the gateway drew..');
const isPinEntry = (command: Uint8Array) => command[1] === 0x20 && command.length > 4 && command[4] === 4;
const isSignature = (command: Uint8Array) => command[1] === 0x2a;
const isRead = (command: Uint8Array) => command[1] === 0xb0;

let open: Counter | undefined;

/** A counter with this persona's card on the reader, looked at already unless `surveyed` is false. */
async function counterWith(personaId: string, options: Parameters<typeof openCounter>[0] & { surveyed?: boolean } = {}) {
  const counter = await openCounter(options);
  open = counter;
  expect(await counter.start()).toEqual({ ok: true });
  const card = await cardOf(personaId);
  await counter.place(card);
  if (options.surveyed !== false) expect((await counter.settle(counter.port.survey(unhurried))).ok).toBe(true);
  const enter = (digits: string, knownTriesLeft: number) =>
    counter.settle(counter.port.verifyPin(pinOf(digits), knownTriesLeft, unhurried));
  return { ...counter, card, enter };
}

afterEach(async () => {
  await open?.close();
  open = undefined;
});

const codeOf = (result: Result<unknown>) => (result.ok ? 'fine' : result.fault.code);

describe('the portrait', () => {
  test('is not believed when its certificate is not by a trusted root', async () => {
    const { port, settle } = await counterWith('adult', { trusted: (pki) => pki.terminal.caKey });
    expect(codeOf(await settle(port.readPortrait(unhurried)))).toBe('CARD-106');
  });

  test('is read all the same over a line that spoils an answer now and then', async () => {
    const faults: FaultRule[] = (
      [
        { kind: 'wrong-check-byte' },
        { kind: 'wrong-block-check' },
        { kind: 'drop-bytes', from: 20, count: 3 },
        { kind: 'noise', bytes: bytes('00 55'), where: 'before' },
        { kind: 'noise', bytes: bytes('03'), where: 'before' },
        { kind: 'noise', bytes: bytes('03 06 80'), where: 'after' },
        { kind: 'duplicate' },
        { kind: 'stale-sequence' },
        { kind: 'delay', ms: 800 },
        { kind: 'time-extension', times: 2 },
        { kind: 'time-request', times: 2 },
        { kind: 'lose-answer' },
        { kind: 'slot-error', error: 0xfd },
      ] satisfies PeerFault[]
    ).map((fault, index) => ({ fault, message: (type, number) => type === 0x6f && number >= 30 + 2 * index }));
    const { port, settle, card, peer } = await counterWith('adult');
    for (const rule of faults) peer.faults.add(rule);
    expect(await settle(port.readPortrait(unhurried), 60_000)).toMatchObject({ ok: true, value: { portrait } });
    expect(card.statistics.verifies).toBe(1);
  });
});

describe('a line that fails around VERIFY', () => {
  const spoilt: [string, PeerFault][] = [
    ['the answer is lost', { kind: 'lose-answer' }],
    ['the check byte is wrong', { kind: 'wrong-check-byte' }],
    ['the block’s check is wrong', { kind: 'wrong-block-check' }],
    ['bytes are dropped', { kind: 'drop-bytes', from: 6, count: 4 }],
    ['noise comes first', { kind: 'noise', bytes: bytes('03 06 80'), where: 'before' }],
    ['the answer comes twice', { kind: 'duplicate' }],
    ['an old sequence number comes first', { kind: 'stale-sequence' }],
    ['the answer is late', { kind: 'delay', ms: 5_000 }],
    ['the module reports a mute card', { kind: 'slot-error', error: 0xfe }],
    ['the module reports a hardware error', { kind: 'slot-error', error: 0xfb }],
    ['more time is wanted', { kind: 'time-extension', times: 3 }],
  ];

  test.each(spoilt)('a wrong entry counts once and is told truly: %s', async (_name, fault) => {
    const { card, enter } = await counterWith('adult', { faults: [{ fault, apdu: isPinEntry }] });
    const verdict = await enter('0000', 3);
    expect(verdict).toEqual({ ok: true, value: { at: 'wrong', triesLeft: 2 } });
    expect(card.statistics.pinVerifies).toBe(1);
  });

  test.each(spoilt)('a right entry is never called wrong, and counts once: %s', async (_name, fault) => {
    const { card, enter } = await counterWith('adult', { faults: [{ fault, apdu: isPinEntry }] });
    const verdict = await enter('1234', 3);
    expect(verdict.ok ? verdict.value.at : verdict.fault.code).toMatch(/^(right|PIN-303)$/);
    expect(card.statistics.pinVerifies).toBe(1);
  });

  test('when every word of the card about it is lost, nothing is claimed and nothing is sent again', async () => {
    const { card, enter, peer } = await counterWith('adult');
    let verified = false;
    peer.faults.add({
      fault: { kind: 'lose-answer' },
      times: 4,
      apdu: (command) => {
        verified ||= isPinEntry(command);
        return isPinEntry(command);
      },
    });
    peer.faults.add({ fault: { kind: 'mute' }, times: 3, message: (type) => verified && type === 0x6f });
    const verdict = await enter('1234', 3);
    expect(codeOf(verdict)).toBe('PIN-303');
    expect(card.statistics.pinVerifies).toBe(1);
  });

  test('a module that restarts leaves the card unpowered: the entry is not sent again', async () => {
    const { card, enter } = await counterWith('adult', { faults: [{ fault: { kind: 'reset' }, apdu: isPinEntry }] });
    expect(codeOf(await enter('0000', 3))).toMatch(/^(PIN-303|CARD-101)$/);
    expect(card.statistics.pinVerifies).toBe(1);
  });
});

describe('a card that is taken away', () => {
  const steps = [
    ['survey', isRead],
    ['portrait', (command: Uint8Array) => isRead(command) && command[2] === 0x05],
    ['PIN', isPinEntry],
    ['proof', isSignature],
  ] as const;
  const fates: [string, PeerFault][] = [
    ['before the card has the command', { kind: 'tear' }],
    ['before its answer is back', { kind: 'tear-after' }],
  ];
  const cases = steps.flatMap(([step, command]) => fates.map(([when, fault]) => [step, when, command, fault] as const));

  test.each(cases)('during %s, %s: CARD-101 within 500 ms', async (step, _when, command, fault) => {
    const { port, peer, settle, card, clock, enter, events } = await counterWith('adult', { surveyed: step !== 'survey' });
    if (step === 'proof') await enter('1234', 3);
    peer.faults.add({ fault, apdu: command });
    const work: Record<string, () => Promise<Result<unknown>>> = {
      survey: () => port.survey(unhurried),
      portrait: () => port.readPortrait(unhurried),
      PIN: () => port.verifyPin(pinOf('1234'), 3, unhurried),
      proof: () => port.prove(challenge, unhurried),
    };
    expect(codeOf(await settle(work[step]?.() ?? Promise.reject(new Error(step)), 5_000))).toBe('CARD-101');
    const endedMs = clock.now();
    await clock.advance(500);
    expect(events.at(-1)).toMatchObject({ type: 'removed' });
    expect(events.at(-1)?.atMs ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(endedMs);
    expect(card.statistics.pinVerifies).toBeLessThanOrEqual(1);
  });

  test('while it works for 20 s: told within 500 ms, and the next one is served', async () => {
    const { port, peer, settle, clock, place, card, events } = await counterWith('adult', {
      cardMs: () => 20_000,
      surveyed: false,
    });
    const survey = port.survey(unhurried);
    await clock.advance(3_000);
    const removedMs = clock.now();
    peer.remove();
    expect(codeOf(await settle(survey, 500))).toBe('CARD-101');
    expect((events.at(-1)?.atMs ?? 0) - removedMs).toBeLessThanOrEqual(500);
    await place(card);
    expect(events.at(-1)?.type).toBe('placed');
  });

  test('nothing of an old reception goes on with the next card', async () => {
    const { port, settle, place, enter, clock, remove } = await counterWith('adult');
    const old = port.readPortrait(unhurried);
    await clock.advance(100);
    remove();
    const next = await cardOf('rare-name');
    await place(next);
    await settle(port.survey(unhurried));
    expect(codeOf(await settle(old))).toBe('CARD-101');
    expect(next.statistics.verifies).toBe(0);
    expect(await enter('1234', 3)).toEqual({ ok: true, value: { at: 'right' } });
  });
});
