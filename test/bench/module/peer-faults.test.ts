/** Each fault that the peer can be given shows on the line as it should, and leaves the module usable. */
import { expect, test } from 'vitest';
import { createTransitCard } from '../../../src/bench/card/other-cards.ts';
import type { VirtualCard } from '../../../src/bench/card/virtual-card.ts';
import type { FaultRule, PeerFault } from '../../../src/bench/module/faults.ts';
import { createGemPeer, type GemPeerOptions } from '../../../src/bench/module/gem-peer.ts';
import { createMemoryLine } from '../../../src/bench/module/memory-line.ts';
import { createSimulatedClock } from '../../simulated-clock.ts';
import { ccidFrame, ccidType, createTestHost, t1Block, takeApart, xor } from './gem-host.ts';

const FRAME_LENGTH = 13;
const SELECT = Uint8Array.from(Buffer.from('00A4040C0AD392F000260100000001', 'hex'));

async function connect(faults: readonly FaultRule[], options: Partial<GemPeerOptions> = {}) {
  const clock = createSimulatedClock();
  const cable = createMemoryLine();
  const peer = createGemPeer({ wire: cable.peer, clock, variant: 'GemCorePOSPro', faults, ...options });
  const opened = await cable.open('memory', { baudRate: 115_200, dataBits: 8, parity: 'none', stopBits: 2 });
  if (!opened.ok) throw new Error('not opened');
  return { clock, peer, host: createTestHost(opened.value, clock) };
}

/** Sends one GetSlotStatus under the fault and returns what came within a second. */
async function statusUnder(fault: PeerFault): Promise<Uint8Array> {
  const { clock, host } = await connect([{ fault }]);
  await host.write(ccidFrame(ccidType.status, 5));
  await clock.advance(1000);
  const came = host.received();
  expect((await host.command(ccidType.status)).type, 'the fault happens once').toBe(0x81);
  return came;
}

test('mute and lost answers: nothing comes', async () => {
  expect(await statusUnder({ kind: 'mute' })).toHaveLength(0);
  expect(await statusUnder({ kind: 'lose-answer' })).toHaveLength(0);
});

test('NAK: 03 15 16 comes instead', async () => {
  expect([...(await statusUnder({ kind: 'nak' }))]).toEqual([0x03, 0x15, 0x16]);
});

test('a wrong check byte', async () => {
  const came = await statusUnder({ kind: 'wrong-check-byte' });
  expect(came).toHaveLength(FRAME_LENGTH);
  expect(xor(came)).toBe(0x01);
});

test('dropped bytes', async () => {
  const whole = await statusUnder({ kind: 'delay', ms: 0 });
  const came = await statusUnder({ kind: 'drop-bytes', from: 4, count: 3 });
  expect([...came]).toEqual([...whole.slice(0, 4), ...whole.slice(7)]);
});

test('noise before or after the answer', async () => {
  const noise = Uint8Array.of(0x03, 0x55);
  const before = await statusUnder({ kind: 'noise', bytes: noise, where: 'before' });
  expect([...before.slice(0, 2)]).toEqual([...noise]);
  const after = await statusUnder({ kind: 'noise', bytes: noise, where: 'after' });
  expect([...after.slice(-2)]).toEqual([...noise]);
  expect([...before.slice(2)]).toEqual([...after.slice(0, -2)]);
});

test('a duplicate, and a stale sequence number first', async () => {
  expect(takeApart(await statusUnder({ kind: 'duplicate' })).answers.map(({ sequence }) => sequence)).toEqual([5, 5]);
  expect(takeApart(await statusUnder({ kind: 'stale-sequence' })).answers.map(({ sequence }) => sequence)).toEqual([4, 5]);
});

test('more time asked for by CCID and by lone bytes', async () => {
  const { answers } = takeApart(await statusUnder({ kind: 'time-extension', times: 2 }));
  expect(answers.map(({ status }) => status & 0xc0)).toEqual([0x80, 0x80, 0]);
  const came = await statusUnder({ kind: 'time-request', times: 3 });
  expect([...came.slice(0, 3)].every((byte) => byte >= 0x80)).toBe(true);
  expect(takeApart(came.slice(3)).answers).toHaveLength(1);
});

test('a slot error', async () => {
  const [answer] = takeApart(await statusUnder({ kind: 'slot-error', error: 0xfb })).answers;
  expect(answer).toMatchObject({ status: 0x42, error: 0xfb });
});

