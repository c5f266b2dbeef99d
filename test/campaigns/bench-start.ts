/**
 * How long a unit's runtime takes from its start until it takes patients, shows them so, can compare faces and has
 * tested itself, as JSON:
 *
 *   npm run -s bench:start -- [--runs N] [--slow N]
 *
 * The process is the unit's own; cable, gateway and the hand in place of a browser are outside of what is measured.
 * `--slow N` gives the runtime one N-th of a core, as a stand-in for a small board.
 */
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
const times: {
  readonly takesPatientsMs: number;
  readonly screenMs: number;
  readonly testedMs: number;
  readonly stopMs: number;
}[] = [];
// The first start enrols the reader, and is not counted: it happens once in a unit's life.
for (let run = 0; run <= runs; run++) {
  const startedAt = performance.now();
  const unit = startUnit(folder);
  if (unit.child.pid !== undefined) quota?.hold(unit.child.pid);
  const sinceStart = () => Math.round(performance.now() - startedAt);
  const [takesPatientsMs, screenMs, testedMs] = await Promise.all(
    ['takes patients', 'The screen is there', 'Self-test'].map((words) => unit.says(words).then(sinceStart)),
  );
  const stoppedAt = performance.now();
  unit.child.kill('SIGTERM');
  await unit.ends();
  const stopMs = Math.round(performance.now() - stoppedAt);
  process.stderr.write(`${run} of ${runs}: ${takesPatientsMs} ms${run === 0 ? ' (first, not counted)' : ''}\n`);
  if (run > 0) times.push({ takesPatientsMs: takesPatientsMs ?? 0, screenMs: screenMs ?? 0, testedMs: testedMs ?? 0, stopMs });
}
outside.close();
folder.remove();
quota?.release();

const spread = (of: keyof (typeof times)[number]) => spreadOf(times.map((time) => time[of]));
const tested = spread('testedMs');
process.stdout.write(
  `${JSON.stringify(
    {
      runs,
      machine: { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version, arch: process.arch },
      quota: quota && { by: quota.by, ofACore: quota.share },
      takesPatientsMs: spread('takesPatientsMs'),
      screenMs: spread('screenMs'),
      selfTestedMs: tested,
      stopMs: spread('stopMs'),
      goal: { selfTestedMs: GOAL_MS },
    },
    null,
    2,
  )}\n`,
);
