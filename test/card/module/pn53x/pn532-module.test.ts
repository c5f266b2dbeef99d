/** The driver at its own simulated module, on simulated time: what a reception meets. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { noStatistics, type VirtualCard } from '../../../../src/bench/card/virtual-card.ts';
import type { FaultRule, PeerFault } from '../../../../src/bench/module/faults.ts';
import type { ModulePeer, ModulePeerOptions } from '../../../../src/bench/module/module-peer.ts';
import { createPn532Peer } from '../../../../src/bench/module/pn532/pn532-peer.ts';
import type { CardModule, SlotEvent } from '../../../../src/card/module/card-module.ts';
import { protocolsOf } from '../../../../src/card/module/protocols.ts';
import { createSerialModule } from '../../../../src/card/module/serial-module.ts';
import type { Result } from '../../../../src/faults/result.ts';
import { memoryInSimulatedTime } from '../../timed-line.ts';

const signal = new AbortController().signal;
const APDU = Uint8Array.of(0x00, 0xca, 0x00, 0x00, 0x00);
const OK = Uint8Array.of(0x90, 0x00);

/** What the card was sent, and `answer` to each; its state is how many commands it has had since it was powered. */
function counting(answer: (command: Uint8Array, count: number) => Uint8Array = () => OK) {
  const had: Uint8Array[] = [];
  let sincePower = 0;
  const card: VirtualCard = {
    statistics: noStatistics(),
    contactless: {
      kind: 'type-b',
      applicationData: Uint8Array.of(0, 0, 5, 0xe0),
      protocolInfo: Uint8Array.of(0xb3, 0x81, 0xa1),
    },
    powerOn: () => Uint8Array.of(0x3b, 0x00),
    powerOff() {
      sincePower = 0;
    },
    answer(command) {
      had.push(Uint8Array.from(command));
      return answer(command, ++sincePower);
    },
  };
  return { card, had };
}

let bench: ReturnType<typeof open>;
let events: (SlotEvent & { atMs: number })[];

function open(options: Partial<ModulePeerOptions> & { wanted?: number } = {}) {
  const line = memoryInSimulatedTime();
  const { wanted, ...peerOptions } = options;
  const peer: ModulePeer = createPn532Peer({ wire: line.peer, clock: line.clock, ...peerOptions });
  const module: CardModule = createSerialModule({
    path: line.path,
    openLine: line.openLine,
    clock: line.clock,
    protocols: protocolsOf('pn532'),
    ...(wanted && { baudRate: wanted }),
  });
  events = [];
  module.watch((event) => events.push({ ...event, atMs: line.clock.now() }));
  return { ...line, peer, module };
}

const said = () => events.map(({ type }) => type);
const transmit = (apdu = APDU) => bench.settle(bench.module.transmit(0, apdu, signal));
const powerOn = () => bench.settle(bench.module.powerOn(0, signal));
const fault = (result: Result<unknown>) => (result.ok ? undefined : result.fault.code);

async function start(options: Parameters<typeof open>[0] = {}): Promise<void> {
  bench = open(options);
  expect((await bench.settle(bench.module.start(signal))).ok).toBe(true);
}

async function place(card: VirtualCard): Promise<void> {
  bench.peer.insert(card);
  await bench.until(() => events.at(-1)?.type === 'card-in', 500);
}

async function placeAndPowerOn(card: VirtualCard): Promise<void> {
  await place(card);
  expect((await powerOn()).ok).toBe(true);
}

beforeEach(() => start());

afterEach(async () => {
  await bench.settle(bench.module.close());
  await bench.close();
});

test('names itself with its firmware, and gives the ATR that PC/SC composes', async () => {
  expect(bench.module.name).toBe('PN532 1.6');
  await place(counting().card);
  const atr = await powerOn();
  expect(atr.ok && Buffer.from(atr.value).toString('hex')).toBe('3b8880010000' + '05e0b381a1007f');
});

