/** The PN532 on a line with faults, and at other rates. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FaultRule, PeerFault } from '../../../../src/bench/module/faults.ts';
import { counting, fault, type Pn532Bench, startPn532 } from './pn532-bench.ts';

let bench: Pn532Bench;
beforeEach(async () => {
  bench = await startPn532();
});
afterEach(() => bench.close());

describe('faults of the line', () => {
  const harmless: PeerFault[] = [
    { kind: 'nak' },
    { kind: 'wrong-check-byte' },
    { kind: 'drop-bytes', from: 0, count: 1 },
    { kind: 'drop-bytes', from: 2, count: 1 },
    { kind: 'drop-bytes', from: 3, count: 2 },
    { kind: 'drop-bytes', from: 7, count: 4 },
    { kind: 'drop-bytes', from: 9, count: 2 },
    { kind: 'noise', bytes: Uint8Array.of(0xff, 0xff), where: 'before' },
    { kind: 'noise', bytes: Uint8Array.of(0x00, 0x55), where: 'before' },
    { kind: 'noise', bytes: Uint8Array.of(0x00, 0x00, 0xff, 0x90, 0x70), where: 'before' },
    { kind: 'noise', bytes: Uint8Array.of(0x00, 0x00, 0xff, 0x90, 0x70), where: 'after' },
    { kind: 'duplicate' },
    { kind: 'stale-sequence' },
    { kind: 'delay', ms: 5_000 },
    { kind: 'time-extension', times: 5 },
    { kind: 'time-request', times: 3 },
  ];
  test.each(harmless.map((kind) => [JSON.stringify(kind), kind] as const))(
    '%s: each answer comes to its command',
    async (_n, kind) => {
      const { card, had } = counting((_command, count) => Uint8Array.of(count, 0x90, 0x00));
      await bench.placeAndPowerOn(card);
      bench.peer.faults.add({ fault: kind, apdu: 2, times: 1 });
      for (let count = 1; count <= 4; count++) {
        expect(await bench.transmit()).toEqual({ ok: true, value: Uint8Array.of(count, 0x90, 0x00) });
      }
      expect(had).toHaveLength(4);
    },
  );

  const losing: PeerFault[] = [{ kind: 'lose-answer' }, { kind: 'mute' }, { kind: 'drop-bytes', from: 5, count: 9 }];
  test.each(losing.map((kind) => [JSON.stringify(kind), kind] as const))(
    '%s: CARD-104, and the card keeps its state',
    async (_n, kind) => {
      const { card, had } = counting((_command, count) => Uint8Array.of(count, 0x90, 0x00));
      await bench.placeAndPowerOn(card);
      bench.peer.faults.add({ fault: kind, apdu: 1 });
      expect(fault(await bench.transmit())).toBe('CARD-104');
      expect(await bench.transmit()).toEqual({ ok: true, value: Uint8Array.of(2, 0x90, 0x00) });
      expect(had).toHaveLength(2);
      expect(bench.said()).toEqual(['ready', 'card-in']);
    },
  );

  test('a part of a chain lost: the card has half a command, and is powered on again first', async () => {
    const { card, had } = counting();
    await bench.placeAndPowerOn(card);
    const secondFrame: FaultRule = {
      fault: { kind: 'mute' },
      message: (() => {
        let exchanges = 0;
        return (type: number) => type === 0x40 && ++exchanges === 2;
      })(),
    };
    bench.peer.faults.add(secondFrame);
    expect(fault(await bench.transmit(new Uint8Array(400)))).toBe('CARD-104');
    expect(fault(await bench.transmit())).toBe('CARD-104');
    expect(had).toEqual([]);
  });

  test('a module that restarts is woken, and its card is another one', async () => {
    await bench.placeAndPowerOn(counting().card);
    bench.peer.reset();
    await bench.until(() => bench.said().at(-1) === 'card-in' && bench.events.length === 4, 2_000);
    expect(bench.said()).toEqual(['ready', 'card-in', 'card-out', 'card-in']);
    expect(fault(await bench.transmit())).toBe('CARD-101');
    expect((await bench.powerOn()).ok).toBe(true);
    expect((await bench.transmit()).ok).toBe(true);
  });

  test('a module that falls silent is lost within 2 s, and found within 3 s of its return', async () => {
    await bench.place(counting().card);
    const beganMs = bench.clock.now();
    bench.peer.faults.add({ fault: { kind: 'mute' }, message: () => true, times: 1_000_000 });
    await bench.until(() => bench.said().at(-1) === 'lost', 2_000);
    expect(bench.events.at(-1)).toMatchObject({ code: 'MOD-201' });
    expect(bench.clock.now() - beganMs).toBeLessThan(2_000);
    await bench.clock.advance(5_000);
    bench.peer.faults.clear();
    await bench.until(() => bench.said().at(-1) === 'card-in', 3_000);
  });
});

describe('the rate', () => {
  async function millisecondsOfARead(): Promise<number> {
    await bench.placeAndPowerOn(counting(() => new Uint8Array(258)).card);
    const beganMs = bench.clock.now();
    await bench.transmit();
    return bench.clock.now() - beganMs;
  }

  test.each([9_600, 115_200, 230_400, 460_800, 921_600])('is raised to %i baud', async (wanted) => {
    await bench.close();
    bench = await startPn532({ wanted });
    const characters = 15 + 6 + 271;
    expect(await millisecondsOfARead()).toBeCloseTo((characters * 10_000) / wanted, 1);
  });

  test('a module is found at whatever rate it was left at', async () => {
    await bench.close();
    bench = await startPn532({ baudRate: 921_600 });
    expect(await millisecondsOfARead()).toBeGreaterThan(25);
  });

  test('after a brown-out, which brings it back to 115200, it is raised again', async () => {
    await bench.close();
    bench = await startPn532({ wanted: 460_800 });
    bench.peer.reset();
    await bench.until(() => bench.said().at(-1) === 'lost', 2_000);
    await bench.until(() => bench.said().at(-1) === 'ready', 3_000);
    expect(await millisecondsOfARead()).toBeLessThan(7);
  });

  test('a rate that the module does not know is left alone', async () => {
    await bench.close();
    bench = await startPn532({ wanted: 250_000 });
    expect(await millisecondsOfARead()).toBeGreaterThan(25);
  });
});
