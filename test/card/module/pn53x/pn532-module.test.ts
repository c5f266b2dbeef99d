/** The PN532 at its own simulated module: what a reception meets. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { counting, fault, type Pn532Bench, startPn532 } from './pn532-bench.ts';

const signal = new AbortController().signal;

const APDU = Uint8Array.of(0x00, 0xca, 0x00, 0x00, 0x00);
const OK = Uint8Array.of(0x90, 0x00);
let bench: Pn532Bench;
beforeEach(async () => {
  bench = await startPn532();
});
afterEach(() => bench.close());

test('names itself with its firmware, and gives the ATR that PC/SC composes', async () => {
  expect(bench.module.name).toBe('PN532 1.6');
  await bench.place(counting().card);
  const atr = await bench.powerOn();
  expect(atr.ok && Buffer.from(atr.value).toString('hex')).toBe('3b8880010000' + '05e0b381a1007f');
});

describe('commands and answers of any length', () => {
  test.each([1, 253, 261, 262, 263, 307, 524, 525, 5_000])(
    'a command of %i bytes reaches the card whole, and once',
    async (length) => {
      const { card, had } = counting();
      await bench.placeAndPowerOn(card);
      const command = Uint8Array.from({ length }, (_, index) => (index * 7) & 0xff);
      expect(await bench.transmit(command)).toEqual({ ok: true, value: OK });
      expect(had).toEqual([command]);
    },
  );

  test.each([2, 258, 261, 262, 263, 524, 525, 10_000])('an answer of %i bytes comes whole', async (length) => {
    const answer = Uint8Array.from({ length }, (_, index) => (index * 11) & 0xff);
    await bench.placeAndPowerOn(counting(() => answer).card);
    expect(await bench.transmit()).toEqual({ ok: true, value: answer });
  });

  test('256 bytes and their status words come in one frame', async () => {
    const waits: number[] = [];
    await bench.close();
    bench = await startPn532({ waits: { add: (_kind, startMs, endMs) => waits.push(endMs - startMs) } });
    await bench.placeAndPowerOn(counting(() => new Uint8Array(bench.module.slots[0]?.readLength ?? 0 + 2)).card);
    waits.length = 0;
    await bench.transmit();
    expect(waits).toHaveLength(1);
  });
});

describe('cards that are none', () => {
  test.each(['type-a', 'type-f'] as const)('a card of %s is told, and refused when powered on', async (kind) => {
    await bench.place({ ...counting().card, contactless: { kind } });
    expect(fault(await bench.powerOn())).toBe('CARD-103');
    bench.peer.remove();
    await bench.until(() => bench.events.at(-1)?.type === 'card-out', 500);
  });

  test('a card that does not answer over the air is not seen', async () => {
    const { contactless: _, ...deaf } = counting().card;
    bench.peer.insert(deaf);
    await bench.clock.advance(2_000);
    expect(bench.said()).toEqual(['ready']);
  });
});

describe('a card that leaves is told within 500 ms', () => {
  test('while it is powered and nothing is asked of it', async () => {
    await bench.placeAndPowerOn(counting().card);
    await bench.clock.advance(3_000);
    for (const pauseMs of [0, 40, 90, 140]) {
      await bench.clock.advance(pauseMs);
      bench.peer.remove();
      await bench.until(() => bench.events.at(-1)?.type === 'card-out', 500);
      await bench.placeAndPowerOn(counting().card);
      expect((await bench.transmit()).ok).toBe(true);
    }
  });

  test.each(['tear', 'tear-after'] as const)('in the middle of a command (%s): CARD-101', async (kind) => {
    await bench.placeAndPowerOn(counting().card);
    bench.peer.faults.add({ fault: { kind }, apdu: 1 });
    const beganMs = bench.clock.now();
    expect(fault(await bench.transmit())).toBe('CARD-101');
    expect(bench.clock.now() - beganMs).toBeLessThan(500);
    expect(bench.said().at(-1)).toBe('card-out');
  });

  test('and one that lies there is not', async () => {
    await bench.placeAndPowerOn(counting().card);
    await bench.clock.advance(10_000);
    expect(bench.said()).toEqual(['ready', 'card-in']);
    expect((await bench.transmit()).ok).toBe(true);
  });
});

describe('what happens between module and card', () => {
  const statuses = [0x01, 0x02, 0x0a, 0x0b, 0x13, 0x27, 0x29, 0x2b, 0x3e];
  test.each(statuses)('after status %i nothing goes to the card before it is powered on again', async (error) => {
    const { card, had } = counting();
    await bench.placeAndPowerOn(card);
    await bench.transmit();
    bench.peer.faults.add({ fault: { kind: 'slot-error', error }, apdu: 2 });
    const left = [0x01, 0x27, 0x29, 0x2b].includes(error);
    expect(fault(await bench.transmit())).toBe(left ? 'CARD-101' : 'CARD-104');
    expect(fault(await bench.transmit())).toMatch(/^CARD-10[14]$/);
    await bench.clock.advance(1_000);
    expect(fault(await bench.transmit())).toMatch(/^CARD-10[14]$/);
    expect(had).toHaveLength(2);
    expect(bench.said().slice(2)).toEqual(left ? ['card-out', 'card-in'] : []);
    expect((await bench.powerOn()).ok).toBe(true);
    expect((await bench.transmit()).ok).toBe(true);
  });

  test('an exchanged card is another one, powered or not, whenever that is noticed', async () => {
    const { card, had } = counting();
    await bench.placeAndPowerOn(card);
    bench.peer.insert(counting().card);
    await bench.until(() => bench.events.length === 4, 800);
    bench.peer.insert(card);
    expect(fault(await bench.powerOn())).toBe('CARD-101');
    await bench.until(() => bench.events.length === 6, 800);
    expect((await bench.powerOn()).ok).toBe(true);
    bench.peer.insert(counting().card);
    expect(fault(await bench.transmit())).toBe('CARD-101');
    await bench.until(() => bench.events.length === 8, 800);
    expect(bench.said().slice(2)).toEqual(['card-out', 'card-in', 'card-out', 'card-in', 'card-out', 'card-in']);
    expect(had).toEqual([]);
  });

  test('a card that answers no command is not placed for ever, and is when it has been lifted', async () => {
    bench.peer.faults.add({ fault: { kind: 'slot-error', error: 0x01 }, apdu: () => true, times: Number.POSITIVE_INFINITY });
    const { card } = counting();
    bench.peer.insert(card);
    const placings = () => bench.said().filter((type) => type === 'card-in').length;
    const stop = bench.module.watch((event) => {
      if (event.type !== 'card-in') return;
      void bench.module.powerOn(0, signal).then(() => bench.module.transmit(0, APDU, signal));
    });
    await bench.clock.advance(60_000);
    stop();
    const placedBefore = placings();
    expect(placedBefore).toBeLessThanOrEqual(4);
    bench.peer.remove();
    await bench.clock.advance(1_000);
    bench.peer.insert(card);
    await bench.until(() => placings() === placedBefore + 1, 1_000);
  });

  test('a card of another kind that takes its place is another one', async () => {
    await bench.place(counting().card);
    bench.peer.insert({ ...counting().card, contactless: { kind: 'type-f' } });
    await bench.until(() => bench.events.length === 4, 800);
    bench.peer.insert(counting().card);
    await bench.until(() => bench.events.length === 6, 800);
    expect((await bench.powerOn()).ok).toBe(true);
  });

  test('a card that is powered on anew begins anew', async () => {
    const { card } = counting((_command, count) => Uint8Array.of(count, 0x90, 0x00));
    await bench.placeAndPowerOn(card);
    for (const count of [1, 2]) expect(await bench.transmit()).toEqual({ ok: true, value: Uint8Array.of(count, 0x90, 0x00) });
    expect((await bench.powerOn()).ok).toBe(true);
    expect(await bench.transmit()).toEqual({ ok: true, value: Uint8Array.of(1, 0x90, 0x00) });
    expect((await bench.settle(bench.module.powerOff(0, signal))).ok).toBe(true);
    expect(fault(await bench.transmit())).toBe('CARD-101');
    await bench.clock.advance(1_000);
    expect((await bench.powerOn()).ok).toBe(true);
    expect(await bench.transmit()).toEqual({ ok: true, value: Uint8Array.of(1, 0x90, 0x00) });
    expect(bench.said()).toEqual(['ready', 'card-in']);
  });

  test('a slow card is waited for, however often it asks for time, but not for ever', async () => {
    await bench.close();
    bench = await startPn532({ cardMs: ([, ins]) => (ins === 0xca ? 9_000 : 40_000) });
    await bench.placeAndPowerOn(counting().card);
    expect((await bench.transmit()).ok).toBe(true);
    const beganMs = bench.clock.now();
    expect(fault(await bench.transmit(Uint8Array.of(0, 0xcb, 0, 0)))).toBe('CARD-104');
    expect(bench.clock.now() - beganMs).toBeLessThan(30_000);
  });
});
