/** 200,000 mutated inputs a parser; KAZASU_MUTATION_SEED chooses others. */
import { afterAll, describe, expect, test } from 'vitest';
import { type TrialReport, writeMutationReport } from './mutation-report.ts';
import { addTally, BATCH, noTally, runBatch } from './parser-trial.ts';
import { createSeededRandom } from './seeded-random.ts';
import { trials } from './trials.ts';

const INPUTS = 200_000;
const seed = Number(process.env.KAZASU_MUTATION_SEED ?? 1);
const reports: TrialReport[] = [];

afterAll(() => writeMutationReport(reports, seed, 'build/mutated-frames.md'));

describe.each(trials.map((trial) => [trial.parser, trial] as const))('%s', (_parser, trial) => {
  test('takes what is intact', () => {
    const random = createSeededRandom(seed);
    const judgements = trial.originals.map((original) => trial.judge(original, original, random));
    expect(judgements).toEqual(trial.originals.map(() => 'unchanged'));
  });

  test('mutated: none crashes it, takes longer than 50 ms, or is taken for what it is not', () => {
    const tally = noTally();
    for (let batch = 0; batch * BATCH < INPUTS; batch++) addTally(tally, runBatch(trial, seed + batch));
    reports.push({ trial, tally });
    expect(tally.inputs).toBe(INPUTS);
    expect(tally.breaches).toEqual([]);
    if (trial.protectedBy === 'signature') expect(tally.valid).toBe(0);
  });
});
