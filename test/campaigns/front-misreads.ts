/**
 * How often 照合番号B is read wrongly from the printed front, and how often not at all, by the condition of the front, as
 * JSON. A contact sheet of the pictures goes to build/fronts.png.
 *
 *   npm run -s bench:front -- [--fronts N] [--seeds judge|tune]
 *
 * The reader's limits were chosen on the seeds `tune-…`; what is reported here is judged on `judge-…`. Every front is its
 * own person, print and condition; the pictures of one front share its dirt and differ in shake and noise, so that what
 * is counted includes two pictures of the same dirty digit agreeing on a wrong one. All fronts are drawn, none is a real
 * card's: the figures say how the reader behaves, not how well it reads real cards.
 */
import { mkdirSync } from 'node:fs';
import { cpus } from 'node:os';
import sharp from 'sharp';
import { conditionKinds } from '../../src/bench/front/condition.ts';
import { type Trial, tryFront } from './front-trial.ts';
import { percentile, rate } from './statistics.ts';
import { wholeNumber, wordsOf } from './words.ts';

const values = wordsOf(
  { fronts: { type: 'string', default: '2002' }, seeds: { type: 'string', default: 'judge' } },
  'usage: npm run -s bench:front -- [--fronts N] [--seeds NAME]',
);
const fronts = wholeNumber('fronts', values.fronts, 1, 1_000_000);

const sheet = { columns: 6, rows: 8, width: 320, height: 180 } as const;
const shown: Uint8Array[] = [];
const trials: Omit<Trial, 'firstJpeg'>[] = [];
for (let index = 0; index < fronts; index++) {
  const kind = conditionKinds[index % conditionKinds.length] ?? 'usual';
  const { firstJpeg, ...trial } = await tryFront(kind, `${values.seeds}-${index}`);
  trials.push(trial);
  if (trial.outcome === 'wrong') process.stderr.write(`\nwrong: ${trial.seed}, ${kind}: ${trial.detail}\n`);
  if (shown.length < sheet.columns * sheet.rows) shown.push(await small(firstJpeg));
  if (index % 24 === 23) process.stderr.write(`\r${index + 1} of ${fronts}   `);
}
process.stderr.write('\n');
mkdirSync('build', { recursive: true });
await contactSheet('build/fronts.png');

const frameMs = trials.flatMap((trial) => trial.frameMs);
const readable = trials.filter(({ kind }) => kind !== 'unreadable');
process.stdout.write(
  `${JSON.stringify(
    {
      machine: `${cpus()[0]?.model} (${cpus().length} cores), Node ${process.versions.node}`,
      seeds: `${values.seeds}-0 … ${values.seeds}-${fronts - 1}`,
      simulated: true,
      fronts,
      presentedWrong: share(trials, 'wrong'),
      neededFallback: share(readable, 'fallback'),
      frameMs: { p50: tenths(percentile(frameMs, 0.5)), p95: tenths(percentile(frameMs, 0.95)), frames: frameMs.length },
      byKind: Object.fromEntries(conditionKinds.map((kind) => [kind, summaryOf(trials.filter((trial) => trial.kind === kind))])),
    },
    null,
    2,
  )}\n`,
);
process.exitCode = trials.some(({ outcome }) => outcome === 'wrong') ? 1 : 0;

function share(some: readonly Pick<Trial, 'outcome'>[], outcome: Trial['outcome']) {
  const { events, of, rate: value, interval } = rate(some.filter((trial) => trial.outcome === outcome).length, some.length);
  // Nothing seen: the rule of three is what is usually quoted, and exact to the third digit here.
  const upper95 = events === 0 ? 3 / of : interval[1];
  return { events, of, rate: Number(value.toPrecision(3)), upper95: Number(upper95.toPrecision(3)) };
}

function summaryOf(some: readonly Pick<Trial, 'outcome' | 'detail' | 'frameMs'>[]) {
  const count = (outcome: Trial['outcome']) => some.filter((trial) => trial.outcome === outcome).length;
  const reasons: Record<string, number> = {};
  for (const { outcome, detail } of some) {
    if (outcome === 'fallback') reasons[detail ?? ''] = (reasons[detail ?? ''] ?? 0) + 1;
  }
  const ms = some.flatMap((trial) => trial.frameMs);
  return {
    fronts: some.length,
    right: count('right'),
    fallback: count('fallback'),
    wrong: count('wrong'),
    reasons,
    frameMsP95: tenths(percentile(ms, 0.95)),
  };
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

function small(jpeg: Uint8Array): Promise<Uint8Array> {
  return sharp(jpeg).resize(sheet.width, sheet.height).png().toBuffer();
}

async function contactSheet(path: string): Promise<void> {
  const { columns, rows, width, height } = sheet;
  const background = { create: { width: columns * width, height: rows * height, channels: 3, background: '#000' } } as const;
  const tiles = shown.map((input, index) => ({
    input: Buffer.from(input),
    left: (index % columns) * width,
    top: Math.floor(index / columns) * height,
  }));
  await sharp(background).composite(tiles).png().toFile(path);
}
