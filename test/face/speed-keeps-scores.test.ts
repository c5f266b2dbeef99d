import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { framesOf } from '../../src/bench/faces/persona-faces.ts';
import { decodeFrame } from '../../src/face/decode-frame.ts';
import { loadPortraitDecoder } from '../../src/face/decode-portrait.ts';
import type { Picture } from '../../src/face/picture.ts';
import type { PlaneFormat } from '../../src/face/pixel.ts';
import { samplePlanes } from '../../src/face/sample.ts';
import { carry, fitInside, type Similarity } from '../../src/face/similarity-map.ts';
import type { Result } from '../../src/faults/result.ts';
import { modelsDir, portraitJp2Of } from './fixtures.ts';
import { samplePlainly } from './sample-plainly.ts';

/** Sampling is written for speed; that it still says the same is shown against a slow one that is written to be read. */

const side = fc.integer({ min: 2, max: 40 });
const picture = fc
  .tuple(side, side, fc.constantFrom(1 as const, 3 as const), fc.integer({ min: 1, max: 250 }))
  .map(([width, height, channels, seed]): Picture => {
    const data = Uint8Array.from({ length: width * height * channels }, (_, index) => (index * index * seed + 7 * index) % 256);
    return { data, width, height, channels };
  });
const format = fc.record({
  width: fc.integer({ min: 1, max: 20 }),
  height: fc.integer({ min: 1, max: 20 }),
  planes: fc.constantFrom(1 as const, 3 as const),
  mean: fc.constantFrom(0, 127),
  divisor: fc.constantFrom(1, 128),
});
const shift = fc.double({ min: -15, max: 15, noNaN: true });
const turned = fc
  .record({
    scale: fc.double({ min: 0.2, max: 9, noNaN: true }),
    angle: fc.double({ min: -3, max: 3, noNaN: true }),
    tx: shift,
    ty: shift,
  })
  .map(({ scale, angle, tx, ty }): Similarity => ({ a: scale * Math.cos(angle), b: scale * Math.sin(angle), tx, ty }));
const level = fc.record({ a: fc.double({ min: 0.2, max: 9, noNaN: true }), b: fc.constant(0), tx: shift, ty: shift });

test.each([
  ['turned', turned],
  ['level', level],
])('a %s grid holds what the plain way gives', (_, maps) => {
  fc.assert(
    fc.property(picture, maps, format, (source, map, wanted) => {
      expectTheSame(source, map, wanted);
    }),
    { numRuns: 300 },
  );
});

test('the whole picture as the detector takes it', () => {
  fc.assert(
    fc.property(picture, format, (source, wanted) => {
      expectTheSame(source, fitInside(source, wanted.width, wanted.height), wanted);
    }),
  );
});

function expectTheSame(source: Picture, map: Similarity, wanted: PlaneFormat): void {
  const [found, expected] = [samplePlanes(source, map, wanted), samplePlainly(source, map, wanted)];
  expect(found).toHaveLength(expected.length);
  for (const [index, value] of found.entries()) {
    // A sample that lies on the very edge may by rounding fall to either side of it.
    if (isNearEdge(source, map, wanted, index)) continue;
    expect(Math.abs(value - (expected[index] ?? Number.NaN)) * wanted.divisor).toBeLessThan(1e-2);
  }
}

function isNearEdge({ width, height }: Picture, map: Similarity, wanted: PlaneFormat, index: number): boolean {
  const pixel = index % (wanted.width * wanted.height);
  const steps = Math.max(1, Math.ceil(Math.hypot(map.a, map.b) / 2 - 0.01));
  for (let step = 0; step < steps * steps; step++) {
    const gridX = (pixel % wanted.width) + ((step % steps) + 0.5) / steps;
    const gridY = Math.floor(pixel / wanted.width) + (Math.floor(step / steps) + 0.5) / steps;
    const [x, y] = carry(map, [gridX, gridY]);
    if ([x, y, x - width, y - height].some((distance) => Math.abs(distance) < 1e-6)) return true;
  }
  return false;
}

test('scores of the personas are those of the plain way within a thousandth', async () => {
  const fast = await scores();
  vi.resetModules();
  vi.doMock('../../src/face/sample.ts', async (original) => ({ ...(await original<object>()), samplePlanes: samplePlainly }));
  onTestFinished(() => void vi.doUnmock('../../src/face/sample.ts'));
  const plain = await scores();
  expect(fast).toHaveLength(PEOPLE.length ** 2);
  for (const [index, score] of fast.entries()) expect(Math.abs(score - (plain[index] ?? Number.NaN))).toBeLessThan(1e-3);
});

const PEOPLE = ['a', 'b', 'c'];

/** Everyone's portrait against everyone's frame, by modules that are loaded anew. */
async function scores(): Promise<number[]> {
  const { loadNetworks } = await import('../../src/face/networks.ts');
  const { lookAtPortrait } = await import('../../src/face/recognise.ts');
  const { similarity } = await import('../../src/face/embed.ts');
  const networks = await loadNetworks(modelsDir);
  const decodePortrait = await loadPortraitDecoder();
  if (!networks.ok) throw new Error(networks.fault.detail);
  const templateOf = async (picture: Result<Picture>) => {
    const seen = picture.ok ? await lookAtPortrait(networks.value, picture.value) : picture;
    if (!seen.ok || seen.value.at !== 'face') throw new Error('a persona is not recognised');
    return seen.value.template;
  };
  const portraits = await eachOf(PEOPLE, async (id) => templateOf(decodePortrait(await portraitJp2Of(id))));
  const frames = await eachOf(PEOPLE, async (id) => templateOf(await decodeFrame((await framesOf(id))[0] ?? new Uint8Array())));
  return portraits.flatMap((portrait) => frames.map((frame) => similarity(portrait, frame)));
}

async function eachOf<T>(ids: readonly string[], make: (id: string) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (const id of ids) made.push(await make(id));
  return made;
}
