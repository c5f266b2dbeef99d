import { describe, expect, test } from 'vitest';
import { type Effect, say, startedPanel, statusOf } from './host.ts';
import type { Pixel } from './simulated/pixel-decoder.ts';
import type { SimulatedPanel } from './simulated/simulated-panel.ts';

type Colour = readonly [number, number, number];

function show(effect: Effect, colour: Colour, periodMs: number): SimulatedPanel {
  const panel = startedPanel();
  panel.send([...say.silence(60), ...say.ring(effect, colour, periodMs)]);
  panel.advance(30);
  return panel;
}

/** What the ring shows every 25 ms, for `ms`. */
function film(panel: SimulatedPanel, ms: number): readonly (readonly Pixel[])[] {
  return Array.from({ length: ms / 25 }, () => {
    panel.advance(25);
    return panel.ring() ?? [];
  });
}

const sum = ({ red, green, blue }: Pixel) => red + green + blue;

describe('the ring, read from the driven levels of its wire', () => {
  test('is dark at the start', () => {
    const panel = startedPanel();
    expect(panel.ring()).toEqual(Array(12).fill({ red: 0, green: 0, blue: 0 }));
    expect(panel.level('ring')).toBe('low');
    expect(panel.faults()).toEqual([]);
  });

  test('steady: all twelve pixels have the colour', () => {
    const panel = show('steady', [10, 200, 30], 1000);
    for (const picture of film(panel, 500)) expect(picture).toEqual(Array(12).fill({ red: 10, green: 200, blue: 30 }));
    expect(panel.faults()).toEqual([]);
  });

  test('off is dark', () => {
    const panel = show('steady', [10, 20, 30], 0);
    panel.send(say.ring('off', [10, 20, 30]));
    panel.advance(60);
    expect(panel.ring()).toEqual(Array(12).fill({ red: 0, green: 0, blue: 0 }));
  });

  test('breathe: rises and falls once a period between an eighth and all, without a step', () => {
    const greens = film(show('breathe', [0, 240, 0], 2000), 4000).map((picture) => picture[0]?.green ?? -1);
    expect(Math.max(...greens)).toBeGreaterThanOrEqual(235);
    expect(Math.min(...greens)).toBeGreaterThanOrEqual(29);
    expect(Math.min(...greens)).toBeLessThanOrEqual(33);
    for (let i = 1; i < greens.length; i++) expect(Math.abs((greens[i] ?? 0) - (greens[i - 1] ?? 0))).toBeLessThan(20);
    const tops = greens.filter((green, i) => green > (greens[i - 1] ?? 999) && green >= 225 && (greens[i + 1] ?? 0) <= green);
    expect(tops.length).toBe(2);
  });

  test('spin: one head with its tail goes round once a period', () => {
    const pictures = film(show('spin', [0, 0, 255], 1200), 1200);
    const heads = pictures.map((picture) => picture.findIndex(({ blue }) => blue === 255));
    for (const picture of pictures) {
      expect(
        picture
          .map(({ blue }) => blue)
          .filter((blue) => blue > 0)
          .sort((a, b) => b - a),
      ).toEqual([255, 96, 32, 8]);
    }
    const steps = heads.slice(1).map((head, i) => (head - (heads[i] ?? 0) + 12) % 12);
    expect(Math.max(...steps)).toBe(1);
    expect(steps.reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(11);
  });

  test('blink: lit for half of each period', () => {
    const lit = film(show('blink', [0, 100, 0], 1000), 4000).filter(([first]) => first?.green === 100).length;
    expect(lit).toBeGreaterThanOrEqual(76);
    expect(lit).toBeLessThanOrEqual(84);
  });

  test('nothing flashes three times a second, whatever period is asked for', () => {
    const greens = film(show('blink', [0, 100, 0], 50), 3000).map(([first]) => first?.green ?? 0);
    const flashes = greens.filter((green, i) => green > 0 && greens[i - 1] === 0).length;
    expect(flashes).toBeGreaterThan(5);
    expect(flashes / 3).toBeLessThan(3);
  });

  test.each([
    [255, 255, 255],
    [255, 255, 0],
    [200, 100, 50],
  ] as const)('the colour %i %i %i is scaled to the ring’s share of the current', (red, green, blue) => {
    const [pixel] = show('steady', [red, green, blue], 0).ring() ?? [];
    if (!pixel) throw new Error('nothing is shown');
    expect(sum(pixel)).toBeLessThanOrEqual(255);
    expect(sum(pixel)).toBeGreaterThan(250);
    expect(pixel.green / pixel.red).toBeCloseTo(green / red, 1);
    expect(pixel.blue / pixel.red).toBeCloseTo(blue / red, 1);
  });

  test('the same look again does not begin anew', () => {
    const panel = show('spin', [0, 0, 255], 6000);
    panel.advance(2000);
    panel.send(say.ring('spin', [0, 0, 255], 6000));
    panel.advance(60);
    expect(panel.ring()?.findIndex(({ blue }) => blue === 255)).toBe(4);
  });

  test('an effect runs without the host, and no byte of it is lost meanwhile', () => {
    const panel = show('spin', [20, 20, 20], 400);
    for (let i = 0; i < 100; i++) {
      panel.send(say.echo(...Array(50).fill(i & 0x7f)));
      panel.advance(10);
    }
    panel.advance(100);
    expect(statusOf(panel)).toMatchObject({ malformed: 0, lost: 0, unsent: 0 });
    expect(panel.faults()).toEqual([]);
  });
});

describe('the backlight, measured at its pin', () => {
  test('is full from power-on', () => expect(startedPanel().backlight()).toBe(255));

  test.each([0, 1, 77, 128, 254, 255])('shines at %i', (level) => {
    const panel = startedPanel();
    panel.send(say.backlight(level));
    panel.advance(20);
    expect(panel.backlight()).toBe(level);
    expect(['low', 'high']).toContain(panel.level('backlight'));
  });
});
