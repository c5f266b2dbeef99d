/** Puts rendered frames before the product's own pipeline and challenge, and says what passes. */
import sharp from 'sharp';
import { CHALLENGE, type ChallengeLimits, type ChallengeOptions, createChallenge, type Side } from '../../src/face/challenge.ts';
import { decodeFrame } from '../../src/face/decode-frame.ts';
import { detectFaces } from '../../src/face/detect.ts';
import { alignFace } from '../../src/face/landmarks.ts';
import { MATCH_THRESHOLD } from '../../src/face/models.ts';
import type { Networks } from '../../src/face/networks.ts';
import type { Picture } from '../../src/face/picture.ts';
import { lookAtFrame } from '../../src/face/recognise.ts';
import { carry } from '../../src/face/similarity-map.ts';
import { type Glimpse, medianScore } from '../../src/face/track.ts';
import type { Eyes } from '../../src/setup/head-shape.mjs';
import type { RawFrame } from './attack-scenes.ts';

/** A photograph, and where the eyes are in it. */
export type Photo = { readonly photo: Picture; readonly eyes: Eyes; readonly turn: number };

/** What was seen of a row of frames, 10 a second; `undefined` where the frame was answered with a hint. */
export type Seen = readonly (Glimpse | undefined)[];

const FRAME_MS = 100;
/** As many as the product decides on. */
const FRONT = 3;
/** The middle between the eyes in the aligned grid. */
const BETWEEN_EYES = [55.9, 51.6] as const;

/** `undefined` when no face is found. */
export async function photoAt(networks: Networks, file: string): Promise<Photo | undefined> {
  const picture = await decodeFrame(await sharp(file).jpeg({ quality: 95 }).toBuffer());
  if (!picture.ok) return undefined;
  const [face] = await detectFaces(networks.detector, picture.value);
  if (!face) return undefined;
  const { map, eyes, turn } = await alignFace(networks.landmarks, picture.value, face.box);
  const [x, y] = carry(map, BETWEEN_EYES);
  const tilt = (Math.atan2(eyes[1], eyes[0]) * 180) / Math.PI;
  return { photo: picture.value, eyes: { x, y, apart: Math.hypot(...eyes), tilt }, turn };
}

export async function look(networks: Networks, frames: Iterable<RawFrame>): Promise<Seen> {
  const seen: (Glimpse | undefined)[] = [];
  for (const { data, width, height } of frames) {
    const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 85 })
      .toBuffer();
    const picture = await decodeFrame(jpeg);
    if (!picture.ok) throw new Error(picture.fault.detail);
    const sighting = await lookAtFrame(networks, picture.value);
    seen.push(sighting.at === 'face' ? sighting : undefined);
  }
  return seen;
}

export type Outcome = 'no match' | 'passed' | 'not passed';

/** What these frames come to when that side is asked for. As in a session, an attempt that breaks begins anew with the next frames. */
export function outcomeOf(seen: Seen, portrait: Float32Array, side: Side, limits: ChallengeLimits = CHALLENGE): Outcome {
  let from = 0;
  for (;;) {
    const front = seen.slice(from, from + FRONT).filter((glimpse) => glimpse !== undefined);
    if (front.length < FRONT || medianScore(portrait, front) < MATCH_THRESHOLD) return from === 0 ? 'no match' : 'not passed';
    const broken = watch(seen, from + FRONT, { portrait, front, side, limits, startMs: (from + FRONT - 1) * FRAME_MS });
    if (typeof broken !== 'number') return broken;
    from = broken + 1;
  }
}

/** Goes through the frames from `first` on. Gives the frame at which the attempt broke, or how it ended. */
function watch(seen: Seen, first: number, options: ChallengeOptions): number | 'passed' | 'not passed' {
  const challenge = createChallenge(options);
  for (let index = first; index < seen.length; index++) {
    const glimpse = seen[index];
    if (!glimpse) continue;
    const progress = challenge.see({ ...glimpse, template: Float32Array.from(glimpse.template) }, index * FRAME_MS);
    if (progress === 'passed') return 'passed';
    if (progress === 'broken') return index;
  }
  return 'not passed';
}
