/** The driver on a simulated ACR1281S, on simulated time. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOtherCard } from '../../../src/bench/card/other-cards.ts';
import type { VirtualCard } from '../../../src/bench/card/virtual-card.ts';
import { createAcsPeer } from '../../../src/bench/module/acs-peer.ts';
import type { PeerFault } from '../../../src/bench/module/faults.ts';
import type { ModulePeer, ModulePeerOptions } from '../../../src/bench/module/module-peer.ts';
import type { CardModule, SlotEvent } from '../../../src/card/module/card-module.ts';
import { protocolsOf } from '../../../src/card/module/protocols.ts';
import { createSerialModule } from '../../../src/card/module/serial-module.ts';
import { cardOf } from '../bench-card.ts';
import { bytes, hex } from '../hex.ts';
import { memoryInSimulatedTime, type TimedLine } from '../timed-line.ts';

const signal = new AbortController().signal;
const issued = cardOf('adult');
const SELECT_JPKI = bytes('00 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01');
const CONTACTLESS = 0;
const CONTACT = 1;

type Options = Partial<ModulePeerOptions> & { readonly wanted?: number };

let line: TimedLine & ReturnType<typeof memoryInSimulatedTime>;
let peer: ModulePeer;
let module: CardModule;
let events: (SlotEvent & { atMs: number })[];
let apdus: string[];

function connect({ wanted, ...options }: Options = {}): void {
  line = memoryInSimulatedTime();
  apdus = [];
  events = [];
  peer = createAcsPeer({
    wire: line.peer,
    clock: line.clock,
    onApdu: (command) => apdus.push(hex(command)),
    ...options,
  });
  module = createSerialModule({
    path: line.path,
    openLine: line.openLine,
    clock: line.clock,
    protocols: protocolsOf('acs'),
    ...(wanted && { baudRate: wanted }),
  });
  module.watch((event) => events.push({ ...event, atMs: line.clock.now() }));
}

beforeEach(() => connect());

afterEach(async () => {
  await line.settle(module.close());
  await line.close();
});

async function powered(slot: number, card?: VirtualCard): Promise<string> {
  expect(await line.settle(module.start(signal))).toEqual({ ok: true });
  peer.insert(card ?? (await issued), slot);
  await line.until(() => events.at(-1)?.type === 'card-in', 500);
  const atr = await line.settle(module.powerOn(slot, signal));
  return atr.ok ? hex(atr.value) : atr.fault.code;
}

async function transmit(slot: number, command: Uint8Array): Promise<string> {
  const answer = await line.settle(module.transmit(slot, command, signal));
  return answer.ok ? hex(answer.value) : answer.fault.code;
}

/** Real work on the next command of this INS. */
const onNext = (ins: number, fault: PeerFault, times = 1) =>
  peer.faults.add({ fault, times, apdu: (command) => command[1] === ins });

