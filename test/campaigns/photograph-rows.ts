/**
 * Three different photographs of one person, shown one after the other, may look like a turn of the head. How often they
 * do depends on how alike two frames in a row must be.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CHALLENGE } from '../../src/face/challenge.ts';
import { decodeFrame } from '../../src/face/decode-frame.ts';
import { similarity } from '../../src/face/embed.ts';
import { squeeze } from '../../src/face/head-turn.ts';
import type { Networks } from '../../src/face/networks.ts';
import { lookAtPortrait } from '../../src/face/recognise.ts';
import type { Glimpse } from '../../src/face/track.ts';
import { type FaceSet, identityOf } from '../face/face-set.ts';
import { rate } from './statistics.ts';

const LIMITS = [0.75, 0.8, 0.85, 0.9];
/** Of one person, at most: a few have dozens. */
const MAX_PHOTOGRAPHS = 8;

type Row = readonly [Glimpse, Glimpse, Glimpse];

/** Rows whose turns fit the challenge, and which of them would pass at each limit; pairs within a row share photographs. */
export async function measureRows(networks: Networks, faces: FaceSet) {
  const rows: { readonly person: string; readonly row: Row }[] = [];
  for (const [person, images] of photographsOf(faces)) {
    const seen: Glimpse[] = [];
    for (const image of images) {
      const picture = await decodeFrame(await readFile(join(faces.folder, image)));
      const face = picture.ok ? await lookAtPortrait(networks, picture.value) : picture;
      if (face.ok && face.value.at === 'face') seen.push(face.value);
    }
    for (const row of fittingRows(seen)) rows.push({ person, row });
  }
  return LIMITS.map((sameAsLast) => {
    const passing = rows.filter(({ row: [a, b, c] }) => alike(a, b) >= sameAsLast && alike(b, c) >= sameAsLast);
    return { sameAsLast, passed: rate(passing.length, rows.length), people: new Set(passing.map(({ person }) => person)).size };
  });
}

const alike = (a: Glimpse, b: Glimpse) => similarity(a.template, b.template);

function photographsOf({ pairs }: FaceSet): readonly (readonly [string, readonly string[]])[] {
  const images = [...new Set(pairs.filter(({ genuine }) => genuine).flatMap(({ a, b }) => [a, b]))].sort();
  return [...Map.groupBy(images, identityOf)]
    .filter(([, own]) => own.length >= 3)
    .map(([person, own]) => [person, own.slice(0, MAX_PHOTOGRAPHS)] as const);
}

function fittingRows(seen: readonly Glimpse[]): readonly Row[] {
  const byTurn = seen.toSorted((a, b) => a.turn - b.turn);
  return byTurn.flatMap((a, first) =>
    byTurn
      .slice(first + 1)
      .flatMap((b, second) => byTurn.slice(first + second + 2).map((c): Row => [a, b, c]))
      .filter(fits),
  );
}

function fits([a, b, c]: Row): boolean {
  const moved = c.turn - a.turn;
  const largestStep = Math.max(b.turn - a.turn, c.turn - b.turn);
  return moved >= CHALLENGE.turn && largestStep <= CHALLENGE.maxStepShare * moved && squeeze(a, c) <= CHALLENGE.maxSqueeze;
}
