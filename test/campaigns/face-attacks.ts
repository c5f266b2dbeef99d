/**
 * What the challenge stops, and whom it would stop that it should not:
 *
 *   node test/campaigns/face-attacks.ts [--faces DIR] [--people N]
 *
 * Photographs are held up and moved in simulation, and a generic head is turned; frames go through the product's own
 * pipeline. People are halved by name: limits are compared on one half, and rates told of the other. Prints JSON.
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CHALLENGE, type ChallengeLimits, type Side } from '../../src/face/challenge.ts';
import { loadPortraitDecoder } from '../../src/face/decode-portrait.ts';
import { loadNetworks, type Networks } from '../../src/face/networks.ts';
import { lookAtPortrait } from '../../src/face/recognise.ts';
import { seededRandom } from '../../src/setup/seeded-random.mjs';
import { absentMessage, asPortrait, type FaceSet, facesFolder, identityOf, readFaceSet } from '../face/face-set.ts';
import { type AttackKind, attackFrames, attackKinds, bentKinds, flatKinds, headFrames, swapFrames } from './attack-scenes.ts';
import { look, outcomeOf, type Photo, photoAt, type Seen } from './attack-trials.ts';
import { measureRows } from './photograph-rows.ts';
import { type Rate, rate } from './statistics.ts';

type Kind = AttackKind | 'head' | 'swap';
type Trial = {
  readonly person: number;
  readonly kind: Kind;
  readonly portrait: Float32Array;
  readonly seen: Seen;
  readonly sides: readonly Side[];
};

const BOTH = ['left', 'right'] as const;
const { values } = parseArgs({ options: { faces: { type: 'string' }, people: { type: 'string', default: '60' } } });
const folder = values.faces ? resolve(values.faces) : facesFolder;
const set = readFaceSet(folder);
if (set) console.log(JSON.stringify(await measure(set, Number(values.people)), null, 2));
else {
  console.error(absentMessage(folder));
  process.exitCode = 1;
}

async function measure(faces: FaceSet, count: number) {
  const networks = await loadNetworks('build/models');
  if (!networks.ok) throw new Error(networks.fault.detail);
  const trials = await runTrials(networks.value, faces, count);
  const half = (which: number) => trials.filter(({ person }) => person % 2 === which);
  return {
    date: new Date().toISOString().slice(0, 10),
    people: new Set(trials.map(({ person }) => person)).size,
    limits: CHALLENGE,
    firstHalf: [0.05, 0.1, 0.15, 0.2, 0.25].flatMap((turn) =>
      [1.1, 1.2, 1.3, 9].map((maxSqueeze) => ({ turn, maxSqueeze, ...summary(half(0), { ...CHALLENGE, turn, maxSqueeze }) })),
    ),
    otherHalf: {
      ...summary(half(1), CHALLENGE),
      byKind: Object.fromEntries(Object.keys(attackKinds).map((kind) => [kind, passed(half(1), [kind as Kind], CHALLENGE)])),
    },
    otherHalfWithoutContinuity: {
      swap: passed(half(1), ['swap'], { ...CHALLENGE, sameAsLast: -1, maxStepShare: 9, minOverlap: 0 }),
    },
    rowsOfThreePhotographs: await measureRows(networks.value, faces),
  };
}

function summary(trials: readonly Trial[], limits: ChallengeLimits) {
  return {
    flatPassed: passed(trials, flatKinds, limits),
    bentPassed: passed(trials, bentKinds, limits),
    anotherPhotographPassed: passed(trials, ['swap'], limits),
    renderedHeadsPassed: passed(trials, ['head'], limits),
  };
}

/** Of the attempts whose first frames matched, one a side: how many passed. */
function passed(trials: readonly Trial[], kinds: readonly Kind[], limits: ChallengeLimits): Rate {
  const outcomes = trials
    .filter(({ kind }) => kinds.includes(kind))
    .flatMap(({ seen, portrait, sides }) => sides.map((side) => outcomeOf(seen, portrait, side, limits)))
    .filter((outcome) => outcome !== 'no match');
  return rate(outcomes.filter((outcome) => outcome === 'passed').length, outcomes.length);
}

async function runTrials(networks: Networks, faces: FaceSet, count: number): Promise<readonly Trial[]> {
  const decode = await loadPortraitDecoder();
  const trials: Trial[] = [];
  for (const [person, images] of peopleOf(faces, count).entries()) {
    const random = seededRandom(`attack ${person}`);
    const photos: { file: string; photo: Photo }[] = [];
    for (const image of images) {
      const photo = await photoAt(networks, join(faces.folder, image));
      if (photo) photos.push({ file: join(faces.folder, image), photo });
    }
    // From the front first: that is what somebody would choose to hold up.
    photos.sort((a, b) => Math.abs(a.photo.turn) - Math.abs(b.photo.turn));
    const [front] = photos;
    const other = photos.at(-1);
    if (!front || !other) continue;
    const picture = decode(await asPortrait(front.file));
    const portrait = picture.ok ? await lookAtPortrait(networks, picture.value) : picture;
    if (!portrait.ok || portrait.value.at !== 'face') continue;
    const add = async (kind: Kind, frames: Parameters<typeof look>[1], sides: readonly Side[] = BOTH) => {
      trials.push({ person, kind, portrait: template, seen: await look(networks, frames), sides });
    };
    const { template } = portrait.value;
    const { photo, eyes } = front.photo;
    for (const kind of [...flatKinds, ...bentKinds]) await add(kind, attackFrames(kind, photo, eyes, random));
    await add('head', headFrames(photo, eyes, random));
    const byTurn = other.photo.turn - front.photo.turn;
    if (Math.abs(byTurn) >= CHALLENGE.turn) {
      await add('swap', swapFrames([front.photo, other.photo], random), [byTurn > 0 ? 'left' : 'right']);
    }
    process.stderr.write(`\r${person + 1} of ${count} people `);
  }
  process.stderr.write('\n');
  return trials;
}

/** Evenly over the names, with all photographs of each. */
function peopleOf({ pairs, eastAsian }: FaceSet, count: number): readonly (readonly string[])[] {
  const byPerson = new Map<string, Set<string>>();
  for (const image of [...eastAsian.map(({ image }) => image), ...pairs.flatMap(({ a, b }) => [a, b])]) {
    const name = identityOf(image);
    byPerson.set(name, (byPerson.get(name) ?? new Set()).add(image));
  }
  const all = [...byPerson.keys()].sort().map((name) => [...(byPerson.get(name) as Set<string>)].slice(0, 6));
  return Array.from(
    { length: Math.min(count, all.length) },
    (_, index) => all[Math.floor((index * all.length) / count)] as string[],
  );
}
