/** The way of a photograph to its template, stage by stage, so that a measurement can put a wrong stage in its place. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeFrame } from '../../src/face/decode-frame.ts';
import { loadPortraitDecoder } from '../../src/face/decode-portrait.ts';
import { detectFaces } from '../../src/face/detect.ts';
import { embedFace, similarity } from '../../src/face/embed.ts';
import { alignFace } from '../../src/face/landmarks.ts';
import type { Networks } from '../../src/face/networks.ts';
import type { Box, Picture } from '../../src/face/picture.ts';
import { byProminence } from '../../src/face/recognise.ts';
import type { Similarity } from '../../src/face/similarity-map.ts';
import type { Scores } from '../campaigns/statistics.ts';
import { asPortrait, identityOf } from './face-set.ts';

/** A face found and aligned; the rest depends on the pipeline that is measured. */
export type AlignedFace = { readonly picture: Picture; readonly box: Box; readonly map: Similarity };
/** One photograph as the card would hold it, and as the camera would see it. */
export type Sides<T> = { readonly identity: string; readonly portrait: T; readonly live: T };

export type Embed = (face: AlignedFace) => Promise<Float32Array>;

export function embedWith(networks: Networks): Embed {
  return ({ picture, map }) => embedFace(networks, picture, map);
}

/** Photographs in which no face is found are left out. */
export async function alignedSides(
  networks: Networks,
  folder: string,
  images: readonly string[],
): Promise<readonly Sides<AlignedFace>[]> {
  const decodePortrait = await loadPortraitDecoder();
  const people: Sides<AlignedFace>[] = [];
  for (const image of images) {
    const file = join(folder, image);
    const [portraitFile, liveFile] = [decodePortrait(await asPortrait(file)), await decodeFrame(await readFile(file))];
    const portrait = portraitFile.ok && (await align(networks, portraitFile.value));
    const live = liveFile.ok && (await align(networks, liveFile.value));
    if (portrait && live) people.push({ identity: identityOf(image), portrait, live });
  }
  return people;
}

async function align({ detector, landmarks }: Networks, picture: Picture): Promise<AlignedFace | undefined> {
  const [face] = byProminence(await detectFaces(detector, picture), picture);
  return face && { picture, box: face.box, map: (await alignFace(landmarks, picture, face.box)).map };
}

/** Every portrait against every other photograph. */
export async function scoresOf(people: readonly Sides<AlignedFace>[], embed: Embed): Promise<Scores> {
  const sides: Sides<Float32Array>[] = [];
  for (const { identity, portrait, live } of people) {
    sides.push({ identity, portrait: await embed(portrait), live: await embed(live) });
  }
  const genuine: number[] = [];
  const impostor: number[] = [];
  for (const reference of sides) {
    for (const probe of sides) {
      if (reference === probe) continue;
      (reference.identity === probe.identity ? genuine : impostor).push(similarity(reference.portrait, probe.live));
    }
  }
  return { genuine, impostor };
}
