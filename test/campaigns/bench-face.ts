/**
 * How fast face matching is, and next to it the other libraries that run in Node, on the same pictures, as JSON:
 *
 *   npm run -s bench:face -- [--slow N] [--rounds N] [--pairs N] [--no-peers]
 *
 * `--slow N` gives every process one N-th of a core, as a stand-in for a small board; accuracy, which does not depend
 * on it, is then left out unless `--pairs` asks for it. Progress goes to standard error.
 */
import { cpus } from 'node:os';
import pins from '../../src/setup/models.json' with { type: 'json' };
import { absentMessage, facesFolder, readFaceSet } from '../face/face-set.ts';
import { type Accuracy, measureAccuracy } from './bench-face/accuracy.ts';
import type { Decisions } from './bench-face/decision.ts';
import { startMeasurer } from './bench-face/process.ts';
import { openQuota, type Quota } from './bench-face/quota.ts';
import { compareSpeed, OURS, PEERS } from './bench-face/side-by-side.ts';
import { hundredth, spreadOf } from './bench-face/spread.ts';
import type { StagesReport } from './bench-face/stages.ts';
import type { Start } from './bench-face/start.ts';
import { installTensorflow } from './bench-face/tensorflow.ts';
import { wholeNumber, wordsOf } from './words.ts';

const GOALS = { ratioToModelTime: 1.3, readyMs: 1500, decisionP95Ms: 1200, mainThreadMaxMs: 50, timesFaceApi: 15, timesHuman: 7 };
const COLD_STARTS = 5;
const USUAL_PAIRS = 200;

const values = wordsOf(
  {
    slow: { type: 'string', default: '1' },
    rounds: { type: 'string' },
    pairs: { type: 'string' },
    'no-peers': { type: 'boolean', default: false },
  },
  'usage: npm run -s bench:face -- [--slow N] [--rounds N] [--pairs N] [--no-peers]',
);
const slow = wholeNumber('slow', values.slow, 1, 20);
const rounds = wholeNumber('rounds', values.rounds ?? (slow > 1 ? '3' : '8'), 1, 100);
const pairs = wholeNumber('pairs', values.pairs ?? (slow > 1 ? '0' : `${USUAL_PAIRS}`), 0, 1000);
const withPeers = !values['no-peers'] && (await installTensorflow());

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
const quota = slow > 1 ? openQuota(1 / slow) : undefined;
const report = {
  date: new Date().toISOString().slice(0, 10),
  machine: { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version, arch: process.arch },
  models: Object.entries(pins.models).map(([id, { sha256 }]) => ({ id, sha256 })),
  quota: quota && { by: quota.by, ofACore: hundredth(quota.share), measured: await measureQuota(quota) },
  goals: GOALS,
  coldStart: await measureStart(quota),
  stages: await measureOnce<StagesReport>('stages'),
  firstGoodFrameToDecision: await measureOnce<Decisions>('decision'),
  sideBySide: { jpeg640x480ToTemplate: await measureSpeed(), grey240x320PortraitAgainstPhotograph: await measurePairs() },
};
quota?.release();
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);

async function measureQuota(quota: Quota): Promise<number> {
  const busy = startMeasurer('busy', { quota });
  const { share } = await busy.ask<{ share: number }>();
  await busy.end();
  return hundredth(share);
}

/** Each time in a process that has done nothing else. */
async function measureStart(quota: Quota | undefined) {
  const starts: Start[] = [];
  for (let run = 0; run < COLD_STARTS; run++) {
    const measurer = startMeasurer('start', { quota });
    starts.push(await measurer.ask<Start>());
    await measurer.end();
  }
  return { readyMs: spreadOf(starts.map(({ readyMs }) => readyMs)), rssMB: Math.max(...starts.map(({ rssMB }) => rssMB)) };
}

async function measureOnce<Report>(name: string): Promise<Report> {
  process.stderr.write(`${name}…\n`);
  const measurer = startMeasurer(name, { quota });
  const answer = await measurer.ask<Report>({ rounds });
  await measurer.end();
  return answer;
}

function measureSpeed() {
  const names = withPeers ? [OURS, ...PEERS] : [OURS];
  return compareSpeed(names, slow > 1 ? rounds : 2 * rounds, quota);
}

async function measurePairs(): Promise<Record<string, Accuracy> | string> {
  if (pairs === 0) return 'not asked for: --pairs N';
  const set = readFaceSet();
  if (!set) return absentMessage(facesFolder);
  const accuracies: [string, Accuracy][] = [];
  for (const name of withPeers ? [OURS, ...PEERS] : [OURS]) {
    accuracies.push([name, await measureAccuracy(name, set, pairs)]);
  }
  return Object.fromEntries(accuracies);
}
