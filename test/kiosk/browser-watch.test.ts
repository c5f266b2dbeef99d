/** When a page is taken for lost, on simulated time; and a browser that cannot be kept. */
import { beforeEach, describe, expect, test } from 'vitest';
import { openKioskBrowser, type ScreenLoss } from '../../src/kiosk/browser/kiosk-browser.ts';
import { createPageWatch, type Loss, type PageWatch } from '../../src/kiosk/browser/page-watch.ts';
import { eventually } from '../eventually.ts';
import { createSimulatedClock, type SimulatedClock } from '../simulated-clock.ts';
import { testProgram } from './kiosk-screen.ts';

let clock: SimulatedClock;
let watch: PageWatch;
let told: { readonly what: 'ready' | Loss; readonly atMs: number }[];
let stop: () => void;
/** Time that passed while this process did nothing: no timer fired in it. */
let stoodStillMs: number;

beforeEach(() => {
  clock = createSimulatedClock();
  stoodStillMs = 0;
  watch = createPageWatch({ ...clock, now: () => clock.now() + stoodStillMs });
  told = [];
  stop = watch.start({
    key: 'own',
    onReady: () => told.push({ what: 'ready', atMs: clock.now() }),
    onLost: (what) => told.push({ what, atMs: clock.now() }),
  });
});

/** A page that answers each beat after `paintMs()`; undefined: it does not. */
function openPage(paintMs: () => number | undefined, key = 'own') {
  const page = watch.join(key, (beat) => {
    const ms = paintMs();
    if (ms !== undefined) clock.after(ms, () => page?.answered(beat));
  });
  return page;
}

describe('a page', () => {
  test('that paints within half a second of every beat is ready once, and stays', async () => {
    openPage(() => 480);
    await clock.advance(600_000);
    expect(told.map(({ what }) => what)).toEqual(['ready']);
  });

  test.each([
    ['that stands still', undefined, 'frozen'],
    ['whose every answer comes a little too late', 520, 'slow'],
    ['whose every answer comes much too late', 1_400, 'slow'],
  ])('%s is noticed within 3 s', async (_, paintMs, seenAs) => {
    let now: number | undefined = 20;
    openPage(() => now);
    await clock.advance(60_000);
    now = paintMs;
    await clock.advance(3_000);
    expect(told.map(({ what }) => what)).toEqual(['ready', seenAs]);
  });

  test('that stumbles for a second and a half is not lost', async () => {
    let now: number | undefined = 20;
    openPage(() => now);
    await clock.advance(60_000);
    for (let stumble = 0; stumble < 20; stumble++) {
      now = 1_500;
      await clock.advance(500);
      now = 20;
      await clock.advance(3_000);
    }
    expect(told.map(({ what }) => what)).toEqual(['ready']);
  });

  test('that closes its line is lost at once', async () => {
    const page = openPage(() => 20);
    await clock.advance(10_000);
    page?.left();
    page?.left();
    expect(told.at(-1)).toEqual({ what: 'gone', atMs: 10_000 });
    expect(told).toHaveLength(2);
  });

  test('that never comes, or comes and never paints, is given up after 15 s', async () => {
    openPage(() => undefined);
    await clock.advance(14_000);
    expect(told).toEqual([]);
    await clock.advance(2_000);
    expect(told).toMatchObject([{ what: 'never-came' }]);
  });

  test('shown in another tab does not stand for the one that is lost', async () => {
    let own: number | undefined = 20;
    openPage(() => own);
    await clock.advance(1_000);
    expect(openPage(() => 20, 'other')).toBeUndefined();
    expect(openPage(() => 20)).toBeUndefined();
    own = undefined;
    await clock.advance(3_000);
    expect(told.map(({ what }) => what)).toEqual(['ready', 'frozen']);
  });

  test('that answers a beat it was not asked gains nothing', async () => {
    const page = watch.join('own', (beat) => page?.answered(beat + 1));
    for (let ms = 0; ms < 16_000; ms += 100) {
      page?.answered(0);
      await clock.advance(100);
    }
    expect(told).toMatchObject([{ what: 'never-came' }]);
  });

  test('is not blamed when the reader itself stood still', async () => {
    openPage(() => 20);
    await clock.advance(5_000);
    stoodStillMs += 60_000;
    await clock.advance(5_000);
    expect(told.map(({ what }) => what)).toEqual(['ready']);
  });

  test('is watched no more after the watch was stopped', async () => {
    openPage(() => 20);
    await clock.advance(1_000);
    stop();
    await clock.advance(60_000);
    expect(told).toHaveLength(1);
  });
});

describe('a browser', () => {
  let lost: ScreenLoss[];
  /** Before each new start, in milliseconds. */
  let pauses: number[];

  const open = (executable: string) =>
    openKioskBrowser({
      executable,
      clock: {
        ...clock,
        after(delayMs, action) {
          pauses.push(delayMs);
          return clock.after(delayMs, action);
        },
      },
      watch,
      newOpening: () => ({ url: 'http://127.0.0.1:9/', key: 'own' }),
      onReady: () => {},
      onDefect: (error) => {
        throw error;
      },
      onLost: (why) => lost.push(why),
    });
  const pausedTimes = (count: number) => eventually(() => expect(pauses).toHaveLength(count));

  beforeEach(() => {
    [lost, pauses] = [[], []];
  });

  test('that is not there is refused with what to do', () => {
    const opened = open('/nowhere/chromium');
    expect(opened).toMatchObject({
      ok: false,
      fault: { code: 'SYS-902', detail: expect.stringContaining('apt install chromium') },
    });
  });

  test('that ends again and again is started more and more seldom', async () => {
    const opened = open('/bin/false');
    if (!opened.ok) throw new Error(opened.fault.detail);
    for (let count = 1; count <= 10; count++) {
      await pausedTimes(count);
      expect(lost).toHaveLength(count);
      const pauseMs = pauses.at(-1) ?? 0;
      if (pauseMs > 0) await clock.advance(pauseMs - 1);
      expect(lost).toHaveLength(count);
      await clock.advance(1);
    }
    await opened.value.close();
    expect(pauses.slice(0, 10)).toEqual([0, 0, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000, 30_000]);
    expect(new Set(lost)).toEqual(new Set(['browser-ended']));
  });

  test('that had stood for half a minute is started again at once', async () => {
    const program = testProgram('sleep 1000');
    const opened = open(program.path);
    if (!opened.ok) throw new Error(opened.fault.detail);
    const kill = () => process.kill(opened.value.pid ?? 0, 'SIGKILL');
    for (const count of [1, 2, 3]) {
      kill();
      await pausedTimes(count);
      const before = opened.value.pid;
      await clock.advance(pauses.at(-1) ?? 0);
      await eventually(() => expect(opened.value.pid).not.toBe(before));
    }
    openPage(() => 20);
    await clock.advance(30_000);
    kill();
    await pausedTimes(4);
    await opened.value.close();
    program.remove();
    expect(pauses).toEqual([0, 0, 1_000, 0]);
  });
});
