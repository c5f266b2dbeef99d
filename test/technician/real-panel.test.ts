/** The hardware's way in, through all of it: switch and pad of the panel's own program, its line, its process, the menu. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { rings } from '../../src/panel/light-rings.ts';
import { checkPanel, checkServiceSwitch } from '../../src/technician/checks/panel.ts';
import { openPanelOnLine, type PanelOnLine } from '../panel/panel-on-line.ts';
import { panelReady } from '../panel/panel-ready.ts';
import { openRealFirmware, type RealFirmware } from '../panel/real-firmware.ts';
import { shows } from '../panel/ring-shows.ts';
import { type MenuBench, openMenuBench } from './menu-bench.ts';

vi.setConfig({ testTimeout: 60_000 });
const soon = { timeout: 30_000, interval: 20 };
const never = new AbortController().signal;

let firmware: RealFirmware;
let opened: PanelOnLine;
let bench: MenuBench;
beforeAll(async () => {
  firmware = await openRealFirmware();
  opened = openPanelOnLine(firmware.line.path);
  await panelReady(opened.panel);
  bench = openMenuBench({ clock: systemClock, panel: opened.panel, anyPassword: true });
});
afterAll(async () => {
  bench?.menu.close();
  bench?.remove();
  await opened?.panel.close();
  await firmware?.close();
});

test('the panel’s build and the closed case pass the self-test', async () => {
  expect(await checkPanel(opened.panel, never)).toEqual({ at: 'ok', found: `build ${firmware.hardware.buildId}` });
  firmware.hardware.openCase(false);
  await vi.waitFor(
    async () => expect(await checkServiceSwitch(opened.panel, never)).toEqual({ at: 'ok', found: 'closed' }),
    soon,
  );
});

test('case opened, * and # held: the menu asks for the password, which the pad types', async () => {
  const { hardware } = firmware;
  hardware.openCase(true);
  await vi.waitFor(async () => expect(await checkServiceSwitch(opened.panel, never)).toMatchObject({ code: 'UNIT-953' }), soon);
  hardware.press('*');
  hardware.press('#');
  await vi.waitFor(() => expect(bench.menu.view()).toMatchObject({ at: 'password' }), soon);
  hardware.release('*');
  hardware.release('#');
  for (const [place, key] of [...'12345678'].entries()) {
    hardware.press(key);
    await vi.waitFor(() => expect(bench.menu.view()).toMatchObject({ digits: place + 1 }), soon);
    hardware.release(key);
  }
  hardware.press('#');
  await vi.waitFor(() => expect(bench.menu.view()).toMatchObject({ at: 'list' }), soon);
  hardware.release('#');
});

test('the test of the lights shows each on the ring, and the reader’s own afterwards', async () => {
  bench.menu.say({ say: 'begin', test: 'lights' });
  for (const light of ['ready', 'busy', 'your-turn'] as const) {
    await vi.waitFor(() => expect(shows(firmware.hardware.ring(), rings[light]), light).toBe(true), soon);
    bench.menu.say({ say: 'judge', works: true });
  }
  bench.menu.say({ say: 'back' });
  await vi.waitFor(() => expect(shows(firmware.hardware.ring(), rings.attention)).toBe(true), soon);
});