describe('commands and answers of any length', () => {
  test.each([1, 253, 261, 262, 263, 307, 524, 525, 5_000])(
    'a command of %i bytes reaches the card whole, and once',
    async (length) => {
      const { card, had } = counting();
      await placeAndPowerOn(card);
      const command = Uint8Array.from({ length }, (_, index) => (index * 7) & 0xff);
      expect(await transmit(command)).toEqual({ ok: true, value: OK });
      expect(had).toEqual([command]);
    },
  );

  test.each([2, 258, 261, 262, 263, 524, 525, 10_000])('an answer of %i bytes comes whole', async (length) => {
    const answer = Uint8Array.from({ length }, (_, index) => (index * 11) & 0xff);
    await placeAndPowerOn(counting(() => answer).card);
    expect(await transmit()).toEqual({ ok: true, value: answer });
  });

  test('256 bytes and their status words come in one frame', async () => {
    const waits: number[] = [];
    await bench.settle(bench.module.close());
    await start({ waits: { add: (_kind, startMs, endMs) => waits.push(endMs - startMs) } });
    await placeAndPowerOn(counting(() => new Uint8Array(bench.module.slots[0]?.readLength ?? 0 + 2)).card);
    waits.length = 0;
    await transmit();
    expect(waits).toHaveLength(1);
  });
});

describe('cards that are none', () => {
  test.each(['type-a', 'type-f'] as const)('a card of %s is told, and refused when powered on', async (kind) => {
    await place({ ...counting().card, contactless: { kind } });
    expect(fault(await powerOn())).toBe('CARD-103');
    bench.peer.remove();
    await bench.until(() => events.at(-1)?.type === 'card-out', 500);
  });

  test('a card that does not answer over the air is not seen', async () => {
    const { contactless: _, ...deaf } = counting().card;
    bench.peer.insert(deaf);
    await bench.clock.advance(2_000);
    expect(said()).toEqual(['ready']);
  });
});

describe('a card that leaves is told within 500 ms', () => {
  test('while it is powered and nothing is asked of it', async () => {
    await placeAndPowerOn(counting().card);
    await bench.clock.advance(3_000);
    for (const pauseMs of [0, 40, 90, 140]) {
      await bench.clock.advance(pauseMs);
      bench.peer.remove();
      await bench.until(() => events.at(-1)?.type === 'card-out', 500);
      await placeAndPowerOn(counting().card);
      expect((await transmit()).ok).toBe(true);
    }
  });

  test.each(['tear', 'tear-after'] as const)('in the middle of a command (%s): CARD-101', async (kind) => {
    await placeAndPowerOn(counting().card);
    bench.peer.faults.add({ fault: { kind }, apdu: 1 });
    const beganMs = bench.clock.now();
    expect(fault(await transmit())).toBe('CARD-101');
    expect(bench.clock.now() - beganMs).toBeLessThan(500);
    expect(said().at(-1)).toBe('card-out');
  });

  test('and one that lies there is not', async () => {
    await placeAndPowerOn(counting().card);
    await bench.clock.advance(10_000);
    expect(said()).toEqual(['ready', 'card-in']);
    expect((await transmit()).ok).toBe(true);
  });
});

