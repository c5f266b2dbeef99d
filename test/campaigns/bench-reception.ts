/**
 * The machine's own share of a face reception, without wire time, gateway time and the person's time, as JSON.
 *
 *   npm run -s bench:reception -- [--runs N]
 *
 * Each run is a whole reception on the bench: PTY, worker, TLS. "Wire" is what the simulated line itself takes
 * (first byte of a command in until last byte of its answer due); waiting for the next picture is the machine's.
 */
import { cpus } from 'node:os';
import type { ReceiveReport } from '../../src/bench/receive.ts';
import { composeBench } from '../../src/compose-bench.ts';
import { readConfig } from '../../src/config.ts';
import { wholeNumber, wordsOf } from './words.ts';

const GOAL = { medianMs: 300, mostMs: 700 };
const values = wordsOf({ runs: { type: 'string', default: '20' } }, 'usage: npm run -s bench:reception -- [--runs N]');
const runs = wholeNumber('runs', values.runs, 1, 500);

const config = readConfig();
if (!config.ok) throw new Error(config.fault.detail);
const bench = await composeBench({ config: config.value, keep: false, gatewayLatencyMs: 0 });
if (!bench.ok) throw new Error(`${bench.fault.code}: ${bench.fault.detail}`);

const reports: ReceiveReport[] = [];
// One reception first that is not counted: it opens the TLS connection and warms the caches, as the day's first does.
for (let run = 0; run <= runs; run++) {
  const report = await bench.value.receive({ persona: 'adult', method: 'face', boundMs: 60_000 });
  if (!report.ok) throw new Error(report.fault.detail);
  if (report.value.outcome !== 'accepted') throw new Error(`run ${run} ended with ${report.value.outcome}`);
  process.stderr.write(`\r${run} of ${runs}: ${report.value.machineMs} ms   `);
  if (run === 0) process.stderr.write('(first, not counted)\n');
  else reports.push(report.value);
  await idle();
}
process.stderr.write('\n');
await bench.value.close();

const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
const quantile = (values: readonly number[], q: number) => sorted(values)[Math.ceil(q * values.length) - 1] ?? Number.NaN;
const summary = (values: readonly number[]) => ({
  median: quantile(values, 0.5),
  p95: quantile(values, 0.95),
  least: Math.min(...values),
  most: Math.max(...values),
});
const machine = summary(reports.map(({ machineMs }) => machineMs));
const stages = [...new Set(reports.flatMap(({ timeline }) => timeline.map(({ stage }) => stage)))];

process.stdout.write(
  `${JSON.stringify(
    {
      runs,
      machineMs: machine,
      goal: GOAL,
      met: machine.median <= GOAL.medianMs && machine.most <= GOAL.mostMs,
      waitsMs: {
        wire: summary(reports.map(({ waits }) => waits.wire)),
        gateway: summary(reports.map(({ waits }) => waits.gateway)),
        camera: summary(reports.map(({ waits }) => waits.camera)),
      },
      stagesMs: Object.fromEntries(
        stages.map((name) => [name, summary(reports.map(({ timeline }) => durationOf(timeline, name)))]),
      ),
      machine: { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version, arch: process.arch },
      simulated: ['card', 'module', 'front', 'camera', 'gateway'],
    },
    null,
    2,
  )}\n`,
);

function durationOf(timeline: readonly { stage: string; durationMs: number }[], name: string): number {
  return timeline.filter(({ stage }) => stage === name).reduce((sum, { durationMs }) => sum + durationMs, 0);
}

async function idle(): Promise<void> {
  if (!bench.ok) return;
  const { reader } = bench.value;
  if (reader.state.at === 'idle') return;
  await new Promise<void>((resolve) => {
    const stop = reader.onChange(({ at }) => {
      if (at !== 'idle') return;
      stop();
      resolve();
    });
  });
}
