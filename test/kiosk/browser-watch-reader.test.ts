/** What a lost screen means for the person who is being served: the whole bench, with the screen as `start --kiosk` opens it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BenchUnit, composeBench } from '../../src/compose-bench.ts';
import type { ScreenNews } from '../../src/compose-screen.ts';
import type { KioskBrowser } from '../../src/kiosk/browser/kiosk-browser.ts';
import { eventually } from '../eventually.ts';
import { configOnFreePorts } from '../free-ports.ts';
import { testChromium } from './kiosk-screen.ts';
import { evaluate, troubles } from './page-trouble.ts';

const program = testChromium();
const news: ScreenNews[] = [];
let unit: BenchUnit;
let screen: KioskBrowser;

beforeAll(async () => {
  const composed = await composeBench({
    config: { ...configOnFreePorts(), kiosk: { port: 0, browser: program.path } },
    keep: false,
    gatewayLatencyMs: 300,
  });
  if (!composed.ok) throw new Error(composed.fault.detail);
  unit = composed.value;
  const { openScreen } = await unit.serve();
  const opened = openScreen((one) => news.push(one));
  if (!opened.ok) throw new Error(opened.fault.detail);
  screen = opened.value;
});
afterAll(async () => {
  await unit?.close();
  program.remove();
});

const state = () => unit.reader.state;
const isReady = () => eventually(() => expect(news.at(-1)).toEqual({ at: 'ready' }));

test('whoever has typed half a PIN is stopped when the page freezes, and nothing typed later counts', async () => {
  await isReady();
  const placed = await unit.bench.place('adult');
  expect(placed.ok).toBe(true);
  await eventually(() => expect(state().at).toBe('choosing'));
  unit.reader.intent({ type: 'choose', method: 'pin' });
  unit.reader.pinKey(0x31);
  unit.reader.pinKey(0x32);
  expect(state()).toMatchObject({ at: 'entering-pin', digits: 2 });

  await troubles['its renderer stands still']?.make(screen.pid ?? 0);
  await eventually(() => expect(state()).toMatchObject({ at: 'stopped', code: 'SYS-903' }));
  unit.reader.pinKey(0x33);
  unit.reader.intent({ type: 'continue' });
  expect(unit.bench.placed?.card.statistics.pinVerifies).toBe(0);

  await isReady();
  expect(await evaluate(screen.pid ?? 0, 'document.body.dataset.screen')).toBe(state().at);
  unit.bench.remove();
  await eventually(() => expect(state().at).toBe('idle'));
});