describe('the rate', () => {
  test('is raised from 9600 to 115200, and everything else is said there', async () => {
    await line.settle(module.start(signal));
    expect(await line.peer.hostBaudRate?.()).toBe(115_200);
    expect(module.name).toBe('ACR1281S KAZASU ACR1281S');
  });

  test.each([
    [500_000, 500_000],
    [460_800, 230_400],
    [9_600, 9_600],
  ])('%i wanted: %i is what module and terminal have up to there', async (wanted, rate) => {
    await line.close();
    connect({ wanted });
    await powered(CONTACTLESS);
    expect(await transmit(CONTACTLESS, SELECT_JPKI)).toBe('90 00');
    expect(await line.peer.hostBaudRate?.()).toBe(rate);
  });

  test.each([128_000, 250_000, 460_800, 499_999])(
    '%i wanted: a reader that starts anew finds the module again',
    async (wanted) => {
      await line.close();
      connect({ wanted });
      await powered(CONTACTLESS);
      await line.settle(module.close());
      await line.clock.advance(1_000);
      module = createSerialModule({ ...line, protocols: protocolsOf('acs'), baudRate: wanted });
      expect(await line.settle(module.start(signal), 60_000)).toEqual({ ok: true });
    },
  );

  test('falls to 9600 when the module loses its power for a moment: noticed within 2 s, ready within 3 s', async () => {
    await powered(CONTACTLESS);
    const lostMs = line.clock.now();
    peer.reset();
    await line.until(() => events.at(-1)?.type === 'lost', 2_000);
    await line.until(() => events.at(-1)?.type === 'card-in', 3_000);
    expect(line.clock.now() - lostMs).toBeLessThan(3_000);
    expect(await transmit(CONTACTLESS, SELECT_JPKI)).toBe('CARD-101');
    await line.settle(module.powerOn(CONTACTLESS, signal));
    expect(await transmit(CONTACTLESS, SELECT_JPKI)).toBe('90 00');
  });

  test('the answer to the change is lost: the module is found at the new rate', async () => {
    peer.faults.add({ fault: { kind: 'lose-answer' }, message: (type) => type === 0x6b });
    await powered(CONTACTLESS);
    expect(await transmit(CONTACTLESS, SELECT_JPKI)).toBe('90 00');
  });
});

describe('a card over the air', () => {
  test('is known by its ATQB, in the ATR that PC/SC composes of it', async () => {
    expect(await powered(CONTACTLESS)).toBe('3B 88 80 01 00 00 05 E0 B3 81 A1 00 7F');
  });

  test.each([
    ['of type F is no card of ours: CARD-103', 'transit', 'CARD-103'],
    ['of type A has to be asked for its applications', 'payment', '3B 80 80 01 01'],
  ] as const)('%s', async (_name, kind, outcome) => {
    expect(await powered(CONTACTLESS, createOtherCard(kind))).toBe(outcome);
  });

  test('and one in the contact slot are told apart', async () => {
    await powered(CONTACT);
    expect(events.at(-1)).toMatchObject({ type: 'card-in', slot: CONTACT });
    expect(await transmit(CONTACT, SELECT_JPKI)).toBe('90 00');
  });
});

describe.each([
  ['contactless', CONTACTLESS],
  ['contact', CONTACT],
])('a command to the %s slot', (_name, slot) => {
  test('of one message goes whole, and so does an answer of 256 bytes', async () => {
    await powered(slot);
    await transmit(slot, SELECT_JPKI);
    await transmit(slot, bytes('00 A4 02 0C 02 00 0A'));
    const certificate = await transmit(slot, bytes('00 B0 00 00 00'));
    expect(certificate).toMatch(/^30 82 .* 90 00$/);
    expect(bytes(certificate)).toHaveLength(258);
  });

  test('longer than a message goes in pieces, and reaches the card as one', async () => {
    await powered(slot);
    for (const length of [255, 256, 307, 600]) {
      const data = new Uint8Array(length).fill(0x5a);
      const lc = length > 255 ? [0, length >> 8, length & 0xff] : [length];
      const command = Uint8Array.of(0x80, 0xa2, 0x06, 0xc1, ...lc, ...data);
      await transmit(slot, command);
      expect(apdus.at(-1)).toBe(hex(command));
    }
  });
});

test('a card exchanged for another within a moment is another card', async () => {
  await powered(CONTACTLESS);
  peer.insert(await issued, CONTACTLESS);
  await line.clock.advance(100);
  expect(events.map(({ type }) => type)).toEqual(['ready', 'card-in', 'card-out', 'card-in']);
  expect(await transmit(CONTACTLESS, SELECT_JPKI)).toBe('CARD-101');
});

