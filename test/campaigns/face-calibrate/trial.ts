/**
 * A trial: many comparisons, of which it is known whose faces they were. Every rate takes a weight for each person: 1 for
 * all, 0 or 1 for a half of them, how often each was drawn for a bootstrap. Pairs share people, so people are what is
 * drawn, not pairs; two copies of one person are never compared with one another.
 */
import { seededRandom } from '../../../src/setup/seeded-random.mjs';

export type Comparison = { readonly a: number; readonly b: number; readonly score: number };

export type Trial = {
  /** How many photographs of each person there are, each both reference and probe. */
  readonly photographs: readonly number[];
  /** `a` and `b` are one person's number. */
  readonly genuine: readonly Comparison[];
  /** Highest first. Those of the lowest scores may be left out: no rate that is asked for reaches down to them. */
  readonly impostor: readonly Comparison[];
};

export type Weights = readonly number[];

export const everyone = ({ photographs }: Trial): Weights => photographs.map(() => 1);

/** How many comparisons of different people there are, each as often as its people were drawn. */
export function impostorPairs({ photographs }: Trial, weights: Weights): number {
  let all = 0;
  let same = 0;
  photographs.forEach((count, person) => {
    const drawn = count * (weights[person] as number);
    all += drawn;
    same += drawn * drawn;
  });
  return all * all - same;
}

/** The lowest threshold at which no more than `fmr` of the impostor comparisons reach it. */
export function thresholdFor(fmr: number, trial: Trial, weights: Weights): number {
  const allowed = fmr * impostorPairs(trial, weights);
  let reached = 0;
  for (const { a, b, score } of trial.impostor) {
    reached += (weights[a] as number) * (weights[b] as number);
    if (reached > allowed) return score + Number.EPSILON;
  }
  throw new Error('the trial keeps too few impostor comparisons for this rate');
}

export function fmrAt(threshold: number, trial: Trial, weights: Weights): number {
  let reached = 0;
  for (const { a, b, score } of trial.impostor) {
    if (score < threshold) break;
    reached += (weights[a] as number) * (weights[b] as number);
  }
  return reached / impostorPairs(trial, weights);
}

export function fnmrAt(threshold: number, { genuine }: Trial, weights: Weights): number {
  let missed = 0;
  let all = 0;
  for (const { a, score } of genuine) {
    const weight = weights[a] as number;
    all += weight;
    if (score < threshold) missed += weight;
  }
  return missed / all;
}

export type Interval = readonly [low: number, high: number];

/** The 95 % interval of what `measure` gives, by drawing as many people as there are, again and again. */
export function bootstrap(trial: Trial, measure: (weights: Weights) => number, draws = 1000): Interval {
  const random = seededRandom('people');
  const people = trial.photographs.length;
  const values: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const weights = new Array<number>(people).fill(0);
    for (let person = 0; person < people; person++) {
      const drawn = Math.floor(random() * people);
      weights[drawn] = (weights[drawn] as number) + 1;
    }
    const value = measure(weights);
    if (Number.isFinite(value)) values.push(value);
  }
  values.sort((a, b) => a - b);
  const at = (share: number) => values[Math.min(values.length - 1, Math.floor(share * values.length))] ?? Number.NaN;
  return [at(0.025), at(0.975)];
}

/** Two halves of the people, drawn at random: the weights of the one and of the other. */
export function halves(trial: Trial, seed: number): readonly [Weights, Weights] {
  const random = seededRandom(`half ${seed}`);
  const order = trial.photographs.map((_, person) => ({ person, key: random() })).sort((a, b) => a.key - b.key);
  const first = new Set(order.slice(0, Math.ceil(order.length / 2)).map(({ person }) => person));
  const weights = (inside: boolean) => trial.photographs.map((_, person) => (first.has(person) === inside ? 1 : 0));
  return [weights(true), weights(false)];
}
