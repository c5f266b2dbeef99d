import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { createMuteCard, createTransitCard } from '../../../src/bench/card/other-cards.ts';
import { createGemPeer, type GemPeerOptions } from '../../../src/bench/module/gem-peer.ts';
import { type GemVariantName, gemVariants } from '../../../src/bench/module/gem-variants.ts';
import { createMemoryLine } from '../../../src/bench/module/memory-line.ts';
import type { ModulePeer } from '../../../src/bench/module/module-peer.ts';
import type { SerialLine } from '../../../src/card/module/serial-line.ts';
import { createSimulatedClock, type SimulatedClock } from '../../simulated-clock.ts';
import { ccidFrame, ccidType, createTestHost, t1Block, takeApart } from './gem-host.ts';

const CHARACTER_MS = 11_000 / 115_200;
const SELECT = Uint8Array.from(Buffer.from('00A4040C0AD392F000260100000001', 'hex'));

let clock: SimulatedClock;
let line: SerialLine;
let peer: ModulePeer;
let host: ReturnType<typeof createTestHost>;

/** @param timersLateMs how late the peer's own timers fire, as they do on a busy machine */
async function connect(options: Partial<GemPeerOptions> = {}, timersLateMs = 0): Promise<void> {
  clock = createSimulatedClock();
  const cable = createMemoryLine();
  const after = (delayMs: number, action: () => void) => clock.after(delayMs + timersLateMs, action);
  peer = createGemPeer({ wire: cable.peer, clock: { ...clock, after }, ...options });
  const opened = await cable.open('memory', { baudRate: 115_200, dataBits: 8, parity: 'none', stopBits: 2 });
  if (!opened.ok) throw new Error('not opened');
  line = opened.value;
  host = createTestHost(line, clock);
}

beforeEach(() => connect());

test('each command is echoed and then answered with its own sequence number', async () => {
  const firmware = await host.command(ccidType.escape, [0x02]);
  expect(Buffer.from(firmware.data).toString()).toMatch(/^KAZASU-BENCH/);
  const status = await host.command(ccidType.status);
  expect(status).toMatchObject({ type: 0x81, sequence: 1, status: 2, error: 0 });
  expect(takeApart(host.received()).echoes).toEqual([ccidFrame(ccidType.status, 1)]);
});

test.each(Object.entries(gemVariants))(
  '%s: echo, firmware and slots are its own',
  async (name, { echo, firmware, firmwareEscape, slots }) => {
    await connect({ variant: name as GemVariantName });
    const answer = await host.command(ccidType.escape, [Number.parseInt(firmwareEscape, 16)]);
    expect(Buffer.from(answer.data).toString()).toBe(firmware);
    expect(takeApart(host.received()).echoes).toHaveLength(echo ? 1 : 0);
    peer.insert(createTransitCard(), slots - 1);
    for (let slot = 0; slot <= slots; slot++) {
      const there = slot < slots && slot === slots - 1;
      expect((await host.command(ccidType.status, [], slot)).status).toBe(there ? 1 : slot < slots ? 2 : 0x42);
    }
  },
);

test('a SEC1210 always tells of movements at once', async () => {
  await connect({ variant: 'SEC1210' });
  expect((await host.command(ccidType.escape, [1, 1, 1])).status & 0x40).toBe(0x40);
  const before = host.received().length;
  peer.insert(createTransitCard());
  await clock.advance(1);
  expect([...host.received().slice(before)]).toEqual([0x50, 0x03]);
});

test('a module without echo answers only', async () => {
  await connect({ variant: 'GemCorePOSPro' });
  await host.command(ccidType.status);
  expect(takeApart(host.received()).echoes).toEqual([]);
});

test('card movements come at once, and after Escape 01 01 01 between echo and answer', async () => {
  peer.insert(createTransitCard());
  await clock.advance(1);
  expect([...host.received()]).toEqual([0x50, 0x03]);
  await host.command(ccidType.escape, [1, 1, 1]);
  await clock.advance(1);
  const before = host.received().length;
  peer.remove();
  await clock.advance(50);
  expect(host.received().length).toBe(before);
  await host.command(ccidType.status);
  const frame = ccidFrame(ccidType.status, 1);
  expect([...host.received().slice(frame.length, frame.length + 2)]).toEqual([0x50, 0x02]);
});

test('a card is powered on, answers SELECT over T=1, and bmStatus tells how it is', async () => {
  expect(await host.command(ccidType.powerOn)).toMatchObject({ type: 0x80, status: 0x42, error: 0xfe });
  peer.insert(createTransitCard());
  expect((await host.command(ccidType.status)).status).toBe(1);
  expect(Buffer.from((await host.powerOn()).data).toString('hex')).toBe('3b808131fe458b');
  expect((await host.command(ccidType.status)).status).toBe(0);
  expect(Buffer.from(await host.transmit(SELECT)).toString('hex')).toBe('6a82');
  expect((await host.command(ccidType.powerOff)).status).toBe(1);
  expect(await host.command(ccidType.transfer, t1Block(0, SELECT))).toMatchObject({ status: 0x41, error: 0xfe });
});

