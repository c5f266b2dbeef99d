/** From a key's contact to its event and from an order to its pin, panel and johnny-five together, on simulated time. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { rings } from '../../src/panel/light-rings.ts';
import { KEY_DOWN } from '../../src/panel/panel-messages.ts';
import { notesOf } from '../../src/panel/sounds.ts';
import { openSimulatedWay, type SimulatedWay } from './simulated-way.ts';

const KEY_TO_EVENT_MS = 20;
const ORDER_TO_PIN_MS = 5;

let way: SimulatedWay;
// Once: a johnny-five board cannot be closed, nor a second one listen in the same process.
beforeAll(async () => {
  vi.useFakeTimers();
  way = await openSimulatedWay();
});
afterAll(() => vi.useRealTimers());

/** Moments within the panel's millisecond, and within the 25 ms of a picture of its ring: none may be a bad one. */
const offsetsMs = Array.from({ length: 40 }, (_, index) => 30 + index * 0.73);
const passMs = async (ms: number) => {
  const end = way.panel.nowMs() + ms;
  await way.until(() => way.panel.nowMs() >= end, ms + 1);
};

test('a key that goes down or up is told of within 20 ms, while the ring turns and the tone sounds', async () => {
  way.board.show({ ring: rings.busy, backlight: 255 });
  const took: number[] = [];
  for (const [index, offsetMs] of offsetsMs.entries()) {
    const key = '123456789*0#'.charAt(index % 12);
    for (const turn of ['press', 'release'] as const) {
      way.board.play(notesOf('take-card', 0));
      await passMs(offsetMs);
      const [fromMs, before] = [way.panel.nowMs(), way.keys.length];
      way.panel[turn](key);
      await way.until(() => way.keys.length > before, 100);
      const told = way.keys.at(-1);
      expect(told?.key).toBe(key.charCodeAt(0) | (turn === 'press' ? KEY_DOWN : 0));
      took.push((told?.atMs ?? Number.NaN) - fromMs);
    }
  }
  console.log(`contact to event: ${Math.min(...took).toFixed(1)} to ${Math.max(...took).toFixed(1)} ms of ${took.length}`);
  expect(Math.max(...took)).toBeLessThanOrEqual(KEY_TO_EVENT_MS);
});

describe('within 5 ms of the order', () => {
  async function longest(order: (index: number) => () => boolean): Promise<number> {
    const took: number[] = [];
    for (const [index, offsetMs] of offsetsMs.entries()) {
      await passMs(offsetMs);
      const fromMs = way.panel.nowMs();
      const done = order(index);
      took.push((await way.until(done, 100)) - fromMs);
    }
    console.log(`${expect.getState().currentTestName}: ${Math.min(...took).toFixed(1)} to ${Math.max(...took).toFixed(1)} ms`);
    return Math.max(...took);
  }

  test('the ring shows another light', async () => {
    const colours = [
      [0, 200, 0],
      [0, 0, 200],
    ] as const;
    const took = await longest((index) => {
      const [red, green, blue] = colours[index % 2] ?? colours[0];
      way.board.show({ ring: { effect: 'steady', colour: [red, green, blue], periodMs: 1_000 }, backlight: 255 });
      return () => way.panel.ring()?.every((pixel) => pixel.green === green && pixel.blue === blue) ?? false;
    });
    expect(took).toBeLessThanOrEqual(ORDER_TO_PIN_MS);
  });

  test('the backlight’s pin follows', async () => {
    const took = await longest((index) => {
      const backlight = index % 2 === 0 ? 25 : 200;
      way.board.show({ ring: rings.ready, backlight });
      return () => way.panel.backlight() === backlight;
    });
    expect(took).toBeLessThanOrEqual(ORDER_TO_PIN_MS);
  });

  test('a tone begins', async () => {
    let rose = false;
    way.panel.onChange('tone', (level) => {
      if (level === 'high') rose = true;
    });
    const took = await longest(() => {
      rose = false;
      way.board.play([{ hz: 1_000, ms: 10 }]);
      return () => rose;
    });
    expect(took).toBeLessThanOrEqual(ORDER_TO_PIN_MS);
  });
});
