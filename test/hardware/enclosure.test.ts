import { describe, expect, test } from 'vitest';
import { boxesOf, collide, isInside, readLayout } from '../../hardware/enclosure/layout.ts';
import { cardSight, counters, faceSights, people } from '../../hardware/enclosure/sight.ts';
import { readParts } from '../../hardware/parts.ts';

const layout = readLayout();
const boxes = boxesOf(layout);

describe('the enclosure', () => {
  test('has a place for every part with a size', () => {
    const sized = readParts().parts.flatMap(({ id, sizeMm }) => (sizeMm ? [id] : []));
    expect(Object.keys(layout.places).sort()).toEqual(sized.sort());
  });

  test('holds every part within its walls', () => {
    expect(boxes.filter((box) => !isInside(box, layout)).map(({ id }) => id)).toEqual([]);
  });

  test('holds no two parts in one place', () => {
    const partOf = (id: string) => id.replace(/ \(.*/, '');
    const pairs = boxes.flatMap((one, index) =>
      boxes
        .slice(index + 1)
        .flatMap((other) => (partOf(one.id) !== partOf(other.id) && collide(one, other) ? [`${one.id} and ${other.id}`] : [])),
    );
    expect(pairs).toEqual([]);
  });

  test('would be found too small, or too full', () => {
    const screen = boxes.find(({ id }) => id === 'screen');
    if (!screen) throw new Error('no screen');
    expect(isInside(screen, { ...layout, widthMm: 240 })).toBe(false);
    expect(isInside({ ...screen, outline: screen.outline.map(([y, z]) => [y - 12, z] as const) }, layout)).toBe(false);
    expect(collide(screen, { ...screen, outline: screen.outline.map(([y, z]) => [y + 10, z] as const) })).toBe(true);
    expect(collide(screen, { ...screen, outline: screen.outline.map(([y, z]) => [y + 30, z] as const) })).toBe(false);
  });
});

describe('the cameras', () => {
  const sights = faceSights(layout);
  test('every person at every counter was looked at', () => {
    expect(sights.length).toBe(people.length * Object.keys(counters).length);
  });

  test.each(sights)(
    '$who at a $counter counter: the whole face is in the picture, and large enough',
    ({ spareDeg, faceTallPx }) => {
      expect(spareDeg).toBeGreaterThanOrEqual(2);
      // Smaller ones are answered with «come closer» (src/face/quality.ts).
      expect(faceTallPx).toBeGreaterThanOrEqual(95);
    },
  );

  test('a camera that lies on its side would cut some off', () => {
    const lying = { ...layout, faceCamera: { ...layout.faceCamera, acrossDeg: 58.7, longSidePx: 720 } };
    expect(faceSights(lying).filter(({ spareDeg }) => spareDeg < 0).length).toBeGreaterThan(0);
  });

  test('the whole card is in the picture, each millimetre at least eight pixels', () => {
    const { spareMm, pxPerMm } = cardSight(layout);
    expect(Math.min(...spareMm)).toBeGreaterThanOrEqual(3);
    expect(pxPerMm).toBeGreaterThanOrEqual(8);
  });
});