describe('what happens between module and card', () => {
  const statuses = [0x01, 0x02, 0x0a, 0x0b, 0x13, 0x27, 0x29, 0x2b, 0x3e];
  test.each(statuses)('after status %i nothing goes to the card before it is powered on again', async (error) => {
    const { card, had } = counting();
    await placeAndPowerOn(card);
    await transmit();
    bench.peer.faults.add({ fault: { kind: 'slot-error', error }, apdu: 2 });
    const left = [0x01, 0x27, 0x29, 0x2b].includes(error);
    expect(fault(await transmit())).toBe(left ? 'CARD-101' : 'CARD-104');
    expect(fault(await transmit())).toMatch(/^CARD-10[14]$/);
    await bench.clock.advance(1_000);
    expect(fault(await transmit())).toMatch(/^CARD-10[14]$/);
    expect(had).toHaveLength(2);
    expect(said().slice(2)).toEqual(left ? ['card-out', 'card-in'] : []);
    expect((await powerOn()).ok).toBe(true);
    expect((await transmit()).ok).toBe(true);
  });

  test('an exchanged card is another one, powered or not, whenever that is noticed', async () => {
    const { card, had } = counting();
    await placeAndPowerOn(card);
    bench.peer.insert(counting().card);
    await bench.until(() => events.length === 4, 800);
    bench.peer.insert(card);
    expect(fault(await powerOn())).toBe('CARD-101');
    await bench.until(() => events.length === 6, 800);
    expect((await powerOn()).ok).toBe(true);
    bench.peer.insert(counting().card);
    expect(fault(await transmit())).toBe('CARD-101');
    await bench.until(() => events.length === 8, 800);
    expect(said().slice(2)).toEqual(['card-out', 'card-in', 'card-out', 'card-in', 'card-out', 'card-in']);
    expect(had).toEqual([]);
  });

  test('a card that answers no command is not placed for ever, and is when it has been lifted', async () => {
    bench.peer.faults.add({ fault: { kind: 'slot-error', error: 0x01 }, apdu: () => true, times: Number.POSITIVE_INFINITY });
    const { card } = counting();
    bench.peer.insert(card);
    const placings = () => said().filter((type) => type === 'card-in').length;
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
    await place(counting().card);
    bench.peer.insert({ ...counting().card, contactless: { kind: 'type-f' } });
    await bench.until(() => events.length === 4, 800);
    bench.peer.insert(counting().card);
    await bench.until(() => events.length === 6, 800);
    expect((await powerOn()).ok).toBe(true);
  });

  test('a card that is powered on anew begins anew', async () => {
    const { card } = counting((_command, count) => Uint8Array.of(count, 0x90, 0x00));
    await placeAndPowerOn(card);
    for (const count of [1, 2]) expect(await transmit()).toEqual({ ok: true, value: Uint8Array.of(count, 0x90, 0x00) });
    expect((await powerOn()).ok).toBe(true);
    expect(await transmit()).toEqual({ ok: true, value: Uint8Array.of(1, 0x90, 0x00) });
    expect((await bench.settle(bench.module.powerOff(0, signal))).ok).toBe(true);
    expect(fault(await transmit())).toBe('CARD-101');
    await bench.clock.advance(1_000);
    expect((await powerOn()).ok).toBe(true);
    expect(await transmit()).toEqual({ ok: true, value: Uint8Array.of(1, 0x90, 0x00) });
    expect(said()).toEqual(['ready', 'card-in']);
  });

  test('a slow card is waited for, however often it asks for time, but not for ever', async () => {
    await bench.settle(bench.module.close());
    await start({ cardMs: ([, ins]) => (ins === 0xca ? 9_000 : 40_000) });
    await placeAndPowerOn(counting().card);
    expect((await transmit()).ok).toBe(true);
    const beganMs = bench.clock.now();
    expect(fault(await transmit(Uint8Array.of(0, 0xcb, 0, 0)))).toBe('CARD-104');
    expect(bench.clock.now() - beganMs).toBeLessThan(30_000);
  });
});

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
      await placeAndPowerOn(card);
      bench.peer.faults.add({ fault: kind, apdu: 2, times: 1 });
      for (let count = 1; count <= 4; count++) {
        expect(await transmit()).toEqual({ ok: true, value: Uint8Array.of(count, 0x90, 0x00) });
      }
      expect(had).toHaveLength(4);
    },
  );

  const losing: PeerFault[] = [{ kind: 'lose-answer' }, { kind: 'mute' }, { kind: 'drop-bytes', from: 5, count: 9 }];
  test.each(losing.map((kind) => [JSON.stringify(kind), kind] as const))(
    '%s: CARD-104, and the card keeps its state',
    async (_n, kind) => {
      const { card, had } = counting((_command, count) => Uint8Array.of(count, 0x90, 0x00));
      await placeAndPowerOn(card);
      bench.peer.faults.add({ fault: kind, apdu: 1 });
      expect(fault(await transmit())).toBe('CARD-104');
      expect(await transmit()).toEqual({ ok: true, value: Uint8Array.of(2, 0x90, 0x00) });
      expect(had).toHaveLength(2);
      expect(said()).toEqual(['ready', 'card-in']);
    },
  );

  test('a part of a chain lost: the card has half a command, and is powered on again first', async () => {
    const { card, had } = counting();
    await placeAndPowerOn(card);
    const secondFrame: FaultRule = {
      fault: { kind: 'mute' },
      message: (() => {
        let exchanges = 0;
        return (type: number) => type === 0x40 && ++exchanges === 2;
      })(),
    };
    bench.peer.faults.add(secondFrame);
    expect(fault(await transmit(new Uint8Array(400)))).toBe('CARD-104');
    expect(fault(await transmit())).toBe('CARD-104');
    expect(had).toEqual([]);
  });

  test('a module that restarts is woken, and its card is another one', async () => {
    await placeAndPowerOn(counting().card);
    bench.peer.reset();
    await bench.until(() => said().at(-1) === 'card-in' && events.length === 4, 2_000);
    expect(said()).toEqual(['ready', 'card-in', 'card-out', 'card-in']);
    expect(fault(await transmit())).toBe('CARD-101');
    expect((await powerOn()).ok).toBe(true);
    expect((await transmit()).ok).toBe(true);
  });

  test('a module that falls silent is lost within 2 s, and found within 3 s of its return', async () => {
    await place(counting().card);
    const beganMs = bench.clock.now();
    bench.peer.faults.add({ fault: { kind: 'mute' }, message: () => true, times: 1_000_000 });
    await bench.until(() => said().at(-1) === 'lost', 2_000);
    expect(events.at(-1)).toMatchObject({ code: 'MOD-201' });
    expect(bench.clock.now() - beganMs).toBeLessThan(2_000);
    await bench.clock.advance(5_000);
    bench.peer.faults.clear();
    await bench.until(() => said().at(-1) === 'card-in', 3_000);
  });
});