test('a delayed answer comes no earlier than told', async () => {
  const { clock, host } = await connect([{ fault: { kind: 'delay', ms: 800 } }]);
  await host.write(ccidFrame(ccidType.status, 0));
  await clock.advance(800);
  expect(host.received()).toHaveLength(0);
  await clock.advance(10);
  expect(host.received()).toHaveLength(FRAME_LENGTH);
});

test('a restart of the module: no answer, the card is off and told of anew', async () => {
  const { clock, peer, host } = await connect([{ fault: { kind: 'reset' }, message: (type) => type === ccidType.transfer }]);
  peer.insert(createTransitCard());
  await host.powerOn();
  await host.write(ccidFrame(ccidType.transfer, 9, t1Block(0, SELECT)));
  await clock.advance(500);
  expect(takeApart(host.received()).movements.at(-1)).toBe('in');
  expect((await host.command(ccidType.status)).status).toBe(1);
});

test('a fault that never ends', async () => {
  const { clock, host } = await connect([{ fault: { kind: 'mute' }, times: Number.POSITIVE_INFINITY }]);
  for (let sequence = 0; sequence < 4; sequence++) await host.write(ccidFrame(ccidType.status, sequence));
  await clock.advance(5000);
  expect(host.received()).toHaveLength(0);
});

test('torn at the second command: the card never sees it; torn after it: the card has carried it out', async () => {
  for (const [kind, seen] of [
    ['tear', 1],
    ['tear-after', 2],
  ] as const) {
    const { peer, host } = await connect([{ fault: { kind }, apdu: 2 }]);
    const card = createTransitCard();
    peer.insert(card);
    await host.powerOn();
    await host.transmit(SELECT);
    const answer = await host.command(ccidType.transfer, t1Block(0x40, SELECT));
    expect(answer).toMatchObject({ status: 0x42, error: 0xfe });
    expect(takeApart(host.received()).movements).toEqual(['out']);
    expect(card.statistics.commands).toBe(seen);
  }
});

test('the answer to a chosen command is lost, and T=1 can still fetch it', async () => {
  const { clock, peer, host } = await connect([{ fault: { kind: 'lose-answer' }, apdu: (command) => command[1] === 0xa4 }]);
  const card = createTransitCard();
  peer.insert(card);
  await host.powerOn();
  await host.write(ccidFrame(ccidType.transfer, 1, t1Block(0, SELECT)));
  await clock.advance(3000);
  expect(takeApart(host.received()).answers).toHaveLength(1);
  const again = await host.command(ccidType.transfer, t1Block(0x80));
  expect([...again.data.slice(3, -1)]).toEqual([0x6a, 0x82]);
  expect(card.statistics.commands).toBe(1);
});

test('a wrong check byte inside a good frame', async () => {
  const { peer, host } = await connect([{ fault: { kind: 'wrong-block-check' }, apdu: 1 }]);
  peer.insert(createTransitCard());
  await host.powerOn();
  expect(xor((await host.command(ccidType.transfer, t1Block(0, SELECT))).data)).toBe(0x01);
});

test('a card pulled while it works: its command fails', async () => {
  const { clock, peer, host } = await connect([], { cardMs: () => 400 });
  peer.insert(createTransitCard());
  await host.powerOn();
  const answer = host.command(ccidType.transfer, t1Block(0, SELECT));
  clock.after(200, () => peer.remove());
  expect(await answer).toMatchObject({ status: 0x42, error: 0xfe });
  expect(takeApart(host.received()).movements).toEqual(['out']);
});

test('torn while the answer is on the line: it breaks off and the rest never comes', async () => {
  const { clock, peer, host } = await connect([]);
  peer.insert(createTransitCard());
  await clock.advance(1);
  const before = host.received().length;
  await host.write(ccidFrame(ccidType.setParameters, 0, new Uint8Array(200)));
  clock.after(30, () => peer.tear());
  await clock.advance(1000);
  const came = host.received().slice(before);
  expect([...came.slice(-2)]).toEqual([0x50, 0x02]);
  const { answers, complete } = takeApart(came.slice(0, -2));
  expect(came.length).toBeGreaterThan(2);
  expect(answers).toEqual([]);
  expect(complete).toBe(false);
});

test('a card that asks for time gives its answer after S(WTX)', async () => {
  const { peer, host } = await connect([], { waitingTimes: () => 2 });
  const card: VirtualCard = createTransitCard();
  peer.insert(card);
  await host.powerOn();
  expect([...(await host.transmit(SELECT))]).toEqual([0x6a, 0x82]);
  expect(card.statistics.commands).toBe(1);
});
