import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { createMuteCard, createOtherCard, createTransitCard } from '../../../src/bench/card/other-cards.ts';
import { createAcsPeer } from '../../../src/bench/module/acs-peer.ts';
import { createMemoryLine } from '../../../src/bench/module/memory-line.ts';
import type { ModulePeer, ModulePeerOptions } from '../../../src/bench/module/module-peer.ts';
import type { SerialLine } from '../../../src/card/module/serial-line.ts';
import { createSimulatedClock, type SimulatedClock } from '../../simulated-clock.ts';
import { acsCommand, createAcsHost } from './acs-host.ts';

const STATUS = 0x65;
const POWER_ON = 0x62;
const POWER_OFF = 0x63;
const TRANSFER = 0x6f;
const ESCAPE = 0x6b;
const PICC = 0;
const ICC = 1;
const ACCEPTED = '02000003';
const SELECT = [...Buffer.from('00A4040C0AD392F000260100000001', 'hex')];

let clock: SimulatedClock;
let line: SerialLine;
let peer: ModulePeer;
let host: ReturnType<typeof createAcsHost>;

async function connect(options: Partial<ModulePeerOptions> = {}): Promise<void> {
  clock = createSimulatedClock();
  const cable = createMemoryLine();
  peer = createAcsPeer({ wire: cable.peer, clock, ...options });
  const opened = await cable.open('memory', { baudRate: 9_600, dataBits: 8, parity: 'none', stopBits: 1 });
  if (!opened.ok) throw new Error('not opened');
  line = opened.value;
  host = createAcsHost(line, clock);
}

beforeEach(() => connect());

test('each command is accepted and then answered', async () => {
  expect(await host.command(STATUS, PICC)).toBe(`${ACCEPTED}02810000000000000200008303`);
  expect(await host.command(ESCAPE, ICC, [0xe0, 0, 0, 0x18, 0])).toContain(Buffer.from('ACR1281S').toString('hex').toUpperCase());
});

test('a contactless card is powered, asked and, by IccPowerOff, left as it was', async () => {
  peer.insert(createOtherCard('payment'));
  expect(await host.command(STATUS, PICC)).toBe(`${ACCEPTED}02810000000000000181000103`);
  expect(await host.command(POWER_ON, PICC)).toContain('3B80800101');
  expect(await host.command(TRANSFER, PICC, SELECT)).toContain('006A82');
  expect(await host.command(POWER_OFF, PICC)).toBe(`${ACCEPTED}02810000000000000081000003`);
  expect(await host.command(TRANSFER, PICC, SELECT)).toContain('006A82');
});

test('a contact card has its own slot and no power after IccPowerOff', async () => {
  peer.insert(createTransitCard(), ICC);
  expect(await host.command(STATUS, PICC)).toContain('0200008303');
  expect(await host.command(POWER_ON, ICC)).toContain('3B808131FE458B');
  expect(await host.command(TRANSFER, ICC, SELECT)).toContain('006A82');
  await host.command(POWER_OFF, ICC);
  expect(await host.command(TRANSFER, ICC, SELECT)).toContain('41FE');
});

test('a chip that does not answer has no ATR', async () => {
  peer.insert(createMuteCard(), ICC);
  expect(await host.command(POWER_ON, ICC)).toContain('41FE');
});

test('a command may come in pieces, each but the last answered by the wish for the next', async () => {
  const commands: Uint8Array[] = [];
  await connect({ onApdu: (command) => commands.push(command) });
  peer.insert(createTransitCard(), ICC);
  await host.command(POWER_ON, ICC);
  expect(await host.command(TRANSFER, ICC, SELECT.slice(0, 5), 1)).toBe(`${ACCEPTED}02800000000001000081101003`);
  await host.command(TRANSFER, ICC, SELECT.slice(5, 9), 3);
  expect(await host.command(TRANSFER, ICC, SELECT.slice(9), 2)).toContain('6A82');
  expect(commands).toEqual([Uint8Array.from(SELECT)]);
});

