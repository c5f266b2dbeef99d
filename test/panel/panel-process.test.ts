/** The panel's real process on a pseudo-terminal, and what can happen to it. */
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openPty, type PtyLine } from '../../src/bench/module/pty-line.ts';
import { type Clock, systemClock } from '../../src/clock.ts';
import { composeBench } from '../../src/compose-bench.ts';
import { rings } from '../../src/panel/light-rings.ts';
import { ringMessage } from '../../src/panel/own-messages.ts';
import { configOnFreePorts } from '../free-ports.ts';
import { attachFirmataPeer, type FirmataPeer } from './firmata-peer.ts';
import { openPanelOnLine, type PanelOnLine } from './panel-on-line.ts';
import { panelReady, panelStands } from './panel-ready.ts';

vi.setConfig({ testTimeout: 120_000 });
const soon = { timeout: 50_000, interval: 10 };

let line: PtyLine;
let peer: FirmataPeer;
let opened: PanelOnLine | undefined;
beforeEach(async () => {
  line = await openPty();
  peer = attachFirmataPeer(line);
});
afterEach(async () => {
  await opened?.panel.close();
  opened = undefined;
  await line.close();
});

function open(clock?: Clock): PanelOnLine {
  opened = openPanelOnLine(line.path, clock);
  return opened;
}
const lastRing = () => peer.heard.findLast(([command]) => command === 0x02);

test('keys come with each of them going down and up, whatever comes between', async () => {
  const { panel } = open();
  await panelReady(panel);
  const heard: string[] = [];
  panel.onKey((key, down) => heard.push(`${String.fromCharCode(key)}${down ? '↓' : '↑'}`));
  for (const key of '0123456789*#') {
    peer.say(0x05, key.charCodeAt(0), 1);
    peer.say(0x05, 0x41, 1);
    peer.say(0x05, key.charCodeAt(0), 0);
  }
  await vi.waitFor(() => expect(heard).toHaveLength(24), soon);
  expect(heard.join(' ')).toBe([...'0123456789*#'].map((key) => `${key}↓ ${key}↑`).join(' '));
});

describe('comes back by itself, and shows again what is wanted', () => {
  test.each([
    ['killed', (pid: number) => process.kill(pid, 'SIGKILL')],
    ['hung', (pid: number) => process.kill(pid, 'SIGSTOP')],
    ['aborted', (pid: number) => process.kill(pid, 'SIGABRT')],
  ])('when its process was %s', async (_, harm) => {
    const { panel, pid } = open(systemClock);
    await panelReady(panel);
    panel.show('help');
    const lost = panelStands(panel, 'lost');
    const first = pid();
    harm(first);
    expect((await lost).fault.code).toBe('PANEL-251');
    panel.show('your-turn');
    await panelReady(panel);
    await vi.waitFor(() => expect(lastRing()).toEqual(ringMessage(rings['your-turn'])), soon);
    expect(pid()).not.toBe(first);
    expect(existsSync(`/proc/${first}`)).toBe(false);
  });

  test('when it was not there at first', async () => {
    await line.unplug();
    const { panel } = open();
    const { fault } = await panelStands(panel, 'lost');
    expect(fault.detail).toMatch(/No such file/);
    await line.plugIn();
    await panelReady(panel);
  });

  test('when it no longer answers, though its line is there', async () => {
    const { panel } = open(systemClock);
    await panelReady(panel);
    const lost = panelStands(panel, 'lost');
    peer.fallSilent();
    expect((await lost).fault).toEqual({ code: 'PANEL-251', detail: 'the panel does not answer' });
    peer = attachFirmataPeer(line);
    await panelReady(panel);
  });
});

test('a signal to all of the program’s processes does not take the panel away before the program ends', async () => {
  const { panel, pid } = open();
  await panelReady(panel);
  const first = pid();
  process.kill(first, 'SIGINT');
  process.kill(first, 'SIGTERM');
  panel.show('busy');
  await vi.waitFor(() => expect(lastRing()).toEqual(ringMessage(rings.busy)), soon);
  expect([panel.standing.at, pid()]).toEqual(['ready', first]);
});

test('something else on the line is told of by its name', async () => {
  attachFirmataPeer(line, 'StandardFirmata.ino');
  const { panel } = open();
  const { fault } = await panelStands(panel, 'lost');
  expect(fault).toEqual({ code: 'PANEL-252', detail: 'what answers there calls itself "StandardFirmata.ino"' });
});

test('its process ends with the reader, also when that is killed', async () => {
  const reader = fork(new URL('./reader-with-panel.ts', import.meta.url), [line.path], { execArgv: [] });
  const pid = await new Promise<number>((resolve) => reader.once('message', (message) => resolve(Number(message))));
  expect(existsSync(`/proc/${pid}`)).toBe(true);
  reader.kill('SIGKILL');
  await vi.waitFor(() => expect(existsSync(`/proc/${pid}`)).toBe(false), soon);
});

test('a reception goes its way while the panel’s process is killed at every step of it', async () => {
  const { panel, pid } = open();
  await panelReady(panel);
  const composed = await composeBench({ config: configOnFreePorts(), keep: false, gatewayLatencyMs: 100 });
  if (!composed.ok) throw new Error(composed.fault.code);
  const bench = composed.value;
  let losses = 0;
  panel.watch(() => {
    if (panel.standing.at === 'lost') losses++;
  });
  bench.bench.panel.onChange = () => panel.show(bench.bench.panel.light);
  bench.reader.onChange(() => {
    if (panel.standing.at === 'ready') killIfThere(pid());
  });
  const report = await bench.receive({ persona: 'adult', method: 'pin', boundMs: 60_000 });
  expect(report).toMatchObject({ ok: true, value: { outcome: 'accepted' } });
  await panelReady(panel);
  await vi.waitFor(() => expect(lastRing()).toEqual(ringMessage(rings[bench.bench.panel.light])), soon);
  expect(losses).toBeGreaterThan(0);
  await bench.close();
});

/** Between its end and the word of it a process is not there any more. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
