/**
 * Where the match threshold comes from, and how good it is:
 *
 *   node test/campaigns/face-calibrate.ts [--faces DIR] [--write]
 *
 * One side of every comparison is rendered as a card's portrait (grey JPEG 2000, 240 × 320, 5 kB). People are halved
 * by name: the common face and the thresholds are chosen on the first half and the rates told of the second. Prints
 * JSON; `--write` puts the common face into src/face/common-face.json, for the operating point that models.ts then states.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { decodeFrame } from '../../src/face/decode-frame.ts';
import { loadPortraitDecoder } from '../../src/face/decode-portrait.ts';
import { apart, similarity } from '../../src/face/embed.ts';
import { embeddingModel, MATCH_THRESHOLD } from '../../src/face/models.ts';
import { loadNetworks } from '../../src/face/networks.ts';
import type { Picture } from '../../src/face/picture.ts';
import { lookAtPortrait } from '../../src/face/recognise.ts';
import type { Result } from '../../src/faults/result.ts';
import { absentMessage, asPortrait, type FaceSet, facesFolder, identityOf, readFaceSet } from '../face/face-set.ts';
import { ratesAt, type Scores, thresholdAt } from './statistics.ts';

type Sides = { readonly portrait: Float32Array; readonly live: Float32Array; readonly identity: string };

const { values } = parseArgs({ options: { faces: { type: 'string' }, write: { type: 'boolean', default: false } } });
const folder = values.faces ? resolve(values.faces) : facesFolder;
const set = readFaceSet(folder);
if (set) console.log(JSON.stringify(await calibrate(set), null, 2));
else {
  console.error(absentMessage(folder));
  process.exitCode = 1;
}

async function calibrate(faces: FaceSet) {
  const embed = await embedder(faces);
  const date = new Date().toISOString().slice(0, 10);
  const names = [...new Set(faces.pairs.flatMap(({ a, b }) => [identityOf(a), identityOf(b)]))].sort();
  const firstHalf = new Set(names.filter((_, index) => index % 2 === 0));
  const eastAsianNames = [...new Set(faces.eastAsian.map(({ identity }) => identity))].sort();
  const firstEastAsian = new Set(eastAsianNames.filter((_, index) => index % 2 === 0));

  const wholeEastAsian = await embed(faces.eastAsian.map(({ image }) => image));
  const wholeGeneral = await embed(faces.pairs.filter(({ genuine }) => genuine).flatMap(({ a, b }) => [a, b]));
  const chosenFrom = wholeEastAsian.filter(({ identity }) => firstEastAsian.has(identity));
  const commonFace = commonFaceOf(chosenFrom);
  if (values.write) await writeCommonFace(commonFace, chosenFrom.length, firstEastAsian.size, date);
  const eastAsian = wholeEastAsian.map((sides) => without(sides, commonFace));
  const general = wholeGeneral.map((sides) => without(sides, commonFace));
  const half = (people: readonly Sides[], members: ReadonlySet<string>, inside: boolean) =>
    allScores(people.filter(({ identity }) => members.has(identity) === inside));
  const calibration = { eastAsian: half(eastAsian, firstEastAsian, true), general: half(general, firstHalf, true) };
  const report = { eastAsian: half(eastAsian, firstEastAsian, false), general: half(general, firstHalf, false) };

  const everyone = allScores(eastAsian);

  const chosen = {
    eastAsian: thresholdAt(1e-3, calibration.eastAsian.impostor),
    general: thresholdAt(1e-3, calibration.general.impostor),
  };
  const asBefore = { eastAsian: half(wholeEastAsian, firstEastAsian, false), general: half(wholeGeneral, firstHalf, false) };
  const generalBefore = thresholdAt(1e-3, half(wholeGeneral, firstHalf, true).impostor);
  const strictBefore = thresholdAt(1e-3, half(wholeEastAsian, firstEastAsian, true).impostor);
  return {
    model: embeddingModel.id,
    sha256: embeddingModel.sha256,
    date,
    photographs: { eastAsian: eastAsian.length, general: general.length, withoutFace: embed.withoutFace() },
    thresholdsForFmr1e3: { ...chosen, eastAsianBothHalves: thresholdAt(1e-3, everyone.impostor) },
    eastAsianBothHalves: { threshold: MATCH_THRESHOLD, ...ratesAt(MATCH_THRESHOLD, everyone) },
    otherHalf: {
      atOperatingPoint: { threshold: MATCH_THRESHOLD, ...both(report, MATCH_THRESHOLD) },
      atEastAsianThreshold: both(report, chosen.eastAsian),
      atGeneralThreshold: both(report, chosen.general),
    },
    otherHalfWithTheCommonFaceLeftIn: {
      atGeneralThreshold: { threshold: generalBefore, ...both(asBefore, generalBefore) },
      atEastAsianThreshold: { threshold: strictBefore, ...both(asBefore, strictBefore) },
    },
  };
}

function both(scores: Record<'eastAsian' | 'general', Scores>, threshold: number) {
  return { eastAsian: ratesAt(threshold, scores.eastAsian), general: ratesAt(threshold, scores.general) };
}

/** Each person counts once: of one with many photographs the mean would take off what is his own. */
function commonFaceOf(people: readonly Sides[]): Float32Array {
  const byPerson = Map.groupBy(people, ({ identity }) => identity);
  return meanOf([...byPerson.values()].map((sides) => meanOf(sides.flatMap(({ portrait, live }) => [portrait, live]))));
}

function meanOf(templates: readonly Float32Array[]): Float32Array {
  const length = templates[0]?.length ?? 0;
  return Float32Array.from({ length }, (_, index) => {
    return templates.reduce((sum, template) => sum + (template[index] as number), 0) / templates.length;
  });
}

function without({ portrait, live, identity }: Sides, commonFace: Float32Array): Sides {
  return { portrait: apart(portrait, commonFace), live: apart(live, commonFace), identity };
}

async function writeCommonFace(mean: Float32Array, photographs: number, people: number, date: string): Promise<void> {
  const { id, sha256 } = embeddingModel;
  const from = `${photographs} photographs of ${people} East Asian people, each also as a card's portrait`;
  const rounded = Array.from(mean, (value) => Number(value.toFixed(5)));
  const file = join(import.meta.dirname, '../../src/face/common-face.json');
  await writeFile(file, `${JSON.stringify({ model: id, sha256, from, date, mean: rounded })}\n`);
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
  const wholeFace = { ...networks.value, commonFace: new Float32Array(512) };
  const decodePortrait = await loadPortraitDecoder();
  let without = 0;

  async function templateOf(picture: Result<Picture>): Promise<Float32Array | undefined> {
    if (!picture.ok || !networks.ok) return undefined;
    const seen = await lookAtPortrait(wholeFace, picture.value);
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
