/** The whole way of the panel: this program, its process, johnny-five, a line, and the panel's own program on its pins. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Light } from '../../src/faults/catalogue.ts';
import { rings } from '../../src/panel/light-rings.ts';
import type { PanelNews } from '../../src/panel/panel-messages.ts';
import { startPanelProcess } from '../../src/panel/panel-process.ts';
import { notesOf } from '../../src/panel/sounds.ts';
import { notesIn } from './notes-in.ts';
import { openPanelOnLine, type PanelOnLine } from './panel-on-line.ts';
import { panelReady, panelStands } from './panel-ready.ts';
import { openRealFirmware, type RealFirmware } from './real-firmware.ts';
import { shows } from './ring-shows.ts';

vi.setConfig({ testTimeout: 120_000 });
const soon = { timeout: 50_000, interval: 5 };

/** Longer than any rest within a sound. */
const SILENT_MS = 300;

let firmware: RealFirmware;
/** When the tone's pin went up, in the panel's own milliseconds. */
const rises: number[] = [];
let opened: PanelOnLine;
beforeAll(async () => {
  firmware = await openRealFirmware();
  opened = openPanelOnLine(firmware.line.path);
  await panelReady(opened.panel);
  const { hardware } = firmware;
  hardware.onChange('tone', (level) => level === 'high' && rises.push(hardware.nowMs()));
});
afterAll(async () => {
  await opened?.panel.close();
  await firmware?.close();
});

const untilShown = (light: Light) =>
  vi.waitFor(() => expect(shows(firmware.hardware.ring(), rings[light]), light).toBe(true), soon);

test('says which program runs on it', () => {
  expect(opened.panel.standing).toMatchObject({ at: 'ready', build: firmware.hardware.buildId });
});

test('every light shines in its colour, and one that goes round goes round', async () => {
  for (const light of Object.keys(rings) as Light[]) {
    opened.panel.show(light);
    await untilShown(light);
  }
  expect(firmware.hardware.faults()).toEqual([]);
});

test.each(['placed', 'success', 'help', 'take-card'] as const)('%s is heard, note by note, and ends', async (sound) => {
  rises.length = 0;
  opened.panel.play(sound);
  const { hardware } = firmware;
  await vi.waitFor(() => expect(hardware.nowMs() - (rises.at(-1) ?? Infinity)).toBeGreaterThan(SILENT_MS), soon);
  const wanted = notesOf(sound, 0).filter(({ hz }) => hz > 0);
  const heard = notesIn(rises);
  expect(heard.map(({ hz }) => hz)).toEqual(wanted.map(({ hz }) => expect.closeTo(hz, -1)));
  expect(heard.map(({ ms }) => ms)).toEqual(wanted.map(({ ms }) => expect.closeTo(ms, -1)));
});

test('every key arrives once, down and up, in the order in which they are pressed', async () => {
  const heard: string[] = [];
  opened.panel.onKey((key, down) => heard.push(`${String.fromCharCode(key)}${down ? '↓' : '↑'}`));
  for (const key of '1234567890*#') {
    firmware.hardware.press(key);
    await vi.waitFor(() => expect(heard.at(-1)).toBe(`${key}↓`), soon);
    firmware.hardware.release(key);
    await vi.waitFor(() => expect(heard.at(-1)).toBe(`${key}↑`), soon);
  }
  expect(heard).toHaveLength(24);
  expect(firmware.hardware.faults()).toEqual([]);
});

test('an opened case and a person are told of, and the end of both', async () => {
  const { panel } = opened;
  const stands = (standing: object) => vi.waitFor(() => expect(panel.standing).toMatchObject(standing), soon);
  firmware.hardware.openCase(true);
  await stands({ caseOpen: true, somebody: false });
  firmware.hardware.presence(true);
  await stands({ caseOpen: true, somebody: true });
  firmware.hardware.openCase(false);
  await stands({ caseOpen: false, somebody: true });
  firmware.hardware.presence(false);
  await stands({ caseOpen: false, somebody: false });
});

describe('shows again what is wanted', () => {
  test('after the cable was pulled, during which the panel says by itself that it is not in service', async () => {
    const { panel } = opened;
    panel.show('your-turn');
    await untilShown('your-turn');
    await firmware.line.unplug();
    await panelStands(panel, 'lost');
    await vi.waitFor(() => expect(shows(firmware.hardware.ring(), notInService)).toBe(true), soon);
    await firmware.line.plugIn();
    await panelReady(panel);
    await untilShown('your-turn');
  });

  test('after the panel’s own watchdog has restarted it', async () => {
    const { panel } = opened;
    panel.show('success');
    await untilShown('success');
    firmware.hardware.openCase(true);
    const lost = panelStands(panel, 'lost');
    firmware.hardware.reset('watchdog');
    expect((await lost).fault).toEqual({ code: 'PANEL-251', detail: 'the panel has started anew' });
    await panelReady(panel);
    await untilShown('success');
    await vi.waitFor(() => expect(panel.standing).toMatchObject({ caseOpen: true }), soon);
    firmware.hardware.openCase(false);
  });
});

/** firmware/panel/README.md: breathing amber. */
const notInService = { effect: 'breathe', colour: [255, 140, 0], periodMs: 3_000 } as const;

test('the screen’s light follows at its pin', async () => {
  await opened.panel.close();
  const ready = Promise.withResolvers<void>();
  const onNews = ({ at }: PanelNews) => at === 'ready' && ready.resolve();
  const process = startPanelProcess({ path: firmware.line.path, onNews, onKey: () => {} });
  await ready.promise;
  for (const backlight of [25, 255]) {
    process.send({ do: 'show', look: { ring: rings.ready, backlight } });
    await vi.waitFor(() => expect(Math.abs(firmware.hardware.backlight() - backlight)).toBeLessThanOrEqual(1), soon);
  }
  await process.kill();
});
