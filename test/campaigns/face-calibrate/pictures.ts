/**
 * Every measuring photograph through the reader's own stages, as the camera would give it and as a card would hold it,
 * up to what each embedding network says of it.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeFrame } from '../../../src/face/decode-frame.ts';
import { loadPortraitDecoder } from '../../../src/face/decode-portrait.ts';
import { detectFaces } from '../../../src/face/detect.ts';
import { embedInParts } from '../../../src/face/embed.ts';
import { alignFace } from '../../../src/face/landmarks.ts';
import { loadNetworks, type Networks } from '../../../src/face/networks.ts';
import type { Picture } from '../../../src/face/picture.ts';
import { byProminence } from '../../../src/face/recognise.ts';
import type { Similarity } from '../../../src/face/similarity-map.ts';
import type { Result } from '../../../src/faults/result.ts';
import { asPortrait, type FaceSet, identityOf } from '../../face/face-set.ts';

/** One list of numbers from each embedding network, each of length 1. */
export type Parts = readonly Float32Array[];

/** The three references of the tables. */
export const REFERENCES = ['clean', 'card240', 'card120'] as const;
export type Reference = (typeof REFERENCES)[number];

export type Photograph = {
  readonly identity: string;
  readonly eastAsian: boolean;
  /** As the camera gives it is `clean`, also on the reference's side. */
  readonly parts: Readonly<Record<Reference, Parts>>;
  /** The mean of the face's and its mirror image's numbers: a measure that is not in use. */
  readonly mirroredToo: Readonly<Record<'clean' | 'card240', Parts>>;
};

export type Photographs = { readonly found: readonly Photograph[]; readonly withoutFace: number };

type Seen = { readonly parts: Parts; mirroredToo(): Promise<Parts> };

const CARD_120 = { width: 120, height: 160, bytes: 1300 };

/** Takes some minutes; `onProgress` is told how many photographs are done. */
export async function readPhotographs(
  { folder, pairs, eastAsian }: FaceSet,
  onProgress: (done: number, of: number) => void,
): Promise<Photographs> {
  const networks = await loadNetworks(join(import.meta.dirname, '../../../build/models'));
  if (!networks.ok) throw new Error(`the face models are not ready: ${networks.fault.detail}`);
  const decodePortrait = await loadPortraitDecoder();
  const eastAsianImages = new Set(eastAsian.map(({ image }) => image));
  const images = [...new Set([...pairs.flatMap(({ a, b }) => [a, b]), ...eastAsianImages])].sort();
  const found: Photograph[] = [];
  for (const [index, image] of images.entries()) {
    const file = join(folder, image);
    const clean = await see(networks.value, await decodeFrame(await readFile(file)));
    const card240 = await see(networks.value, decodePortrait(await asPortrait(file)));
    const card120 = await see(networks.value, decodePortrait(await asPortrait(file, CARD_120)));
    if (clean && card240 && card120) {
      found.push({
        identity: identityOf(image),
        eastAsian: eastAsianImages.has(image),
        parts: { clean: clean.parts, card240: card240.parts, card120: card120.parts },
        mirroredToo: { clean: await clean.mirroredToo(), card240: await card240.mirroredToo() },
      });
    }
    onProgress(index + 1, images.length);
  }
  return { found, withoutFace: images.length - found.length };
}

async function see(networks: Networks, decoded: Result<Picture>): Promise<Seen | undefined> {
  if (!decoded.ok) return undefined;
  const picture = decoded.value;
  const [face] = byProminence(await detectFaces(networks.detector, picture), picture);
  if (!face) return undefined;
  const { map } = await alignFace(networks.landmarks, picture, face.box);
  const parts = await embedInParts(networks, picture, map);
  return {
    parts,
    async mirroredToo() {
      const mirrored = await embedInParts(networks, mirror(picture), mirrorMap(map, picture.width));
      return parts.map((part, network) => between(part, mirrored[network] as Float32Array));
    },
  };
}

/** Halfway between two of length 1, and of length 1 itself. */
function between(a: Float32Array, b: Float32Array): Float32Array {
  const sum = a.map((value, index) => value + (b[index] as number));
  const length = Math.hypot(...sum);
  return sum.map((value) => value / length);
}

function mirror({ data, width, height, channels }: Picture): Picture {
  const mirrored = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * channels;
      mirrored.set(data.subarray(from, from + channels), (y * width + width - 1 - x) * channels);
    }
  }
  return { data: mirrored, width, height, channels };
}

/** Leads from the mirrored grid (x becomes 112 − x) to the mirrored picture. */
function mirrorMap({ a, b, tx, ty }: Similarity, width: number): Similarity {
  return { a, b: -b, tx: width - 112 * a - tx, ty: ty + 112 * b };
}
