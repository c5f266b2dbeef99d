import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Light } from '../../src/faults/catalogue.ts';
import { rings } from '../../src/panel/light-rings.ts';
import { createPanel, type Panel } from '../../src/panel/panel.ts';
import { KEY_DOWN } from '../../src/panel/panel-messages.ts';
import { createSimulatedClock, type SimulatedClock } from '../simulated-clock.ts';
import { playedProcesses } from './played-process.ts';

let clock: SimulatedClock;
let processes: ReturnType<typeof playedProcesses>;
let panel: Panel;

beforeEach(() => {
  clock = createSimulatedClock();
  processes = playedProcesses();
  panel = createPanel({ path: '/dev/kazasu-panel', clock, start: processes.start });
});
afterEach(() => panel.close());

const shown = () => {
  const order = processes.latest().orders.findLast((one) => one.do === 'show');
  return order?.do === 'show' ? order.look : undefined;
};
const lightOf = (ring: unknown) => Object.entries(rings).find(([, one]) => one === ring)?.[0] as Light | undefined;

describe('what is wanted', () => {
  test('is shown as soon as the panel is there, however much was asked for before', () => {
    panel.show('busy');
    panel.show('your-turn');
    expect(processes.latest().orders).toEqual([]);
    processes.latest().ready();
    expect(processes.latest().orders).toEqual([{ do: 'show', look: { ring: rings['your-turn'], backlight: 255 } }]);
  });

  test('is shown anew when the panel is back; a sound is not', async () => {
    processes.latest().ready();
    panel.show('help');
    panel.play('help');
    processes.latest().die('pulled');
    await clock.advance(10);
    expect(panel.standing).toEqual({ at: 'lost', fault: { code: 'PANEL-251', detail: 'pulled' } });
    panel.show('success');
    panel.play('success');
    processes.latest().ready('ef');
    expect(panel.standing).toEqual({ at: 'ready', build: 'ef', caseOpen: false, somebody: false });
    expect(processes.latest().orders.map((order) => order.do)).toEqual(['show']);
    expect(lightOf(shown()?.ring)).toBe('success');
  });

  test('is not sent again while it stands', () => {
    processes.latest().ready();
    panel.show('busy');
    panel.show('busy');
    expect(processes.latest().orders).toHaveLength(2);
  });
});

describe('the screen’s light', () => {
  test('goes down when the reader waits and nobody has been there for 30 s', async () => {
    processes.latest().ready();
    await clock.advance(29_900);
    expect(shown()?.backlight).toBe(255);
    await clock.advance(200);
    expect(shown()?.backlight).toBe(25);
    expect(lightOf(shown()?.ring)).toBe('ready');
  });

  test('comes back at once with a person, and stays as long as one is there', async () => {
    processes.latest().ready();
    await clock.advance(60_000);
    processes.latest().tell({ at: 'presence', somebody: true });
    expect(shown()?.backlight).toBe(255);
    await clock.advance(600_000);
    expect(shown()?.backlight).toBe(255);
    processes.latest().tell({ at: 'presence', somebody: false });
    await clock.advance(30_100);
    expect(shown()?.backlight).toBe(25);
  });

  test('comes back with a card, and never goes down during a reception', async () => {
    processes.latest().ready();
    await clock.advance(60_000);
    panel.show('busy');
    expect(shown()?.backlight).toBe(255);
    await clock.advance(600_000);
    expect(shown()?.backlight).toBe(255);
  });

  test('comes back with a key', async () => {
    processes.latest().ready();
    await clock.advance(60_000);
    processes.latest().press(0x35 | KEY_DOWN);
    expect(shown()?.backlight).toBe(255);
    await clock.advance(30_100);
    expect(shown()?.backlight).toBe(25);
  });

  test('is full when the panel is back, since whoever was there is not known', async () => {
    processes.latest().ready();
    await clock.advance(60_000);
    processes.latest().die('pulled');
    await clock.advance(10);
    processes.latest().ready();
    expect(shown()?.backlight).toBe(255);
  });
});

test('case and presence are told of as they change', () => {
  const told: unknown[] = [];
  const stop = panel.watch(() => told.push(panel.standing));
  processes.latest().ready();
  processes.latest().tell({ at: 'case', open: true });
  processes.latest().tell({ at: 'presence', somebody: true });
  stop();
  processes.latest().tell({ at: 'case', open: false });
  expect(told).toEqual([
    { at: 'ready', build: 'abc', caseOpen: false, somebody: false },
    { at: 'ready', build: 'abc', caseOpen: true, somebody: false },
    { at: 'ready', build: 'abc', caseOpen: true, somebody: true },
  ]);
});

test('keys go to whoever listens, down and up', () => {
  const heard: unknown[] = [];
  const stop = panel.onKey((key, down) => heard.push([String.fromCharCode(key), down]));
  processes.latest().ready();
  processes.latest().press(0x23 | KEY_DOWN);
  processes.latest().press(0x23);
  stop();
  processes.latest().press(0x23 | KEY_DOWN);
  expect(heard).toEqual([
    ['#', true],
    ['#', false],
  ]);
});