test('a mute card gives no ATR', async () => {
  peer.insert(createMuteCard());
  expect(await host.powerOn()).toMatchObject({ status: 0x41, error: 0xfe });
});

test('parameters are kept, an unknown message and another slot are refused', async () => {
  const parameters = [0x13, 0x10, 0xff, 0x46, 0, 0xfb, 0];
  expect([...(await host.command(ccidType.setParameters, parameters)).data]).toEqual(parameters);
  expect(await host.command(0x6f, [1, 2])).toMatchObject({ status: 0x42, error: 0xfe });
  expect(await host.command(0x77)).toMatchObject({ type: 0x81, status: 0x42, error: 0 });
});

test('a damaged frame is echoed and refused with 03 15 16, and the next one is answered', async () => {
  const damaged = ccidFrame(ccidType.status, 0);
  damaged[12] = (damaged[12] ?? 0) ^ 1;
  await host.write(damaged);
  await clock.advance(10);
  expect([...host.received().slice(-3)]).toEqual([0x03, 0x15, 0x16]);
  expect((await host.command(ccidType.status)).type).toBe(0x81);
});

test('half a frame is forgotten after 150 ms', async () => {
  await host.write(ccidFrame(ccidType.status, 9).slice(0, 8));
  await clock.advance(200);
  expect((await host.command(ccidType.status)).sequence).toBe(0);
});

test('an exchange takes its time on the wire, no less and hardly more, and is told of as wire time', async () => {
  const waits: { kind: string; ms: number }[] = [];
  await connect({ waits: { add: (kind, startMs, endMs) => waits.push({ kind, ms: endMs - startMs }) } });
  const startMs = clock.now();
  await host.command(ccidType.status);
  const wireMs = 3 * 13 * CHARACTER_MS;
  expect(host.lastByteMs() - startMs).toBeGreaterThanOrEqual(wireMs - 0.01);
  expect(host.lastByteMs() - startMs).toBeLessThan(wireMs + 0.1);
  expect(waits).toHaveLength(1);
  expect(waits[0]?.kind).toBe('wire');
  expect(waits[0]?.ms).toBeCloseTo(wireMs, 2);
});

test('nothing happens before the last bit of a command has come', async () => {
  peer.insert(createTransitCard());
  await clock.advance(1);
  const heardBefore = host.received().length;
  await host.write(ccidFrame(ccidType.powerOn, 0));
  await clock.advance(13 * CHARACTER_MS - 0.05);
  expect(host.received().length).toBe(heardBefore);
});

test('answers follow one another at the speed of the line, and a late timer is caught up', async () => {
  await connect({}, 0.8);
  const startMs = clock.now();
  for (let exchange = 0; exchange < 10; exchange++) await host.command(ccidType.status);
  const wireMs = 10 * 3 * 13 * CHARACTER_MS;
  expect(host.lastByteMs() - startMs).toBeGreaterThanOrEqual(wireMs - 0.01);
  expect(host.lastByteMs() - startMs).toBeLessThan(wireMs + 10 * 0.9);
});

test('a line without a speed answers in no time', async () => {
  await connect({ paced: false });
  await host.command(ccidType.status);
  expect(clock.now()).toBe(0);
});

test('at 9600 baud the same exchange takes twelve times as long', async () => {
  await connect({ baudRate: 9600 });
  await host.command(ccidType.status);
  expect(host.lastByteMs()).toBeCloseTo(3 * 13 * (11_000 / 9600), 1);
});

test('whatever the host writes, the peer does not throw and still answers afterwards', async () => {
  await connect({ paced: false });
  peer.insert(createTransitCard());
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 }), async (chunks) => {
      for (const chunk of chunks) await host.write(chunk);
      await clock.advance(200);
      expect((await host.command(ccidType.status)).type).toBe(0x81);
    }),
    { numRuns: 60 },
  );
});

test('a frame is the same however it is cut into pieces', async () => {
  await connect({ paced: false });
  const frame = ccidFrame(ccidType.escape, 7, [2]);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: frame.length - 1 }), { maxLength: 5 }), async (cuts) => {
      const before = host.received().length;
      const edges = [...new Set([0, ...cuts.toSorted((a, b) => a - b), frame.length])];
      for (const [index, edge] of edges.slice(0, -1).entries()) await host.write(frame.slice(edge, edges[index + 1]));
      await clock.runUntil(() => takeApart(host.received().slice(before)).answers.length === 1, 100);
    }),
    { numRuns: 40 },
  );
});

test('no flipped bit in a command is carried out', async () => {
  await connect({ paced: false, variant: 'GemCorePOSPro' });
  const frame = ccidFrame(ccidType.escape, 7, [2]);
  for (let bit = 0; bit < frame.length * 8; bit++) {
    const flipped = frame.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
    const before = host.received().length;
    await host.write(flipped);
    await clock.advance(200);
    expect(takeApart(host.received().slice(before)).answers).toEqual([]);
  }
});
