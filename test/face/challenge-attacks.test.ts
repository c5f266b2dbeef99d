/**
 * A bounded sample of `npm run -s face:attacks`, on the personas: rendered photographs that are moved, and rendered heads
 * that turn, before the product's own pipeline and challenge.
 */
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { CHALLENGE, type ChallengeLimits } from '../../src/face/challenge.ts';
import { loadNetworks } from '../../src/face/networks.ts';
import { seededRandom } from '../../src/setup/seeded-random.mjs';
import { type AttackKind, attackFrames, headFrames, swapFrames } from '../campaigns/attack-scenes.ts';
import { look, outcomeOf, type Photo, photoAt, type Seen } from '../campaigns/attack-trials.ts';
import { modelsDir } from './fixtures.ts';

const PEOPLE = ['a', 'b'];
const FLAT: readonly AttackKind[] = ['turned close to the camera', 'turned about a diagonal'];
const SAMPLE_LIMIT_MS = 300_000;

type Trial = { readonly portrait: Float32Array; readonly seen: Seen };
const flat: Trial[] = [];
const swapped: Trial[] = [];
const heads: Trial[] = [];

beforeAll(async () => {
  const networks = await loadNetworks(modelsDir);
  if (!networks.ok) throw new Error(networks.fault.detail);
  const shot = async (person: string, name: string): Promise<Photo> => {
    const file = fileURLToPath(new URL(`../../build/personas/${person}/${name}.jpg`, import.meta.url));
    const photo = await photoAt(networks.value, file);
    if (!photo) throw new Error(`no face in ${file}`);
    return photo;
  };
  for (const person of PEOPLE) {
    const random = seededRandom(person);
    const [front, turned] = [await shot(person, 'frame-0'), await shot(person, 'right-7')];
    const trialOf = async (frames: Parameters<typeof look>[1]): Promise<Trial> => {
      const seen = await look(networks.value, frames);
      return { seen, portrait: seen[0]?.template ?? new Float32Array(0) };
    };
    for (const kind of FLAT) flat.push(await trialOf(attackFrames(kind, front.photo, front.eyes, random)));
    swapped.push(await trialOf(swapFrames([front, turned], random)));
    heads.push(await trialOf(headFrames(front.photo, front.eyes, random)));
  }
}, SAMPLE_LIMIT_MS);

const outcomes = (trials: readonly Trial[], limits?: ChallengeLimits) =>
  trials.flatMap(({ seen, portrait }) => (['left', 'right'] as const).map((side) => outcomeOf(seen, portrait, side, limits)));

describe('the challenge', () => {
  test('is not passed by a flat photograph, however it is moved', () => {
    expect(new Set(outcomes(flat))).toEqual(new Set(['not passed']));
  });

  test('is not passed by a second photograph, turned to the side, in place of the first', () => {
    expect(new Set(outcomes(swapped))).toEqual(new Set(['not passed']));
  });

  test('is passed by a rendered head that turns', () => {
    expect(new Set(outcomes(heads))).toEqual(new Set(['passed']));
  });
});

describe('would be passed, were it', () => {
  const planted: readonly [string, readonly Trial[], Partial<ChallengeLimits>][] = [
    ['content with any movement of the nose: by a photograph that is moved', flat, { turn: 0.02, maxSqueeze: 9 }],
    ['blind to the way there: by a second photograph', swapped, { maxStepShare: 9, sameAsLast: -1 }],
  ];
  test.each(planted)('%s', (_, trials, bug) => {
    expect(outcomes(trials, { ...CHALLENGE, ...bug } as ChallengeLimits)).toContain('passed');
  });
});
