import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SlotEvent } from '../../../src/card/module/card-module.ts';
import { protocolsOf } from '../../../src/card/module/protocols.ts';
import { createSerialModule } from '../../../src/card/module/serial-module.ts';
import { failed } from '../../../src/faults/result.ts';
import { createSimulatedClock } from '../../simulated-clock.ts';
import { createFakeLine } from '../fake-line.ts';
import { bytes, gem } from '../hex.ts';

/** A module that the test plays by hand: it answers GetSlotStatus and Escape as long as it is not `mute`. */
function handPlayed() {
  const clock = createSimulatedClock();
  const opened: number[] = [];
  let fake = createFakeLine();
  const play = { card: '02', mute: false, babble: false, noLine: false };

  function answer(frame: string): void {
    const seq = frame.slice(24, 26);
    if (play.babble) fake.receive(bytes('00 00 FF 00 FF 00'));
    if (play.mute || play.babble) return;
    if (frame.startsWith('03 06 65')) fake.receive(gem(`81 00 00 00 00 00 ${seq} ${play.card} 00 00`));
    if (frame.startsWith('03 06 6B')) fake.receive(gem(`83 04 00 00 00 00 ${seq} ${play.card} 00 00 56 31 2E 30`));
  }

  const module = createSerialModule({
    protocols: protocolsOf('gem'),
    path: 'none',
    clock,
    async openLine() {
      opened.push(clock.now());
      if (play.noLine) return failed('MOD-202');
      fake = createFakeLine();
      const { line } = fake;
      const write: typeof line.write = async (frame, timeoutMs) => {
        const written = await line.write(frame, timeoutMs);
        answer(fake.sent.at(-1) ?? '');
        return written;
      };
      return { ok: true, value: { ...line, write } };
    },
  });
  const events: (SlotEvent & { atMs: number })[] = [];
  module.watch((event) => events.push({ ...event, atMs: clock.now() }));
  return { module, clock, play, opened, events, line: () => fake };
}

const signal = new AbortController().signal;
let hand = handPlayed();

beforeEach(() => {
  hand = handPlayed();
});

afterEach(() => hand.module.close());

async function started(): Promise<void> {
  void hand.module.start(signal);
  await hand.clock.advance(0);
  expect(hand.events.map((event) => event.type)[0]).toBe('ready');
}

const types = () => hand.events.map((event) => event.type);

test('names itself with its firmware', async () => {
  await started();
  expect(hand.module.name).toBe('GemPC Twin V1.0');
});

test('an idle module is asked every 400 ms', async () => {
  await started();
  const before = hand.line().sent.length;
  await hand.clock.advance(4_000);
  expect(hand.line().sent.length - before).toBe(10);
});

describe('a card is noticed', () => {
  test('at once by slot-change bytes', async () => {
    await started();
    await hand.clock.advance(100);
    hand.play.card = '01';
    hand.line().receive(bytes('50 03'));
    expect(types()).toEqual(['ready', 'card-in']);
    hand.play.card = '02';
    hand.line().receive(bytes('50 02'));
    expect(types()).toEqual(['ready', 'card-in', 'card-out']);
  });

  test('by the next question where those bytes were lost', async () => {
    await started();
    hand.play.card = '01';
    await hand.clock.advance(450);
    hand.play.card = '02';
    await hand.clock.advance(450);
    expect(types()).toEqual(['ready', 'card-in', 'card-out']);
  });

  test('exchanged, when the old one was not seen to leave', async () => {
    await started();
    hand.line().receive(bytes('50 03'));
    hand.line().receive(bytes('50 03'));
    expect(types()).toEqual(['ready', 'card-in', 'card-out', 'card-in']);
  });
});

describe('a loss is noticed', () => {
  test('of the module behind a line that still stands, within 2 s', async () => {
    await started();
    hand.play.mute = true;
    await hand.clock.advance(2_000);
    expect(hand.events.at(-1)).toMatchObject({ type: 'lost', code: 'MOD-201' });
  });

  test('of the line, at once', async () => {
    await started();
    hand.line().hangUp();
    await hand.clock.advance(0);
    expect(hand.events.at(-1)).toMatchObject({ type: 'lost', code: 'MOD-202' });
  });

  test('to a module of another protocol', async () => {
    await started();
    hand.play.babble = true;
    await hand.clock.advance(2_000);
    expect(hand.events.at(-1)).toMatchObject({ type: 'lost', code: 'MOD-203' });
  });
});

describe('after a loss', () => {
  test('it works again within 3 s of the return, whenever that is', async () => {
    await started();
    for (const awayMs of [100, 1_000, 2_500, 7_300]) {
      hand.play.mute = true;
      await hand.clock.advance(2_000 + awayMs);
      expect(types().at(-1)).toBe('lost');
      hand.play.mute = false;
      await hand.clock.advance(3_000);
      expect(types().at(-1)).toBe('ready');
    }
  });

  test('it is told once, and the line is tried again with growing pauses up to a second', async () => {
    await started();
    hand.play.noLine = true;
    hand.line().hangUp();
    await hand.clock.advance(10_000);
    expect(types()).toEqual(['ready', 'lost']);
    const pauses = hand.opened.slice(2).map((atMs, index) => atMs - (hand.opened[index + 1] ?? 0));
    expect(pauses.slice(0, 3)).toEqual([500, 1_000, 1_000]);
  });
});

test('start tells why the module cannot be used, and goes on looking for it', async () => {
  hand.play.noLine = true;
  const start = hand.module.start(signal);
  await hand.clock.advance(0);
  expect(await start).toMatchObject({ ok: false, fault: { code: 'MOD-202' } });
  hand.play.noLine = false;
  await hand.clock.advance(1_000);
  expect(types()).toEqual(['lost', 'ready']);
});

test('a listener that comes late is told of the loss', async () => {
  hand.play.noLine = true;
  void hand.module.start(signal);
  await hand.clock.advance(0);
  const late: SlotEvent[] = [];
  hand.module.watch((event) => late.push(event));
  expect(late).toEqual([{ type: 'lost', code: 'MOD-202' }]);
});

test('nothing is asked or opened any more after close', async () => {
  await started();
  await hand.module.close();
  const [sent, opened] = [hand.line().sent.length, hand.opened.length];
  await hand.clock.advance(5_000);
  expect([hand.line().sent.length, hand.opened.length]).toEqual([sent, opened]);
});