describe('what goes wrong', () => {
  test('a damaged answer is asked for again: the card does nothing twice', async () => {
    for (const fault of [
      { kind: 'wrong-check-byte' },
      { kind: 'drop-bytes', from: 3, count: 2 },
      { kind: 'drop-bytes', from: -1, count: 1 },
      { kind: 'lose-answer' },
    ] as const) {
      await line.settle(module.close());
      connect();
      await powered(CONTACTLESS);
      onNext(0xa4, fault);
      expect(await transmit(CONTACTLESS, SELECT_JPKI)).toBe('90 00');
      expect(apdus).toHaveLength(1);
    }
  });

  test.each([0xff, 0xfe, 0xfd, 0x99])('a refused frame (%i) is sent again, at most three times', async (status) => {
    await powered(CONTACTLESS);
    peer.faults.add({ fault: { kind: 'nak', status }, message: (type) => type === 0x6f, times: 3 });
    expect(await transmit(CONTACTLESS, SELECT_JPKI)).toBe('90 00');
    peer.faults.add({ fault: { kind: 'nak', status }, message: (type) => type === 0x6f, times: 4 });
    expect(await transmit(CONTACTLESS, SELECT_JPKI)).toBe('CARD-104');
    expect(apdus).toHaveLength(1);
  });

  test('noise that looks like a refusal does not have an accepted command sent again', async () => {
    await powered(CONTACTLESS);
    for (const noise of ['02 FF FF 03', '00 02 FF FF 03', '02 99 99 03 02 FF FF 03']) {
      onNext(0xa4, { kind: 'noise', bytes: bytes(noise), where: 'before' });
      const before = apdus.length;
      expect(await transmit(CONTACTLESS, SELECT_JPKI)).toBe('90 00');
      expect(apdus.length - before).toBe(1);
    }
  });

  test('stale and doubled answers never become the next command’s', async () => {
    await powered(CONTACTLESS);
    await transmit(CONTACTLESS, SELECT_JPKI);
    for (const fault of [{ kind: 'stale-sequence' }, { kind: 'duplicate' }] as const) {
      onNext(0xa4, fault);
      expect(await transmit(CONTACTLESS, bytes('00 A4 02 0C 02 00 18'))).toBe('90 00');
      expect(await transmit(CONTACTLESS, bytes('00 20 00 80'))).toBe('63 C3');
    }
  });

  test('a card that works long is waited for, and one for which more time is asked longer still', async () => {
    await line.settle(module.close());
    connect({ cardMs: () => 4_000, waitingTimes: () => 10 });
    await powered(CONTACTLESS);
    expect(await transmit(CONTACTLESS, SELECT_JPKI)).toBe('90 00');
    onNext(0xa4, { kind: 'time-extension', times: 3 });
    expect(await transmit(CONTACTLESS, SELECT_JPKI)).toBe('90 00');
  });

  test('a lost answer is had within 2 s, and the card does nothing twice', async () => {
    await powered(CONTACTLESS);
    onNext(0xa4, { kind: 'lose-answer' });
    const startMs = line.clock.now();
    expect(await transmit(CONTACTLESS, SELECT_JPKI)).toBe('90 00');
    expect(line.clock.now() - startMs).toBeLessThan(2_000);
    expect(apdus).toHaveLength(1);
  });

  test('a mute card: CARD-104 at the module’s word; a mute module: told within 2 s', async () => {
    await powered(CONTACTLESS);
    onNext(0xa4, { kind: 'slot-error', error: 0xfe });
    expect(await transmit(CONTACTLESS, SELECT_JPKI)).toBe('CARD-104');
    peer.faults.add({ fault: { kind: 'mute' }, times: Number.POSITIVE_INFINITY });
    const startMs = line.clock.now();
    expect(await transmit(CONTACTLESS, SELECT_JPKI)).toBe('MOD-201');
    expect(line.clock.now() - startMs).toBeLessThan(2_000);
  });

  test('a card torn off while it works: CARD-101 within 500 ms', async () => {
    await powered(CONTACTLESS);
    onNext(0xa4, { kind: 'tear-after' });
    const startMs = line.clock.now();
    expect(await transmit(CONTACTLESS, SELECT_JPKI)).toBe('CARD-101');
    expect(line.clock.now() - startMs).toBeLessThan(500);
  });
});
