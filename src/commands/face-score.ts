/** `kazasu face score`: one score a pair, in the order of the pairs; goes on where an earlier run was broken off. */
import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { systemClock } from '../clock.ts';
import { composeFaceExaminer, type FaceExaminer } from '../compose-face.ts';
import { askedToStop } from './asked-to-stop.ts';
import { pictureAdvice } from './face-advice.ts';
import { ratesTold } from './face-rates.ts';
import { type KeptRows, type Pair, readKeptRows, readPairs, type ScoredPair } from './face-score-pairs.ts';
import { ChangedByAnother, type GrowingRows, openRows } from './face-score-rows.ts';
import { createTemplates, type Templates } from './face-templates.ts';
import { createProgress, type Progress } from './progress-bar.ts';
import type { Outcome } from './sub-commands.ts';

/** So many of the rows kept are scored anew, to see that they come from these images and models. */
const CHECKED_ROWS = 3;
/** Other processors round otherwise, in the sixth digit; another model differs in the first. */
const SAME_SCORE = 1e-3;

type Wish = {
  readonly pairs: readonly Pair[];
  readonly root: string;
  readonly out: string;
  readonly kept: KeptRows;
  readonly threshold: number | undefined;
};

export async function faceScore(args: readonly string[], composeExaminer = composeFaceExaminer): Promise<Outcome> {
  const wish = wishOf(args);
  if (typeof wish === 'string') return { wrong: wish };
  let stopped = false;
  void askedToStop().then(() => {
    stopped = true;
  });
  const examiner = await composeExaminer();
  if (!examiner.ok) {
    process.stderr.write(`${examiner.fault.detail} (${examiner.fault.code}). ${pictureAdvice(examiner.fault)}\n`);
    return 1;
  }
  const { pairs, kept, out, root, threshold = examiner.value.threshold } = wish;
  const checked = kept.rows.filter(({ score }) => score !== undefined).slice(0, CHECKED_ROWS);
  const left = pairs.slice(kept.rows.length);
  const progress = createProgress(systemClock, kept.rows.length, pairs.length);
  const failure = (image: string, why: string) => progress.tell(`${image}: ${why}`);
  const templates = createTemplates(examiner.value, root, [...checked, ...left], failure);

  for (const row of checked) {
    const score = await scoreOf(row, templates, examiner.value);
    if (Math.abs((score ?? Number.NaN) - (row.score ?? 0)) <= SAME_SCORE) continue;
    process.stderr.write(
      `--out: ${out} was made with other models or images: ${row.a} and ${row.b} have ${row.score} there and ${score ?? 'no score'} here. It was left as it is; give another file, or remove it.\n`,
    );
    return 1;
  }
  const rows = [...kept.rows];
  const hindrance = await writeRows({ out, kept, left, rows, templates, examiner: examiner.value, progress }, () => stopped);
  progress.end();
  if (hindrance !== undefined) {
    process.stderr.write(`${hindrance}\n`);
    return 1;
  }
  if (rows.length < pairs.length) {
    process.stderr.write(`Stopped: ${rows.length} of ${pairs.length} rows are in ${out}. The same command goes on from there.\n`);
    return 1;
  }
  process.stdout.write(`${ratesTold(rows, threshold).join('\n')}\n`);
  return 0;
}

type Run = {
  readonly out: string;
  readonly kept: KeptRows;
  readonly left: readonly Pair[];
  /** Grows with what is written. */
  readonly rows: ScoredPair[];
  readonly templates: Templates;
  readonly examiner: FaceExaminer;
  readonly progress: Progress;
};

/** Each row is written as soon as it is known. Returns what hindered the writing. */
async function writeRows(run: Run, isStopped: () => boolean): Promise<string | undefined> {
  const { out, kept, left, rows, templates, examiner, progress } = run;
  let file: GrowingRows | undefined;
  try {
    file = openRows(out, kept);
    for (const pair of left) {
      if (isStopped()) break;
      const row = { ...pair, score: await scoreOf(pair, templates, examiner) };
      file.append(row);
      rows.push(row);
      progress.show(rows.length);
    }
    return undefined;
  } catch (error) {
    if (error instanceof ChangedByAnother)
      return `--out: ${out} was changed by another program meanwhile. It was left as it is; nothing more was written.`;
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return `--out: ${out} cannot be written (${code}). What is in it stays; the same command goes on from there.`;
  } finally {
    file?.close();
  }
}

async function scoreOf({ a, b }: Pair, templates: Templates, { similarity }: FaceExaminer): Promise<number | undefined> {
  const [reference, probe] = [await templates.of(a), await templates.of(b)];
  const score = reference && probe && Number(similarity(reference, probe).toFixed(6));
  templates.release(a);
  templates.release(b);
  return Number.isNaN(score) ? undefined : score;
}

function wishOf(args: readonly string[]): Wish | string {
  const string = { type: 'string' } as const;
  const { values } = parseArgs({ args: [...args], options: { pairs: string, root: string, out: string, threshold: string } });
  const { pairs: pairsPath, root, out } = values;
  if (pairsPath === undefined || root === undefined || out === undefined) return '--pairs, --root and --out are all needed';
  const threshold = values.threshold === undefined ? undefined : Number(values.threshold);
  if (threshold !== undefined && !(Math.abs(threshold) <= 1)) return '--threshold is a score from -1 to 1';
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) return `--root: ${root} is no folder`;
  const pairs = readPairs(pairsPath);
  if (typeof pairs === 'string') return pairs;
  const [input, output] = [pairsPath, out].map((path) => statSync(path, { throwIfNoEntry: false }));
  if (output && output.ino === input?.ino && output.dev === input.dev) return '--out must be another file than --pairs';
  const kept = readKeptRows(out, pairs);
  return typeof kept === 'string' ? kept : { pairs, root, out, kept, threshold };
}
