import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { benchDesign } from '../../../src/bench/front/bench-design.ts';
import { CELL, drawTemplates, type Template } from '../../../src/card/front/glyph-templates.ts';
import { compare, contrastOf, isBeyondDoubt } from '../../../src/card/front/read-character.ts';

const drawn = await drawTemplates(benchDesign);
const digits = [...'0123456789'].map((character) => drawn.get(character) as Template);
const pairs = digits.flatMap((a) => digits.filter((b) => b !== a).map((b) => [a.character, b.character, a, b] as const));

/** A cell printed dark on pale, as ink of mean 0 and length 1 says. */
const printed = (ink: Float32Array) => ink.map((value) => 180 + 1_500 * value);
const mixed = (a: Template, b: Template, share: number) =>
  printed(a.ink.map((value, at) => value * (1 - share) + (b.ink[at] ?? 0) * share));

test.each(digits.map((digit) => [digit.character, digit] as const))('%s is read beyond doubt', (character, digit) => {
  const scores = compare(printed(digit.ink), digits);
  expect(scores.character).toBe(character);
  expect(isBeyondDoubt(scores)).toBe(true);
});

test.each(pairs)('what is half a %s and half a %s is in doubt', (_a, _b, a, b) => {
  expect(isBeyondDoubt(compare(mixed(a, b, 0.5), digits))).toBe(false);
});

test('of a mixture nobody reads what is the lesser part', () => {
  fc.assert(
    fc.property(fc.constantFrom(...pairs), fc.double({ min: 0, max: 0.45, noNaN: true }), ([character, , a, b], share) => {
      const scores = compare(mixed(a, b, share), digits);
      return !isBeyondDoubt(scores) || scores.character === character;
    }),
  );
});

describe('in doubt is also', () => {
  const cell = CELL.width * CELL.height;
  test.each([
    ['an even ground', new Float32Array(cell).fill(200)],
    ['a dark blot', new Float32Array(cell).fill(20)],
    ['a ramp of light', Float32Array.from({ length: cell }, (_, at) => at % CELL.width)],
  ])('%s', (_name, grey) => {
    expect(isBeyondDoubt(compare(grey, digits))).toBe(false);
  });

  test('any noise', () => {
    const noise = fc.uint8Array({ minLength: cell, maxLength: cell });
    fc.assert(fc.property(noise, (bytes) => !isBeyondDoubt(compare(Float32Array.from(bytes), digits))));
  });

  test('a digit that is turned upside down, unless it is another', () => {
    const turned = (digit: Template) => printed(digit.ink.toReversed());
    const readings = digits.map((digit) => {
      const scores = compare(turned(digit), digits);
      return isBeyondDoubt(scores) ? `${digit.character}${scores.character}` : '';
    });
    expect(readings.filter((reading) => reading !== '').sort()).toEqual(['00', '69', '96']);
  });
});

test('contrast is that of the grey levels, 0 where they are even', () => {
  expect(contrastOf(new Float32Array(4).fill(7))).toBe(0);
  expect(contrastOf(Float32Array.of(0, 2, 0, 2))).toBe(1);
});
