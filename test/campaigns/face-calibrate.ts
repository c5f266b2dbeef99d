/**
 * Where the match threshold comes from, and how good it is:
 *
 *   node test/campaigns/face-calibrate.ts [--faces DIR]
 *
 * One side of every comparison is rendered as a card's portrait (grey JPEG 2000, 240 × 320, 5 kB). People are halved
 * by name: thresholds are chosen on the first half and the rates told of the second. Prints JSON.
 */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { decodeFrame } from '../../src/face/decode-frame.ts';
import { loadPortraitDecoder } from '../../src/face/decode-portrait.ts';
import { similarity } from '../../src/face/embed.ts';
import { embeddingModel, MATCH_THRESHOLD } from '../../src/face/models.ts';
import { loadNetworks } from '../../src/face/networks.ts';
import type { Picture } from '../../src/face/picture.ts';
import { lookAtPortrait } from '../../src/face/recognise.ts';
import type { Result } from '../../src/faults/result.ts';
import { absentMessage, asPortrait, type FaceSet, facesFolder, identityOf, readFaceSet } from '../face/face-set.ts';
import { ratesAt, type Scores, thresholdAt } from './statistics.ts';

type Sides = { readonly portrait: Float32Array; readonly live: Float32Array; readonly identity: string };

const { values } = parseArgs({ options: { faces: { type: 'string' } } });
const folder = values.faces ? resolve(values.faces) : facesFolder;
const set = readFaceSet(folder);
if (set) console.log(JSON.stringify(await calibrate(set), null, 2));
else {
  console.error(absentMessage(folder));
  process.exitCode = 1;
}

async function calibrate(faces: FaceSet) {
  const embed = await embedder(faces);
  const names = [...new Set(faces.pairs.flatMap(({ a, b }) => [identityOf(a), identityOf(b)]))].sort();
  const firstHalf = new Set(names.filter((_, index) => index % 2 === 0));
  const eastAsianNames = [...new Set(faces.eastAsian.map(({ identity }) => identity))].sort();
  const firstEastAsian = new Set(eastAsianNames.filter((_, index) => index % 2 === 0));

  const eastAsian = await embed(faces.eastAsian.map(({ image }) => image));
  const general = await embed(faces.pairs.filter(({ genuine }) => genuine).flatMap(({ a, b }) => [a, b]));
  const half = (people: readonly Sides[], members: ReadonlySet<string>, inside: boolean) =>
    allScores(people.filter(({ identity }) => members.has(identity) === inside));
  const calibration = { eastAsian: half(eastAsian, firstEastAsian, true), general: half(general, firstHalf, true) };
  const report = { eastAsian: half(eastAsian, firstEastAsian, false), general: half(general, firstHalf, false) };

  const everyone = allScores(eastAsian);

  const chosen = {
    eastAsian: thresholdAt(1e-3, calibration.eastAsian.impostor),
    general: thresholdAt(1e-3, calibration.general.impostor),
  };
  return {
    model: embeddingModel.id,
    sha256: embeddingModel.sha256,
    date: new Date().toISOString().slice(0, 10),
    photographs: { eastAsian: eastAsian.length, general: general.length, withoutFace: embed.withoutFace() },
    thresholdsForFmr1e3: { ...chosen, eastAsianBothHalves: thresholdAt(1e-3, everyone.impostor) },
    eastAsianBothHalves: { threshold: MATCH_THRESHOLD, ...ratesAt(MATCH_THRESHOLD, everyone) },
    otherHalf: {
      atOperatingPoint: { threshold: MATCH_THRESHOLD, ...both(report, MATCH_THRESHOLD) },
      atEastAsianThreshold: both(report, chosen.eastAsian),
      atGeneralThreshold: both(report, chosen.general),
    },
  };
}

function both(scores: Record<'eastAsian' | 'general', Scores>, threshold: number) {
  return { eastAsian: ratesAt(threshold, scores.eastAsian), general: ratesAt(threshold, scores.general) };
}

/** Every portrait against every other live picture. */
function allScores(people: readonly Sides[]): Scores {
  const genuine: number[] = [];
  const impostor: number[] = [];
  for (const reference of people) {
    for (const probe of people) {
      if (reference === probe) continue;
      (reference.identity === probe.identity ? genuine : impostor).push(similarity(reference.portrait, probe.live));
    }
  }
  return { genuine, impostor };
}

async function embedder({ folder: root }: FaceSet) {
  const networks = await loadNetworks(join(import.meta.dirname, '../../build/models'));
  if (!networks.ok) throw new Error(`the face models are not ready: ${networks.fault.detail}`);
  const decodePortrait = await loadPortraitDecoder();
  let without = 0;

  async function templateOf(picture: Result<Picture>): Promise<Float32Array | undefined> {
    if (!picture.ok || !networks.ok) return undefined;
    const seen = await lookAtPortrait(networks.value, picture.value);
    return seen.ok && seen.value.at === 'face' ? seen.value.template : undefined;
  }

  const embed = async (images: readonly string[]): Promise<readonly Sides[]> => {
    const people: Sides[] = [];
    for (const image of new Set(images)) {
      const file = join(root, image);
      const live = await templateOf(await decodeFrame(await readFile(file)));
      const portrait = await templateOf(decodePortrait(await asPortrait(file)));
      if (live && portrait) people.push({ live, portrait, identity: identityOf(image) });
      else without++;
    }
    return people;
  };
  return Object.assign(embed, { withoutFace: () => without });
}
