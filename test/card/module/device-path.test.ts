/** A folder of links to pseudo-terminals, as the system keeps one for serial adapters. */
import { mkdtemp, readlink, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createGemPeer } from '../../../src/bench/module/gem-peer.ts';
import { type Line, ptyLine } from '../../../src/bench/module/line.ts';
import { createDevicePath } from '../../../src/card/module/device-path.ts';
import { createModuleFinder } from '../../../src/card/module/find-module.ts';
import { protocolsOf } from '../../../src/card/module/protocols.ts';
import { openSerialPort } from '../../../src/card/module/serial-port-line.ts';
import { systemClock } from '../../../src/clock.ts';
import { eventually } from '../../eventually.ts';

const signal = new AbortController().signal;
const lines: Line[] = [];
let devices: string;
let byIdFolder: string;
let link: string;

beforeEach(async () => {
  devices = await mkdtemp(join(tmpdir(), 'kazasu-devices-'));
  byIdFolder = await mkdtemp(join(tmpdir(), 'kazasu-by-id-'));
  link = join(byIdFolder, 'usb-Maker_Adapter_0001-if00-port0');
});

afterEach(async () => {
  for (const line of lines.splice(0)) await line.close();
  await rm(devices, { recursive: true });
  await rm(byIdFolder, { recursive: true });
});

/** An adapter under this node with a module at its end, or with something that never answers. */
async function plugInAs(node: string, options: { link?: string; module: boolean }): Promise<string> {
  const line = await ptyLine();
  lines.push(line);
  if (options.module) createGemPeer({ wire: line.peer, clock: systemClock, paced: false });
  const path = join(devices, node);
  await symlink(await readlink(line.path), path);
  if (options.link) await symlink(path, options.link);
  return path;
}

async function unplug(...paths: string[]): Promise<void> {
  await lines.pop()?.close();
  for (const path of paths) await rm(path);
}

function finderAt(path: string) {
  return createModuleFinder({ path, byIdFolder, openLine: openSerialPort, clock: systemClock, protocols: protocolsOf('gem') });
}

/** Looked for again as a reader does: on a busy machine a greeting may come after its third of a second. */
async function isFound(finder: ReturnType<typeof finderAt>): Promise<void> {
  await eventually(async () => {
    const connection = await finder.find(signal);
    if (!connection.ok) throw new Error(connection.fault.code);
    await connection.value.close();
  });
}

describe('a configured node', () => {
  test('is followed by its link when the module comes back as another one', async () => {
    const first = await plugInAs('ttyUSB0', { link, module: true });
    const finder = finderAt(first);
    await isFound(finder);
    await unplug(first, link);
    expect(await finder.find(signal)).toMatchObject({ ok: false, fault: { code: 'MOD-202' } });
    await plugInAs('ttyUSB0', { module: true });
    await plugInAs('ttyUSB1', { link, module: true });
    await isFound(finder);
    expect(createDevicePath(first, byIdFolder).candidates()).toEqual([first]);
  });

  test('whose old name another adapter has got is not looked for there', async () => {
    const first = await plugInAs('ttyUSB0', { link, module: true });
    const device = createDevicePath(first, byIdFolder);
    device.remember(first);
    await unplug(first, link);
    await plugInAs('ttyUSB0', { module: true });
    expect(device.candidates()).toEqual([link]);
  });

  test('without a link stays what it is', async () => {
    const node = await plugInAs('ttyAMA0', { module: true });
    const device = createDevicePath(node, byIdFolder);
    device.remember(node);
    expect(device.candidates()).toEqual([node]);
    expect(createDevicePath(node, join(byIdFolder, 'not-there')).candidates()).toEqual([node]);
  });
});

test('a configured link is used as it is', async () => {
  await plugInAs('ttyUSB3', { link, module: true });
  expect(createDevicePath(link, byIdFolder).candidates()).toEqual([link]);
  await isFound(finderAt(link));
});

test('auto: every adapter is asked, and the one that answered comes first from then on', async () => {
  const silent = join(byIdFolder, 'usb-A_Silent_0001-if00');
  await plugInAs('ttyUSB0', { link: silent, module: false });
  await plugInAs('ttyUSB1', { link, module: true });
  const finder = finderAt('auto');
  await isFound(finder);
  await isFound(finder);
  const device = createDevicePath('auto', byIdFolder);
  expect(device.candidates()).toEqual([silent, link]);
  device.remember(link);
  expect(device.candidates()).toEqual([link, silent]);
});

test('auto without an adapter: MOD-202', async () => {
  expect(await finderAt('auto').find(signal)).toMatchObject({ ok: false, fault: { code: 'MOD-202' } });
});
