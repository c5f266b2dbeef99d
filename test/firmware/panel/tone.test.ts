import { describe, expect, test } from 'vitest';
import { say, startedPanel } from './host.ts';

/** When the tone changes, within a millisecond, and to what. */
function listen(panel: ReturnType<typeof startedPanel>, ms: number): readonly { readonly ms: number; readonly hz: number }[] {
  const heard: { ms: number; hz: number }[] = [];
  const startMs = panel.nowMs();
  for (let i = 0; i < ms; i++) {
    panel.advance(1);
    const hz = Math.round(panel.tone() ?? 0);
    if (hz !== (heard.at(-1)?.hz ?? -1)) heard.push({ ms: Math.round(panel.nowMs() - startMs), hz });
  }
  return heard;
}

describe('the tone, measured at its pin', () => {
  test.each([100, 262, 440, 880, 1000, 1760, 2093, 4000])('%i Hz sounds within half a per cent', (hz) => {
    const panel = startedPanel();
    panel.send(say.tone({ hz, ms: 200 }));
    panel.advance(100);
    expect(Math.abs((panel.tone() ?? 0) / hz - 1)).toBeLessThan(0.005);
  });

  test.each([31, 16383])('%i Hz is the edge of what can be asked for', (hz) => {
    const panel = startedPanel();
    panel.send(say.tone({ hz, ms: 500 }));
    panel.advance(200);
    expect(Math.abs((panel.tone() ?? 0) / hz - 1)).toBeLessThan(0.01);
  });

  test('it falls silent by itself, with its pin low', () => {
    const panel = startedPanel();
    panel.send(say.tone({ hz: 880, ms: 100 }));
    panel.advance(95);
    expect(panel.tone()).toBeDefined();
    panel.advance(12);
    expect(panel.tone()).toBeUndefined();
    expect(panel.level('tone')).toBe('low');
  });

  test('notes and rests follow one another on time', () => {
    const panel = startedPanel();
    panel.send(say.tone({ hz: 500, ms: 60 }, { hz: 0, ms: 40 }, { hz: 1000, ms: 60 }, { hz: 2000, ms: 60 }));
    const heard = listen(panel, 300).filter(({ hz }) => [0, 500, 1000, 2000].includes(hz));
    expect(heard.map(({ hz }) => hz)).toEqual([0, 500, 0, 1000, 2000, 0]);
    const [, first, rest, third, fourth, end] = heard.map(({ ms }) => ms);
    expect(between(first, rest)).toBeCloseTo(60, -1);
    expect(between(rest, third)).toBeCloseTo(40, -1);
    expect(between(third, fourth)).toBeCloseTo(60, -1);
    expect(between(fourth, end)).toBeCloseTo(60, -1);
  });

  test('a new tone replaces the one that sounds', () => {
    const panel = startedPanel();
    panel.send(say.tone({ hz: 500, ms: 5000 }, { hz: 600, ms: 5000 }));
    panel.advance(50);
    panel.send(say.tone({ hz: 1000, ms: 50 }));
    panel.advance(30);
    expect(panel.tone()).toBeCloseTo(1000, -1);
    panel.advance(60);
    expect(panel.tone()).toBeUndefined();
  });

  test('one note of 0 ms stops', () => {
    const panel = startedPanel();
    panel.send(say.tone({ hz: 500, ms: 5000 }));
    panel.advance(50);
    panel.send(say.tone({ hz: 0, ms: 0 }));
    panel.advance(6);
    expect(panel.level('tone')).toBe('low');
    panel.advance(50);
    expect(panel.tone()).toBeUndefined();
  });
});

const between = (from = Number.NaN, to = Number.NaN) => to - from;
