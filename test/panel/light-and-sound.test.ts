import { describe, expect, test } from 'vitest';
import { rings } from '../../src/panel/light-rings.ts';
import { notesOf } from '../../src/panel/sounds.ts';

const lights = Object.entries(rings);
const hz = (notes: readonly { hz: number }[]) => notes.map((note) => note.hz).filter((one) => one > 0);
const lastsMs = (notes: readonly { ms: number }[]) => notes.reduce((sum, { ms }) => sum + ms, 0);

describe('lights', () => {
  test('no two move alike: another effect, or a tempo at least three times as slow', () => {
    const alike = lights.flatMap(([name, one]) =>
      lights
        .filter(([other, { effect, periodMs }]) => other !== name && effect === one.effect && periodMs < 3 * one.periodMs)
        .filter(([, { periodMs }]) => periodMs >= one.periodMs)
        .map(([other]) => [name, other]),
    );
    expect(alike).toEqual([]);
  });

  test.each(lights)('%s is not red, and does not flash more than once a second', (_, { effect, colour, periodMs }) => {
    const [red, green, blue] = colour;
    expect(green + blue).toBeGreaterThan(red / 2);
    expect(effect === 'off').toBe(false);
    if (effect === 'blink') expect(periodMs).toBeGreaterThanOrEqual(1_000);
  });

  test('none is what a panel without its reader shows: breathing amber', () => {
    const amber = lights.filter(([, { colour }]) => colour[0] > colour[1] && colour[1] > 2 * colour[2]);
    expect(amber.map(([name, { effect }]) => [name, effect])).toEqual([['attention', 'spin']]);
  });
});

describe('sounds', () => {
  const sounds = (['placed', 'success', 'help', 'take-card'] as const).map((sound) => [sound, notesOf(sound, 0)] as const);

  test.each(sounds)('%s is short, fits one message and lies where old ears and small piezos are good', (_, notes) => {
    expect(notes.length).toBeLessThanOrEqual(8);
    expect(lastsMs(notes)).toBeLessThanOrEqual(700);
    for (const one of hz(notes)) expect(one).toSatisfy((value: number) => value >= 500 && value <= 2_500);
  });

  test('all differ by their melody', () => {
    expect(new Set(sounds.map(([, notes]) => hz(notes).join()))).toHaveLength(sounds.length);
  });

  test('success rises; a call for help falls', () => {
    const rising = hz(notesOf('success', 0));
    expect(rising).toEqual(rising.toSorted((a, b) => a - b));
    const falling = hz(notesOf('help', 0));
    expect(falling).toEqual(falling.toSorted((a, b) => b - a));
  });

  test('a reminder rises with its urgency, calls more often, and has an end to it', () => {
    const reminders = Array.from({ length: 20 }, (_, urgency) => notesOf('take-card', urgency));
    for (const [index, notes] of reminders.entries()) {
      expect(notes.length).toBeLessThanOrEqual(8);
      expect(Math.max(...hz(notes))).toBeLessThanOrEqual(2_500);
      const before = reminders[index - 1];
      if (!before) continue;
      expect(hz(notes).length).toBeGreaterThanOrEqual(hz(before).length);
      if (index <= 6) expect(hz(notes)[0]).toBeGreaterThan(hz(before)[0] ?? Infinity);
      else expect(notes).toEqual(before);
    }
    expect(hz(reminders[6] ?? [])).toHaveLength(4);
  });
});
