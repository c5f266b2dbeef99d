import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { headTurn, squeeze } from '../../src/face/head-turn.ts';
import type { Point } from '../../src/face/picture.ts';

const FACE: readonly Point[] = [
  [38, 52],
  [74, 51],
  [58, 72],
  [42, 92],
  [71, 92],
];
const part = fc.double({ min: -2, max: 2, noNaN: true });
/** Any way in which a plane can be seen from afar, short of edge on. */
const affine = fc
  .tuple(part, part, part, part, part, part)
  .filter(([a, b, c, d]) => a * d - b * c > 0.1)
  .map(
    ([a, b, c, d, x, y]) =>
      ([px, py]: Point): Point => [a * px + b * py + 100 * x, c * px + d * py + 100 * y],
  );
const turnedBy = (degrees: number) => {
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  return ([x, y]: Point): Point => [cos * x - sin * y, sin * x + cos * y];
};
const narrowed =
  (degrees: number) =>
  ([x, y]: Point): Point => [Math.cos((degrees * Math.PI) / 180) * x, y];

describe('the turn of a head', () => {
  test('is the same however a flat picture of it is held', () => {
    fc.assert(
      fc.property(affine, (map) => {
        expect(headTurn(FACE.map(map)).turn).toBeCloseTo(headTurn(FACE).turn, 6);
      }),
    );
  });

  test('grows as the nose moves to the person’s own left, which is the picture’s right', () => {
    const noseAt = (x: number) => headTurn(FACE.map((point, index) => (index === 2 ? [x, 72] : point))).turn;
    expect(noseAt(60)).toBeGreaterThan(noseAt(56));
    expect(noseAt(56)).toBeCloseTo(0, 1);
    expect(noseAt(50)).toBeLessThan(0);
  });
});

describe('how much narrower a face looks', () => {
  test('does not depend on size, place and tilt, nor on which of two views is named first', () => {
    fc.assert(
      fc.property(affine, fc.integer({ min: -90, max: 90 }), fc.double({ min: 0.2, max: 5, noNaN: true }), (map, tilt, size) => {
        const [plain, seen] = [headTurn(FACE), headTurn(FACE.map(map))];
        const again = headTurn(
          FACE.map(map)
            .map(turnedBy(tilt))
            .map(([x, y]): Point => [size * x, size * y]),
        );
        expect(squeeze(plain, again)).toBeCloseTo(squeeze(plain, seen), 5);
        expect(squeeze(seen, plain)).toBeCloseTo(squeeze(plain, seen), 5);
        expect(squeeze(plain, seen)).toBeGreaterThanOrEqual(1 - 1e-9);
      }),
    );
  });

  test.each([0, 20, 33, 45])('a flat picture turned by %i° about any line in it: 1 / cos', (degrees) => {
    for (const line of [0, 30, 90]) {
      const held = FACE.map(turnedBy(line)).map(narrowed(degrees));
      expect(squeeze(headTurn(FACE), headTurn(held))).toBeCloseTo(1 / Math.cos((degrees * Math.PI) / 180), 6);
    }
  });
});
