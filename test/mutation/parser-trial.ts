/** Mutated inputs given to one parser, and what came of them. */
import { mutate } from './mutate.ts';
import { createSeededRandom, type SeededRandom } from './seeded-random.ts';

/**
 * What the parser made of an input.
 * `refused`: nothing, or what it was not asked about. `unchanged`: it means what the original means.
 * `valid`: it means something else and is in itself a right encoding, as a second reading of the bytes shows, which
 * shares no code with the parser: of such an input nobody can tell that it was damaged.
 * A `breach` is what must never be: an input taken for what it is not.
 */
export type Judgement = 'refused' | 'unchanged' | 'valid' | { readonly breach: string };

export type ParserTrial = {
  readonly parser: string;
  /** What tells a damaged input from a right one: a check byte, a signature, or its form alone. */
  readonly protectedBy: 'check byte' | 'signature' | 'form';
  readonly originals: readonly Uint8Array[];
  /** @param random for whatever else the trial draws */
  judge(input: Uint8Array, original: Uint8Array, random: SeededRandom): Judgement;
};

export type TrialTally = {
  inputs: number;
  refused: number;
  unchanged: number;
  valid: number;
  slowestMs: number;
  /** At most ten, in words, with the seed and the input. */
  breaches: string[];
};

/** No single input may take longer. */
const LONGEST_MS = 50;
/** Longer than any parser here needs: measured again, since the machine may have done something else meanwhile. */
const SUSPICIOUS_MS = 1;
/** One seed makes so many inputs, so that any of them can be made again. */
export const BATCH = 1_000;
const MAX_BREACHES = 10;

export const noTally = (): TrialTally => ({ inputs: 0, refused: 0, unchanged: 0, valid: 0, slowestMs: 0, breaches: [] });

export function addTally(to: TrialTally, more: TrialTally): void {
  for (const count of ['inputs', 'refused', 'unchanged', 'valid'] as const) to[count] += more[count];
  to.slowestMs = Math.max(to.slowestMs, more.slowestMs);
  to.breaches = [...to.breaches, ...more.breaches].slice(0, MAX_BREACHES);
}

/** One batch of inputs of this seed. */
export function runBatch(trial: ParserTrial, seed: number): TrialTally {
  const tally = noTally();
  const random = createSeededRandom(seed);
  for (let index = 0; index < BATCH; index++) {
    const original = random.oneOf(trial.originals);
    const input = mutate(original, random.oneOf(trial.originals), random);
    const judgeSeed = random.int(0x7fff_ffff);
    const judge = () => judged(trial, input, original, createSeededRandom(judgeSeed));
    const startMs = performance.now();
    const judgement = judge();
    let tookMs = performance.now() - startMs;
    if (tookMs > SUSPICIOUS_MS) tookMs = Math.min(tookMs, shortestOfThree(judge));
    tally.inputs++;
    tally.slowestMs = Math.max(tally.slowestMs, tookMs);
    if (typeof judgement === 'string') tally[judgement]++;
    else note(judgement.breach);
    if (tookMs > LONGEST_MS) note(`took ${Math.round(tookMs)} ms`);

    function note(breach: string): void {
      const hex = Buffer.from(input.subarray(0, 400)).toString('hex');
      if (tally.breaches.length < MAX_BREACHES) tally.breaches.push(`${trial.parser}, seed ${seed}, ${index}: ${breach}: ${hex}`);
    }
  }
  return tally;
}

function judged(trial: ParserTrial, input: Uint8Array, original: Uint8Array, random: SeededRandom): Judgement {
  try {
    return trial.judge(input, original, random);
  } catch (error) {
    return { breach: `threw ${error instanceof Error ? error.message : error}` };
  }
}

/** A pause of the machine is no fault of the parser's: what is slow is slow each time. */
function shortestOfThree(judge: () => unknown): number {
  const took = [0, 0, 0].map(() => {
    const startMs = performance.now();
    judge();
    return performance.now() - startMs;
  });
  return Math.min(...took);
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
