import { describe, expect, test } from 'vitest';
import { boxesOf, collide, isInside, readLayout } from '../../hardware/enclosure/layout.ts';
import { bossesOf, boxOfBoss } from '../../hardware/enclosure/screws.ts';
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

describe('the screws', () => {
  const bosses = bossesOf(layout);

  test('every boss stands free of all parts, but for the board’s under the board', () => {
    const inTheWay = bosses.flatMap((boss) =>
      boxes.flatMap((part) => (collide(boxOfBoss(boss, layout), part) ? [`${boss.holds} in ${part.id}`] : [])),
    );
    expect(inTheWay).toEqual([]);
  });

  test('the lid’s six stand within the shell, each so near a cheek that both are one piece', () => {
    const six = bosses.filter(({ holds }) => holds === 'lid');
    expect(six).toHaveLength(6);
    for (const boss of six) {
      const { x, outline } = boxOfBoss(boss, layout);
      expect(Math.min(x[0], layout.widthMm - x[1]) - layout.wallMm).toBeLessThan(2);
      // The plate below it is no wall of the shell: only what lies above is looked at.
      const above = { id: 'boss', x, outline: outline.map(([y, z]) => [y, z + layout.wallMm] as const) };
      expect(isInside(above, layout)).toBe(true);
    }
  });

  test('the board lies on its four, at the places of its holes', () => {
    const four = bosses.filter(({ holds }) => holds === 'board');
    const [xs, ys] = [four.map(({ at }) => at[0]), four.map(({ at }) => at[1])];
    expect([Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)]).toEqual([58, 49]);
    const board = boxes.find(({ id }) => id === 'board');
    const underside = Math.min(...(board?.outline.map(([, z]) => z) ?? []));
    for (const { highMm } of four) expect(layout.wallMm + highMm).toBe(underside);
  });

  test('there are as many in the bill of materials', () => {
    const { example } = readParts().parts.find(({ id }) => id === 'screws') ?? { example: '' };
    expect(example).toContain('6 countersunk M3');
    expect(example).toContain('4 M2.5');
  });

  test('a boss that is in a part’s place is found', () => {
    const [first] = bosses;
    if (!first) throw new Error('no boss');
    const below = boxOfBoss({ ...first, at: [60, 190], highMm: 12 }, layout);
    expect(boxes.filter((part) => collide(below, part)).map(({ id }) => id)).toEqual(['board']);
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
