import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bootstrap,
  type Comparison,
  everyone,
  fmrAt,
  fnmrAt,
  halves,
  impostorPairs,
  type Trial,
  thresholdFor,
} from '../campaigns/face-calibrate/trial.ts';
import { ratesAt, type Scores, thresholdAt } from '../campaigns/statistics.ts';

const score = fc.double({ min: -1, max: 1, noNaN: true });

/** Every comparison of a few people with one to three photographs each. */
const trials: fc.Arbitrary<Trial> = fc
  .array(fc.integer({ min: 1, max: 3 }), { minLength: 3, maxLength: 7 })
  .chain((photographs) => {
    const owners = photographs.flatMap((count, person) => new Array<number>(count).fill(person));
    const pairs = owners.flatMap((a, row) => owners.flatMap((b, column) => (row === column ? [] : [{ a, b }])));
    return fc.array(score, { minLength: pairs.length, maxLength: pairs.length }).map((scores) => {
      const all: Comparison[] = pairs.map((pair, index) => ({ ...pair, score: scores[index] as number }));
      const impostor = all.filter(({ a, b }) => a !== b).sort((one, other) => other.score - one.score);
      return { photographs, genuine: all.filter(({ a, b }) => a === b), impostor };
    });
  });
const plainly = ({ genuine, impostor }: Trial): Scores => ({
  genuine: genuine.map((each) => each.score),
  impostor: impostor.map((each) => each.score),
});

test('with everyone once, thresholds and rates are the plain ones', () => {
  fc.assert(
    fc.property(trials, fc.double({ min: 0, max: 0.9, noNaN: true }), (trial, fmr) => {
      const all = everyone(trial);
      expect(impostorPairs(trial, all)).toBe(trial.impostor.length);
      const threshold = thresholdFor(fmr, trial, all);
      expect(threshold).toBe(thresholdAt(fmr, plainly(trial).impostor));
      const rates = ratesAt(threshold, plainly(trial));
      expect(fmrAt(threshold, trial, all)).toBeCloseTo(rates.fmr.rate, 10);
      if (trial.genuine.length > 0) expect(fnmrAt(threshold, trial, all)).toBeCloseTo(rates.fnmr.rate, 10);
    }),
  );
});

test('halves share nobody, and together are everyone', () => {
  fc.assert(
    fc.property(trials, fc.nat(), (trial, seed) => {
      const [one, other] = halves(trial, seed);
      expect(one.map((weight, person) => weight + (other[person] as number))).toEqual(everyone(trial));
    }),
  );
});

test('a half has the comparisons of its own people only', () => {
  const trial: Trial = {
    photographs: [1, 1, 2],
    genuine: [{ a: 2, b: 2, score: 0.4 }],
    impostor: [
      { a: 0, b: 1, score: 0.9 },
      { a: 1, b: 2, score: 0.5 },
    ],
  };
  expect(impostorPairs(trial, [0, 1, 1])).toBe(4);
  expect(fmrAt(0.45, trial, [0, 1, 1])).toBe(1 / 4);
  expect(fmrAt(0.45, trial, [1, 1, 1])).toBe(2 / 10);
});

test('an interval from draws of people is wider than chance when one person has all the misses', () => {
  const genuine = Array.from({ length: 100 }, (_, index) => ({ a: index % 10, b: index % 10, score: index % 10 === 0 ? 0 : 1 }));
  const trial: Trial = { photographs: new Array<number>(10).fill(4), genuine, impostor: [] };
  const [low, high] = bootstrap(trial, (weights) => fnmrAt(0.5, trial, weights));
  expect(low).toBe(0);
  expect(high).toBeGreaterThan(0.25);
  expect(ratesAt(0.5, plainly(trial)).fnmr.interval[1]).toBeLessThan(0.2);
});
