/** The simulator's handles, as a reader at the other end of its line sees them. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { openPty } from '../../../src/bench/module/pty-line.ts';
import { type CardDrawer, openCardDrawer } from '../../../src/bench/simulator/card-drawer.ts';
import { control } from '../../../src/bench/simulator/control.ts';
import { openSimulator, type Simulator, type SimulatorOptions } from '../../../src/bench/simulator/simulator.ts';
import type { SlotEvent } from '../../../src/card/module/card-module.ts';
import { protocolsOf } from '../../../src/card/module/protocols.ts';
import { createSerialModule } from '../../../src/card/module/serial-module.ts';
import { openSerialPort } from '../../../src/card/module/serial-port-line.ts';
import { systemClock } from '../../../src/clock.ts';
import { folder } from '../../commands/kazasu.ts';

const SELECT_JPKI = Uint8Array.from(Buffer.from('00A4040C0AD392F000260100000001', 'hex'));
const signal = new AbortController().signal;
const within = { timeout: 20_000 };
let drawer: CardDrawer;
const endings: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  drawer = await openCardDrawer(systemClock);
});

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function simulate(options: Partial<SimulatorOptions> = {}) {
  const at = folder();
  endings.push(at.remove);
  const link = join(at.path, 'module');
  const lines: string[] = [];
  const card = await drawer.draw('adult');
  if (!card.ok) throw new Error(card.fault.detail);
  const opened = await openSimulator({
    clock: systemClock,
    protocol: 'gem',
    place: { link },
    drawer,
    card: card.value,
    paced: false,
    faults: [],
    onApduLine: (line) => lines.push(line),
    ...options,
  });
  if (!opened.ok) throw new Error(opened.fault.detail);
  endings.push(() => opened.value.close());
  return { simulator: opened.value, link, lines, ask: (line: string) => control(opened.value, line) };
}

async function readerAt(path: string) {
  const module = createSerialModule({ path, openLine: openSerialPort, clock: systemClock, protocols: protocolsOf('gem') });
  const events: SlotEvent['type'][] = [];
  module.watch(({ type }) => events.push(type));
  expect(await module.start(signal)).toEqual({ ok: true });
  endings.push(() => module.close());
  await expect.poll(() => events.at(-1), within).toBe('card-in');
  return {
    module,
    events,
    async select() {
      await module.powerOn(0, signal);
      return module.transmit(0, SELECT_JPKI, signal);
    },
  };
}

const statusOf = (simulator: Simulator) => simulator.status();

test('insert, remove, swap and tear move the card', async () => {
  const { simulator, link, ask } = await simulate();
  const { events, select } = await readerAt(link);
  expect(await ask('insert')).toMatch(/^error a card lies there already/);
  expect(await ask('remove')).toBe('ok {"removed":true}');
  await expect.poll(() => events.at(-1), within).toBe('card-out');
  expect(statusOf(simulator).card).toBeNull();
  expect(await ask('insert pin-locked')).toBe('ok {"inserted":"pin-locked"}');
  await expect.poll(() => events.at(-1), within).toBe('card-in');
  expect(statusOf(simulator)).toMatchObject({ card: 'pin-locked', pinTriesLeft: 0 });
  const before = events.length;
  expect(await ask('swap adult')).toBe('ok {"swapped":"adult"}');
  await expect.poll(() => events.slice(before), within).toEqual(['card-out', 'card-in']);
  expect(await select()).toMatchObject({ ok: true });
  expect(await ask('tear')).toBe('ok {"torn":true}');
  await expect.poll(() => events.at(-1), within).toBe('card-out');
  expect(await ask('insert')).toBe('ok {"inserted":"adult"}');
});

test('unplug and plug-in pull the cable, and the same path works again', async () => {
  const { link, ask } = await simulate();
  const { events, select } = await readerAt(link);
  expect(await ask('unplug')).toBe('ok {"pluggedIn":false}');
  await expect.poll(() => events.at(-1), within).toBe('lost');
  expect(existsSync(link)).toBe(false);
  expect(await ask('plug-in')).toBe('ok {"pluggedIn":true}');
  await expect.poll(() => events.at(-1), within).toBe('card-in');
  expect(await select()).toMatchObject({ ok: true });
});

test('a cable whose place somebody took meanwhile is not plugged in, and that is told', async () => {
  const { link, ask } = await simulate();
  await ask('unplug');
  writeFileSync(link, 'mine');
  expect(await ask('plug-in')).toMatch(/^error .*module cannot be made \(EEXIST\)/);
  rmSync(link);
  expect(await ask('plug-in')).toBe('ok {"pluggedIn":true}');
});

test('a fault falls on the command that is named, once, and can be taken back', async () => {
  const { simulator, link, ask } = await simulate({ faults: [{ fault: { kind: 'tear-after' }, at: 2 }] });
  const { module, select } = await readerAt(link);
  expect(await select()).toMatchObject({ ok: true });
  expect(await module.transmit(0, SELECT_JPKI, signal)).toMatchObject({ ok: false, fault: { code: 'CARD-101' } });
  expect(simulator.status().commands).toBe(2);
  await ask('insert');
  expect(await ask('fault tear')).toBe('ok {"planned":"tear"}');
  expect(await ask('clear-faults')).toBe('ok {"cleared":true}');
  await expect.poll(async () => (await select()).ok, within).toBe(true);
  expect(await ask('fault explode')).toMatch(/^error there is no fault "explode"/);
});

test('commands are told masked, and counted with what the card itself computed', async () => {
  const { simulator, link, lines, ask } = await simulate();
  await (await readerAt(link)).select();
  expect(lines).toEqual(['00 A4 04 0C  11 B → 0 B  9000']);
  expect(simulator.status()).toMatchObject({ simulated: true, commands: 1, module: 'gem', pluggedIn: true });
  expect(simulator.status().cardMs).toBeGreaterThan(0);
  expect(await ask('status')).toMatch(/^ok \{"simulated":true/);
});

test.each(['', 'dance', 'swap', 'swap a b', 'insert nobody', 'remove now', 'constructor', '\u0000'])(
  '"%s" is an error and changes nothing',
  async (line) => {
    const { simulator, ask } = await simulate();
    expect(await ask(line)).toMatch(/^error .{5}/);
    expect(simulator.status().card).toBe('adult');
  },
);

test('help lists every command', async () => {
  const { ask } = await simulate();
  const { commands } = JSON.parse((await ask('help')).replace(/^ok /, '')) as { commands: string[] };
  expect(commands).toEqual(expect.arrayContaining(['insert [PERSONA]', 'swap PERSONA', 'fault KIND[@APDU][:ARG]', 'quit']));
});

test('reset restarts the module: the card has lost its power', async () => {
  const { link, ask } = await simulate();
  const { module, select } = await readerAt(link);
  expect(await select()).toMatchObject({ ok: true });
  expect(await ask('reset')).toBe('ok {"reset":true}');
  await expect.poll(async () => (await module.transmit(0, SELECT_JPKI, signal)).ok, within).toBe(false);
  await expect.poll(async () => (await select()).ok, within).toBe(true);
});

test('works over a real serial port too: two boards cabled together', async () => {
  const [ours, theirs] = await Promise.all([openPty(), openPty()]);
  endings.push(
    () => ours.close(),
    () => theirs.close(),
  );
  ours.peer.onBytes((bytes) => theirs.peer.write(bytes));
  theirs.peer.onBytes((bytes) => ours.peer.write(bytes));
  const { simulator, ask } = await simulate({ place: { device: ours.path } });
  expect(await (await readerAt(theirs.path)).select()).toMatchObject({ ok: true });
  expect(await ask('unplug')).toMatch(/^error a real serial port is unplugged by hand/);
  await ours.unplug();
  await expect.poll(() => simulator.ended.aborted, within).toBe(true);
});
