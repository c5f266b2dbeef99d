/**
 * FNMR at FMR 1e-3 of each library on the same photographs: a card's portrait (grey JPEG 2000, 240 × 320) against a
 * photograph as it is. The genuine pairs are the first of the list; impostors are every portrait against every
 * photograph of another person. Each threshold is taken from the very impostors it is judged on, for all alike.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asPortrait, type FaceSet, identityOf } from '../../face/face-set.ts';
import { type Rate, rate, ratesAt, type Scores, thresholdAt } from '../statistics.ts';
import type { Answer } from './contender.ts';
import { startContender } from './side-by-side.ts';

const FMR = 1e-3;

type Template = Float32Array | undefined;
type Pair = { readonly portrait: Template; readonly photograph: Template; readonly identity: string };

/** How alike two templates are; only the order counts. */
type Measure = (a: Float32Array, b: Float32Array) => number;

const dot: Measure = (a, b) => a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
const cosine: Measure = (a, b) => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
const nearness: Measure = (a, b) => -Math.sqrt(a.reduce((sum, value, index) => sum + (value - (b[index] ?? 0)) ** 2, 0));

/** face-api is meant to be compared by distance; so is human, but it does better by cosine (100 pairs: 29 missed, not 45). */
const measureOf = (name: string): Measure => (name.startsWith('face-api') ? nearness : cosine);

export type Accuracy = {
  readonly fnmrAtFmr1e3: Rate;
  readonly impostorPairs: number;
  /** Of the portraits and photographs together. Pairs with one of these are left out of the rates. */
  readonly withoutFace: Rate;
  /** The same, when a genuine pair without a face counts as one that does not match. */
  readonly fnmrWithThose: Rate;
};

export async function measureAccuracy(name: string, set: FaceSet, pairs: number): Promise<Accuracy> {
  const contender = startContender(name);
  const found: Pair[] = [];
  for (const { a, b } of set.pairs.filter(({ genuine }) => genuine).slice(0, pairs)) {
    const portrait = await contender.ask<Answer>({ kind: 'portrait', bytes: await asPortrait(join(set.folder, a)) });
    const photograph = await contender.ask<Answer>({ kind: 'frame', bytes: await readFile(join(set.folder, b)) });
    found.push({ portrait: portrait.template, photograph: photograph.template, identity: identityOf(a) });
    if (found.length % 10 === 0) process.stderr.write(`accuracy of ${name}: ${found.length} of ${pairs} pairs\n`);
  }
  await contender.end();
  return judge(found, scoresOf(found, measureOf(name)));
}

function scoresOf(pairs: readonly Pair[], measure: Measure): Scores {
  const genuine: number[] = [];
  const impostor: number[] = [];
  for (const reference of pairs) {
    for (const probe of pairs) {
      if (!reference.portrait || !probe.photograph) continue;
      if (reference === probe) genuine.push(measure(reference.portrait, probe.photograph));
      else if (reference.identity !== probe.identity) impostor.push(measure(reference.portrait, probe.photograph));
    }
  }
  return { genuine, impostor };
}

function judge(pairs: readonly Pair[], scores: Scores): Accuracy {
  const { fnmr } = ratesAt(thresholdAt(FMR, scores.impostor), scores);
  const pictures = pairs.flatMap(({ portrait, photograph }) => [portrait, photograph]);
  const withoutFace = rate(pictures.filter((template) => !template).length, pictures.length);
  const lost = pairs.length - scores.genuine.length;
  return {
    fnmrAtFmr1e3: fnmr,
    impostorPairs: scores.impostor.length,
    withoutFace,
    fnmrWithThose: rate(fnmr.events + lost, pairs.length),
  };
}
