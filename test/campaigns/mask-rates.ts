/**
 * How well a mask is told from a mouth, and what a mask does to matching, as JSON:
 *
 *   node test/campaigns/mask-rates.ts [--faces DIR] [--each N]
 *
 * Masks are drawn over photographs (mask-drawing.ts); the photographs are grey, so that the colours differ here in their
 * brightness alone. People are halved by name: MIN_MOUTH_CONTRAST was chosen on the first half, the rates are of the second.
 */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { loadFileDecoder } from '../../src/face/decode-file.ts';
import { detectFaces } from '../../src/face/detect.ts';
import { greyGrid } from '../../src/face/grey-grid.ts';
import { alignFace } from '../../src/face/landmarks.ts';
import { mouthContrast } from '../../src/face/mask.ts';
import { loadNetworks, type Networks } from '../../src/face/networks.ts';
import type { Picture } from '../../src/face/picture.ts';
import { qualityOf } from '../../src/face/quality.ts';
import { byProminence } from '../../src/face/recognise.ts';
import { absentMessage, type FaceSet, facesFolder, identityOf, readFaceSet } from '../face/face-set.ts';
import { MASKS, type Mask, wearing } from './mask-drawing.ts';
import { rate } from './statistics.ts';
import { refuse, wholeNumber, wordsOf } from './words.ts';

const words = wordsOf(
  { faces: { type: 'string' }, each: { type: 'string', default: '3' } },
  'usage: node test/campaigns/mask-rates.ts [--faces DIR] [--each N]   masks drawn on every Nth photograph',
);
const folder = words.faces ? resolve(words.faces) : facesFolder;
const faces = readFaceSet(folder);
if (!faces) refuse(absentMessage(folder));
const loaded = await loadNetworks(join(import.meta.dirname, '../../build/models'));
if (!loaded.ok) refuse(`the face models are not ready: ${loaded.fault.detail}`);
const decode = await loadFileDecoder();
console.log(JSON.stringify(await measure(faces, loaded.value, wholeNumber('each', words.each, 1, 1000)), null, 2));

type Seen = { readonly masked: boolean; readonly contrast: number };

async function measure(set: FaceSet, networks: Networks, each: number) {
  const images = [...new Set([...set.eastAsian.map(({ image }) => image), ...set.pairs.flatMap(({ a, b }) => [a, b])])];
  const people = [...new Set(images.map(identityOf))].sort();
  const firstHalf = new Set(people.filter((_, index) => index % 2 === 0));
  const bare: Seen[] = [];
  const chosenFrom: number[] = [];
  const masked = new Map<Mask, (Seen | undefined)[]>();
  for (const [index, image] of images.entries()) {
    const picture = await decode(await readFile(join(set.folder, image)));
    const alignment = picture.ok && (await align(networks, picture.value));
    if (!picture.ok || !alignment) continue;
    const seen = look(picture.value, alignment);
    if (firstHalf.has(identityOf(image))) {
      chosenFrom.push(seen.contrast);
      continue;
    }
    bare.push(seen);
    if (index % each !== 0) continue;
    const { grey } = qualityOf(picture.value, alignment);
    for (const mask of Object.keys(MASKS) as Mask[]) {
      const worn = wearing(mask, picture.value, alignment.map, grey, index + 1);
      const again = await align(networks, worn);
      masked.set(mask, [...(masked.get(mask) ?? []), again && look(worn, again)]);
    }
  }
  const lowest = chosenFrom.toSorted((a, b) => a - b);
  return {
    photographs: { firstHalf: chosenFrom.length, secondHalf: bare.length },
    contrastThatOneInAHundredOfTheFirstHalfFallsUnder: lowest[Math.floor(0.01 * lowest.length)],
    secondHalf: {
      takenForMasked: rate(bare.filter(({ masked: found }) => found).length, bare.length),
      found: Object.fromEntries(
        [...masked].map(([mask, all]) => {
          const withFace = all.filter((seen) => seen !== undefined);
          const found = withFace.filter((seen) => seen.masked).length;
          return [mask, { ...rate(found, withFace.length), withoutFace: all.length - withFace.length }];
        }),
      ),
    },
  };
}

async function align({ detector, landmarks }: Networks, picture: Picture) {
  const [face] = byProminence(await detectFaces(detector, picture), picture);
  return face && alignFace(landmarks, picture, face.box);
}

function look(picture: Picture, alignment: Awaited<ReturnType<typeof alignFace>>): Seen {
  const { masked } = qualityOf(picture, alignment);
  return { masked, contrast: mouthContrast(greyGrid(picture, alignment.map)) };
}
