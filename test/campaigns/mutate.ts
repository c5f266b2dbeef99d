/**
 * Mutated inputs for every parser, by the million, over worker processes.
 *
 *   npm run campaign -- [--inputs 10000000] [--parser NAME] [--seed FIRST] [--workers N]
 *
 * A seed makes a batch of 1,000 inputs for each parser. Batches are begun in the order of their seeds: one that was
 * interrupted goes on from the seed that it names at its end, and every input can be made again.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { type TrialReport, writeMutationReport } from '../mutation/mutation-report.ts';
import { addTally, BATCH, noTally, type TrialTally } from '../mutation/parser-trial.ts';
import { trials } from '../mutation/trials.ts';
import type { MutationJob } from './mutate-worker.ts';
import { refuse, wholeNumber, wordsOf } from './words.ts';

const values = wordsOf(
  {
    inputs: { type: 'string', default: '10000000' },
    parser: { type: 'string' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: String(availableParallelism()) },
  },
  'usage: npm run campaign -- [--inputs N, for each parser] [--parser NAME] [--seed N] [--workers N]',
);
const inputs = wholeNumber('inputs', values.inputs, 1, 1_000_000_000);
const firstSeed = wholeNumber('seed', values.seed, 1, 1_000_000_000);
const workers = wholeNumber('workers', values.workers, 1, 64);
const chosen = trials.filter(({ parser }) => values.parser === undefined || parser === values.parser);
if (chosen.length === 0) refuse(`--parser must be one of ${trials.map(({ parser }) => parser).join(', ')}`);

const seeds = Math.ceil(inputs / BATCH);
const reports: TrialReport[] = chosen.map((trial) => ({ trial, tally: noTally() }));
const jobs = seedsOf().flatMap((seed) => chosen.map(({ parser }): MutationJob => ({ parser, seed })));
const startMs = performance.now();
const running = new Map<ChildProcess, MutationJob>();
let done = 0;
let shownMs = 0;
let interrupted = false;

function* numbersFrom(first: number, count: number): Generator<number> {
  for (let offset = 0; offset < count; offset++) yield first + offset;
}

function seedsOf(): number[] {
  return [...numbersFrom(firstSeed, seeds)];
}

function give(worker: ChildProcess): void {
  const job = interrupted ? undefined : jobs.shift();
  if (job) {
    running.set(worker, job);
    worker.send(job);
  } else {
    running.delete(worker);
    worker.disconnect();
  }
}

function take(worker: ChildProcess, tally: TrialTally): void {
  const job = running.get(worker);
  const report = reports.find(({ trial }) => trial.parser === job?.parser);
  if (report) addTally(report.tally, tally);
  for (const breach of tally.breaches) process.stderr.write(`\n${breach}\n`);
  done++;
  show();
  give(worker);
}

function show(): void {
  const nowMs = performance.now();
  if (nowMs - shownMs < 1_000) return;
  shownMs = nowMs;
  const total = done + jobs.length + running.size;
  const leftMs = ((nowMs - startMs) / done) * (total - done);
  const share = ((100 * done) / total).toFixed(1);
  process.stderr.write(`\r${share} %  ${(done * BATCH).toLocaleString('en')} inputs  ${clockOf(leftMs)} left   `);
}

function clockOf(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  return `${minutes} min ${Math.round((ms % 60_000) / 1000)} s`;
}

// A terminal and npm may both send it.
process.on('SIGINT', () => {
  interrupted = true;
});

const ends = [...numbersFrom(1, workers)].map(() => {
  const worker = fork(new URL('./mutate-worker.ts', import.meta.url));
  worker.on('message', (tally: TrialTally) => take(worker, tally));
  give(worker);
  return new Promise<number>((resolve) => worker.once('exit', (code) => resolve(code ?? 1)));
});
const codes = await Promise.all(ends);
process.stderr.write('\n');
writeMutationReport(reports, firstSeed, 'build/mutation-campaign.md');
const seconds = Math.round((performance.now() - startMs) / 1000);
process.stdout.write(`${(done * BATCH).toLocaleString('en')} inputs in ${seconds} s on ${workers} processes\n`);
const [next] = jobs;
if (next)
  process.stdout.write(`interrupted: go on with --seed ${next.seed} --inputs ${(firstSeed + seeds - next.seed) * BATCH}\n`);
const broken = reports.some(({ tally }) => tally.breaches.length > 0);
process.exitCode = broken || codes.some((code) => code !== 0) ? 1 : 0;
