import { describe, expect, test } from 'vitest';
import { say, startedPanel, statusOf, stayInTouch } from './host.ts';
import type { SimulatedPanel } from './simulated/simulated-panel.ts';

/** A host has dimmed the screen, lit the ring green and plays a tone; then it says nothing more. */
function leftAlone(): SimulatedPanel {
  const panel = startedPanel();
  panel.send([...say.tone({ hz: 880, ms: 16_000 }), ...say.ring('steady', [0, 100, 0]), ...say.backlight(40)]);
  for (let i = 0; panel.waiting() > 0 && i < 1000; i++) panel.advance(0.1);
  panel.advance(0.4);
  return panel;
}

const isAmber = (panel: SimulatedPanel) =>
  (panel.ring() ?? []).every(({ red, green, blue }) => red > 0 && blue === 0 && green > red / 3 && green < red);
const isGreen = (panel: SimulatedPanel) =>
  (panel.ring() ?? []).every(({ red, green, blue }) => red === 0 && green === 100 && blue === 0);

describe('a host that has fallen silent', () => {
  test('is noticed after 2 s, within 30 ms: full light, a calm amber ring, no tone', () => {
    const panel = leftAlone();
    panel.advance(1990);
    expect(panel.backlight()).toBe(40);
    expect(panel.tone()).toBeCloseTo(880, -1);
    expect(isGreen(panel)).toBe(true);
    panel.advance(40);
    expect(panel.backlight()).toBe(255);
    expect(panel.tone()).toBeUndefined();
    expect(panel.level('tone')).toBe('low');
    expect(isAmber(panel)).toBe(true);
  });

  test('the ring stays amber and never red, breathing slowly', () => {
    const panel = leftAlone();
    panel.advance(2100);
    const reds = new Set<number>();
    for (let i = 0; i < 160; i++) {
      panel.advance(50);
      expect(isAmber(panel)).toBe(true);
      reds.add(panel.ring()?.[0]?.red ?? 0);
    }
    expect(Math.max(...reds)).toBeLessThanOrEqual(120);
    expect(reds.size).toBeGreaterThan(20);
  });

  test('a host that is back finds its ring and its light as it left them', () => {
    const panel = leftAlone();
    panel.advance(5000);
    panel.send(say.echo(1));
    panel.advance(60);
    expect(panel.backlight()).toBe(40);
    expect(isGreen(panel)).toBe(true);
    expect(panel.tone()).toBeUndefined();
    expect(statusOf(panel).silences).toBe(1);
  });

  test('what it asks for as its first word is shown', () => {
    const panel = leftAlone();
    panel.advance(5000);
    panel.send(say.backlight(99));
    panel.advance(60);
    expect(panel.backlight()).toBe(99);
  });

  test('a host that never spoke is missed too', () => {
    const panel = startedPanel();
    panel.advance(2100);
    expect(isAmber(panel)).toBe(true);
  });

  test('one that speaks twice a second is not', () => {
    const panel = leftAlone();
    stayInTouch(panel, 6000);
    expect(isGreen(panel)).toBe(true);
    expect(statusOf(panel).silences).toBe(0);
  });

  test('noise is not a host', () => {
    const panel = leftAlone();
    for (let i = 0; i < 30; i++) {
      panel.send([0x33, 0xf0, 0x55, 0xf7, 0xa0]);
      panel.advance(100);
    }
    expect(isAmber(panel)).toBe(true);
  });

  test('may be given more time', () => {
    const panel = leftAlone();
    panel.send(say.silence(5));
    panel.advance(4950);
    expect(isGreen(panel)).toBe(true);
    panel.advance(100);
    expect(isAmber(panel)).toBe(true);
  });
});

describe('the board’s own LED', () => {
  /** How often it changes in `ms`. */
  function changes(panel: SimulatedPanel, ms: number): number {
    let count = 0;
    panel.onChange('alive', () => count++);
    for (let i = 0; i < ms; i += 500) {
      if (ms > 3000) panel.send(say.echo(1));
      panel.advance(500);
    }
    return count;
  }

  test('blinks once a second while the host speaks', () => expect(changes(startedPanel(), 4000)).toBe(8));

  test('and four times while it is silent', () => {
    const panel = startedPanel();
    panel.advance(2500);
    expect(changes(panel, 2000)).toBe(16);
  });
});
