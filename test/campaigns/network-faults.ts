/**
 * Faults between reader and gateway by the thousand: reader and gateway must agree on every reception afterwards.
 *
 *   npm run -s campaign:network -- [--faults 10000] [--seed FIRST] [--lanes N]
 *
 * Which fault falls when follows from its seed alone. Most of the time is spent waiting: lanes wait side by side.
 */
import { type NetworkBench, openNetworkBench } from '../faults-network/network-bench.ts';
import { allFaults, gatewayRows, readerRows, runFaults } from '../faults-network/network-report.ts';
import type { Trial } from '../faults-network/run-network-fault.ts';
import { chosenOf } from '../faults-network/seeded.ts';
import { wholeNumber, wordsOf } from './words.ts';

const values = wordsOf(
  {
    faults: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    lanes: { type: 'string', default: '8' },
  },
  'usage: npm run -s campaign:network -- [--faults N] [--seed N] [--lanes N]',
);
const count = wholeNumber('faults', values.faults, 1, 1_000_000);
const first = wholeNumber('seed', values.seed, 1, 1_000_000_000);
const lanes = wholeNumber('lanes', values.lanes, 1, 32);

const table = allFaults();
const outcomes: Record<string, number> = {};
const breaches: string[] = [];
let longest = { call: '', ms: 0 };
let late = 0;
let done = 0;
const startMs = performance.now();

/** Every lane has a bench of its own, and every `lanes`-th seed. */
async function runLane(lane: number): Promise<void> {
  const bench = await openNetworkBench();
  try {
    const seeds = Array.from({ length: Math.ceil((count - lane) / lanes) }, (_, index) => first + lane + index * lanes);
    const trials = await runFaults(
      bench,
      seeds.map((seed) => chosenOf(table, seed)),
      (index) => `seed-${seeds[index]}`,
      noted,
    );
    judge(bench, trials);
  } catch (error) {
    breaches.push(`lane ${lane}: ${(error as Error).stack}`);
  } finally {
    await bench.close();
  }
}

function noted(_fault: object, trial: Trial): void {
  outcomes[trial.outcome] = (outcomes[trial.outcome] ?? 0) + 1;
  if (trial.late) late++;
  if (trial.longest.ms > longest.ms) longest = { call: trial.longest.call, ms: Math.round(trial.longest.ms) };
  done++;
  if (done % 50 === 0) process.stderr.write(`\r${done.toLocaleString('en')} of ${count.toLocaleString('en')}   `);
}

function judge(bench: NetworkBench, trials: readonly Trial[]): void {
  const [reader, gateway] = [readerRows(trials), gatewayRows(bench, trials)].map((rows) =>
    rows.map((row) => JSON.stringify(row)),
  );
  for (const row of reader?.filter((one) => !gateway?.includes(one)) ?? []) breaches.push(`the reader alone has ${row}`);
  for (const row of gateway?.filter((one) => !reader?.includes(one)) ?? []) breaches.push(`the gateway alone has ${row}`);
  const open = bench.records.gateway.unanswered();
  if (!open.ok || open.value.length > 0) breaches.push('a change is still open');
}

await Promise.all(Array.from({ length: lanes }, (_, lane) => runLane(lane)));
process.stderr.write('\n');
for (const breach of breaches) process.stderr.write(`${breach}\n`);
const seconds = Math.round((performance.now() - startMs) / 1000);
process.stdout.write(
  `${JSON.stringify({ faults: done, seconds, lanes, outcomes, settledLate: late, longestCall: longest, breaches: breaches.length }, null, 2)}\n`,
);
process.exitCode = breaches.length === 0 && done === count ? 0 : 1;
