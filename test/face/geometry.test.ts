import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FACE_TEMPLATE, leastSquares } from '../../src/face/align.ts';
import { type Box, overlap, type Picture } from '../../src/face/picture.ts';
import { samplePlanes } from '../../src/face/sample.ts';
import { carry, fitInside } from '../../src/face/similarity-map.ts';

const shift = fc.double({ min: -500, max: 500, noNaN: true });
const similarity = fc
  .record({
    scale: fc.double({ min: 0.2, max: 8, noNaN: true }),
    angle: fc.double({ min: -3, max: 3, noNaN: true }),
    tx: shift,
    ty: shift,
  })
  .map(({ scale, angle, tx, ty }) => ({ a: scale * Math.cos(angle), b: scale * Math.sin(angle), tx, ty }));

describe('alignment', () => {
  test('finds any turn, scale and shift again', () => {
    fc.assert(
      fc.property(similarity, (map) => {
        const found = leastSquares(
          FACE_TEMPLATE,
          FACE_TEMPLATE.map((point) => carry(map, point)),
        );
        expect(found.a).toBeCloseTo(map.a, 6);
        expect(found.b).toBeCloseTo(map.b, 6);
        expect(found.tx).toBeCloseTo(map.tx, 4);
        expect(found.ty).toBeCloseTo(map.ty, 4);
      }),
    );
  });

  test('lies nearer to disturbed points than any similarity close by', () => {
    const points = FACE_TEMPLATE.map(([x, y], index) => [x + ((index * 7) % 5), y - ((index * 3) % 4)] as const);
    const cost = (map: { a: number; b: number; tx: number; ty: number }) =>
      FACE_TEMPLATE.reduce((sum, point, index) => {
        const [x, y] = carry(map, point);
        const [u, v] = points[index] ?? [0, 0];
        return sum + (x - u) ** 2 + (y - v) ** 2;
      }, 0);
    const best = leastSquares(FACE_TEMPLATE, points);
    for (const change of [
      { a: 0.01 },
      { a: -0.01 },
      { b: 0.01 },
      { b: -0.01 },
      { tx: 0.5 },
      { tx: -0.5 },
      { ty: 0.5 },
      { ty: -0.5 },
    ]) {
      const [[key, by]] = Object.entries(change) as [['a' | 'b' | 'tx' | 'ty', number]];
      expect(cost({ ...best, [key]: best[key] + by })).toBeGreaterThan(cost(best));
    }
  });
});

describe('sampling', () => {
  const plain = { mean: 0, divisor: 1 } as const;

  test('an unchanged grid gives the pixels themselves, plane by plane', () => {
    const data = Uint8Array.from({ length: 4 * 3 * 3 }, (_, index) => index * 5);
    const picture: Picture = { data, width: 4, height: 3, channels: 3 };
    const planes = samplePlanes(picture, { a: 1, b: 0, tx: 0, ty: 0 }, { width: 4, height: 3, planes: 3, ...plain });
    const expected = [0, 1, 2].flatMap((channel) => Array.from({ length: 12 }, (_, pixel) => data[pixel * 3 + channel]));
    expect([...planes]).toEqual(expected);
  });

  test('halving a picture gives the mean of each two by two', () => {
    const data = Uint8Array.of(10, 20, 90, 70, 30, 40, 50, 30);
    const picture: Picture = { data, width: 4, height: 2, channels: 1 };
    const halved = samplePlanes(picture, { a: 2, b: 0, tx: 0, ty: 0 }, { width: 2, height: 1, planes: 1, ...plain });
    expect([...halved]).toEqual([25, 60]);
  });

  test('a picture of one colour stays so at any turn and scale, and outside it is 0', () => {
    fc.assert(
      fc.property(similarity, (map) => {
        const picture: Picture = { data: new Uint8Array(30 * 20).fill(77), width: 30, height: 20, channels: 1 };
        const values = samplePlanes(picture, map, { width: 8, height: 8, planes: 3, mean: 27, divisor: 1 });
        expect(values.every((value) => value > -1e-3 && value < 50.001)).toBe(true);
      }),
    );
  });

  test('the whole picture fits inside, centred', () => {
    const map = fitInside({ data: new Uint8Array(0), width: 240, height: 320, channels: 1 }, 320, 240);
    expect(carry(map, [160, 120])).toEqual([120, 160]);
    expect(carry(map, [160, 240])).toEqual([120, 320]);
  });
});

describe('overlap', () => {
  const box = fc.record({
    x: shift,
    y: shift,
    width: fc.integer({ min: 1, max: 300 }),
    height: fc.integer({ min: 1, max: 300 }),
  });

  test('is 1 with itself, the same both ways, and never outside 0…1', () => {
    fc.assert(
      fc.property(box, box, (a: Box, b: Box) => {
        expect(overlap(a, a)).toBeCloseTo(1);
        expect(overlap(a, b)).toBeCloseTo(overlap(b, a));
        expect(overlap(a, b)).toBeGreaterThanOrEqual(0);
        expect(overlap(a, b)).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });
});
