/**
 * Kazasu and the other libraries on the same pictures. Speed: each picture is given to all in turn, so that what else
 * the machine does meets them alike, and the ratio is taken picture by picture.
 */
import type { Answer, Question } from './contender.ts';
import { frames } from './pictures.ts';
import { type Measurer, startMeasurer } from './process.ts';
import type { Quota } from './quota.ts';
import { hundredth, type Spread, spreadOf, tenth } from './spread.ts';
import { tensorflowEnvironment } from './tensorflow.ts';

export const OURS = 'kazasu';
export const PEERS = ['face-api (SSD)', 'face-api (tiny)', 'human'] as const;

export type Speed = Spread & { readonly timesOurs?: { readonly p50: number; readonly least: number } };

/** The first pictures of a process are not counted. */
const WARM_PICTURES = 2;

export function startContender(name: string, quota?: Quota): Measurer {
  return startMeasurer('contender', { quota, words: [name], environment: tensorflowEnvironment });
}

/** Milliseconds from JPEG (640 × 480) to template. */
export async function compareSpeed(names: readonly string[], pictures: number, quota?: Quota): Promise<Record<string, Speed>> {
  const contenders = names.map((name) => ({ name, measurer: startContender(name, quota), ms: [] as number[] }));
  const jpegs = await frames(2);
  for (let picture = -WARM_PICTURES; picture < pictures; picture++) {
    const question: Question = { kind: 'frame', bytes: jpegs[(picture + jpegs.length) % jpegs.length] ?? new Uint8Array() };
    for (const { name, measurer, ms } of contenders) {
      const answer = await measurer.ask<Answer>(question);
      if (!answer.template && picture >= 0) process.stderr.write(`${name} finds no face in picture ${picture}\n`);
      if (picture >= 0) ms.push(answer.ms);
    }
    process.stderr.write(`\rspeed side by side: ${Math.max(0, picture + 1)} of ${pictures} pictures `);
  }
  process.stderr.write('\n');
  for (const { measurer } of contenders) await measurer.end();
  const ours = contenders.find(({ name }) => name === OURS)?.ms ?? [];
  return Object.fromEntries(
    contenders.map(({ name, ms }) => [name, name === OURS ? spreadOf(ms) : { ...spreadOf(ms), timesOurs: ratios(ms, ours) }]),
  );
}

function ratios(theirs: readonly number[], ours: readonly number[]) {
  const ascending = theirs.map((ms, picture) => ms / (ours[picture] ?? Number.NaN)).sort((a, b) => a - b);
  return { p50: tenth(ascending[ascending.length >> 1] ?? Number.NaN), least: hundredth(ascending[0] ?? Number.NaN) };
}
