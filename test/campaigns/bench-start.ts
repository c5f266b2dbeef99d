/**
 * How long a unit's runtime takes from its start until it takes patients, shows them so, can compare faces and has
 * tested itself, as JSON:
 *
 *   npm run -s bench:start -- [--runs N] [--slow N]
 *
 * The process is the unit's own; cable, gateway and the hand in place of a browser are outside of what is measured.
 * `--slow N` gives the runtime one N-th of a core, as a stand-in for a small board. What it has computed until then is
 * told beside the time, since that is the same on a machine that does something else meanwhile.
 */
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { makeUnitFolder, openOutside, startUnit } from '../unit/unit-process.ts';
import { openQuota } from './bench-face/quota.ts';
import { spreadOf } from './bench-face/spread.ts';
import { wholeNumber, wordsOf } from './words.ts';

/** From the runtime's start, on a board. */
const GOAL_MS = 25_000;

const USAGE = 'usage: npm run -s bench:start -- [--runs N] [--slow N]';
const values = wordsOf({ runs: { type: 'string', default: '5' }, slow: { type: 'string', default: '1' } }, USAGE);
const runs = wholeNumber('runs', values.runs, 1, 50);
const slow = wholeNumber('slow', values.slow, 1, 20);

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
const quota = slow > 1 ? openQuota(1 / slow) : undefined;
const outside = await openOutside();
const folder = makeUnitFolder(outside);
type Moment = { readonly ms: number; readonly cpuMs: number };
type Start = { readonly takesPatients: Moment; readonly screen: Moment; readonly selfTested: Moment; readonly stopMs: number };

const starts: Start[] = [];
// The first start enrols the reader, and is not counted: it happens once in a unit's life.
for (let run = 0; run <= runs; run++) {
  const start = await measure();
  process.stderr.write(`${run} of ${runs}: ${start.takesPatients.ms} ms${run === 0 ? ' (first, not counted)' : ''}\n`);
  if (run > 0) starts.push(start);
}
outside.close();
folder.remove();
quota?.release();

async function measure(): Promise<Start> {
  const startedAt = performance.now();
  const unit = startUnit(folder);
  const { pid } = unit.child;
  if (pid === undefined) throw new Error('the runtime could not be started');
  quota?.hold(pid);
  const at = (words: string) =>
    unit.says(words).then(() => ({ ms: Math.round(performance.now() - startedAt), cpuMs: computedMs(pid) }));
  const [takesPatients, screen, selfTested] = await Promise.all([
    at('takes patients'),
    at('The screen is there'),
    at('Self-test'),
  ]);
  const stoppedAt = performance.now();
  unit.child.kill('SIGTERM');
  await unit.ends();
  return { takesPatients, screen, selfTested, stopMs: Math.round(performance.now() - stoppedAt) };
}

/** User and system time of a process with all its threads: fields 14 and 15 of proc(5)'s stat, in hundredths of a second. */
function computedMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

const spread = (of: 'takesPatients' | 'screen' | 'selfTested') => ({
  ms: spreadOf(starts.map((start) => start[of].ms)),
  cpuMs: spreadOf(starts.map((start) => start[of].cpuMs)),
});
process.stdout.write(
  `${JSON.stringify(
    {
      runs,
      machine: { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version, arch: process.arch },
      quota: quota && { by: quota.by, ofACore: quota.share },
      takesPatients: spread('takesPatients'),
      screen: spread('screen'),
      selfTested: spread('selfTested'),
      stopMs: spreadOf(starts.map(({ stopMs }) => stopMs)),
      goal: { selfTestedMs: GOAL_MS },
    },
    null,
    2,
  )}\n`,
);