test('the last answer can be had again, also where it was lost; before the first there is none', async () => {
  const again = Uint8Array.of(0x02, ...new Uint8Array(11), 0x03);
  expect(await host.says(again)).toBe('');
  const answer = (await host.command(STATUS, PICC)).slice(ACCEPTED.length);
  expect(await host.says(again)).toBe(answer);
  peer.faults.add({ fault: { kind: 'lose-answer' } });
  expect(await host.command(STATUS, ICC)).toBe(ACCEPTED);
  expect(await host.says(again)).toBe('02810000000001000200008203');
});

test('the rate: the answer comes at the old one; at a wrong one all is garbage, both ways; a restart brings 9600 back', async () => {
  expect(await host.command(ESCAPE, ICC, [0x44, 0x04])).toBe(`${ACCEPTED}028302000000010002000090041603`);
  expect(await host.command(STATUS, PICC)).not.toContain('0281');
  await line.setBaudRate(115_200);
  expect(await host.command(STATUS, PICC)).toContain('0281');
  peer.reset();
  expect(await host.command(STATUS, PICC)).not.toContain('0281');
  await line.setBaudRate(9_600);
  expect(await host.command(STATUS, PICC)).toContain('0281');
});

test('an exchange takes twelve times as long at 9600 as at 115200', async () => {
  const tookMs = async () => {
    const startMs = clock.now();
    let heard = 0;
    line.onBytes((bytes) => {
      heard += bytes.length;
    });
    await line.write(acsCommand(STATUS, PICC), 100);
    await clock.runUntil(() => heard === 17, 1_000);
    return clock.now() - startMs;
  };
  const slowMs = await tookMs();
  expect(slowMs).toBeCloseTo((30 * 10_000) / 9_600, 1);
  host = createAcsHost(line, clock);
  await host.setRate(4, 115_200);
  expect(slowMs / (await tookMs())).toBeCloseTo(12, 1);
});

test('movements are told only when they were asked for', async () => {
  peer.insert(createTransitCard(), ICC);
  expect(await host.hears()).toBe('');
  await host.command(ESCAPE, ICC, [0x44, 0x80]);
  peer.remove();
  expect(await host.hears()).toBe('0250085803');
  peer.insert(createTransitCard(), PICC);
  expect(await host.hears()).toBe('0250035303');
  peer.insert(createTransitCard(), ICC);
  expect(await host.hears()).toBe('0250025203' + '02500C5C03');
});

test('a frame that is not completed is refused for that', async () => {
  expect(await host.says(acsCommand(STATUS, PICC).slice(0, 7))).toBe('02999903');
  expect(await host.command(STATUS, PICC)).toContain('0281');
});

test('at work it hears nothing', async () => {
  await connect({ cardMs: () => 1_000 });
  peer.insert(createTransitCard(), ICC);
  await host.command(POWER_ON, ICC);
  await host.says(acsCommand(TRANSFER, ICC, SELECT), 100);
  expect(await host.command(STATUS, ICC)).toBe('');
  expect(await host.hears(1_000)).toContain('6A82');
});

test('whatever the host writes, the peer does not throw and still answers afterwards', async () => {
  await connect({ paced: false });
  peer.insert(createTransitCard(), ICC);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 }), async (chunks) => {
      for (const chunk of chunks) await line.write(chunk, 100);
      await host.hears();
      expect(await host.command(STATUS, ICC)).toContain('0281');
    }),
    { numRuns: 60 },
  );
});

test('no flipped bit in a command is carried out', async () => {
  await connect({ paced: false });
  const frame = acsCommand(ESCAPE, ICC, [0xe0, 0, 0, 0x18, 0]);
  for (let bit = 0; bit < frame.length * 8; bit++) {
    const flipped = frame.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
    expect(await host.says(flipped)).not.toContain('0283');
  }
});