describe('the rate', () => {
  async function millisecondsOfARead(): Promise<number> {
    await placeAndPowerOn(counting(() => new Uint8Array(258)).card);
    const beganMs = bench.clock.now();
    await transmit();
    return bench.clock.now() - beganMs;
  }

  test.each([9_600, 115_200, 230_400, 460_800, 921_600])('is raised to %i baud', async (wanted) => {
    await bench.settle(bench.module.close());
    await start({ wanted });
    const characters = 15 + 6 + 271;
    expect(await millisecondsOfARead()).toBeCloseTo((characters * 10_000) / wanted, 1);
  });

  test('a module is found at whatever rate it was left at', async () => {
    await bench.settle(bench.module.close());
    await start({ baudRate: 921_600 });
    expect(await millisecondsOfARead()).toBeGreaterThan(25);
  });

  test('after a brown-out, which brings it back to 115200, it is raised again', async () => {
    await bench.settle(bench.module.close());
    await start({ wanted: 460_800 });
    bench.peer.reset();
    await bench.until(() => said().at(-1) === 'lost', 2_000);
    await bench.until(() => said().at(-1) === 'ready', 3_000);
    expect(await millisecondsOfARead()).toBeLessThan(7);
  });

  test('a rate that the module does not know is left alone', async () => {
    await bench.settle(bench.module.close());
    await start({ wanted: 250_000 });
    expect(await millisecondsOfARead()).toBeGreaterThan(25);
  });
});
