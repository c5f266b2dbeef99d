/** Masks drawn over the lower face of a photograph, for measuring what `mask-off` finds. */
import { FACE_SIDE } from '../../src/face/align.ts';
import type { Picture } from '../../src/face/picture.ts';
import { carry, type Similarity } from '../../src/face/similarity-map.ts';

export const MASKS = {
  white: [238, 238, 236],
  'pale blue': [168, 200, 222],
  black: [34, 34, 38],
  beige: [214, 178, 150],
  patterned: [196, 120, 130],
} as const satisfies Record<string, readonly [number, number, number]>;
export type Mask = keyof typeof MASKS;

/** A number 0…1 that depends on the seed alone. */
export function randomOf(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/**
 * The picture with a mask over nose, mouth and chin. Its shape, folds and shading are drawn by chance within what masks
 * have: upper edge from the bridge to the middle of the nose, three to five folds or one ridge, as bright as the face is lit.
 * @param map from the aligned 112 × 112 grid to the picture, @param faceGrey mean grey of the face
 */
export function wearing(mask: Mask, picture: Picture, map: Similarity, faceGrey: number, seed: number): Picture {
  const random = randomOf(seed);
  const shape = {
    top: 58 + 9 * random(),
    sag: 4 + 6 * random(),
    halfWidth: 36 + 8 * random(),
    bottom: 110 + 10 * random(),
    folds: random() < 0.7 ? 3 + Math.floor(3 * random()) : 0,
    foldDepth: 0.03 + 0.07 * random(),
    side: 0.25 * (random() - 0.5),
  };
  const light = Math.min(1.1, Math.max(0.45, faceGrey / 140)) * (0.9 + 0.2 * random());
  const data = Uint8Array.from(picture.data);
  const inverse = inverseOf(map);
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      const [u, v] = carry(inverse, [x + 0.5, y + 0.5]);
      const cover = coverAt(u, v, shape);
      if (cover <= 0) continue;
      const noise = 6 * (random() + random() - 1);
      const shade = light * shadeAt(u, v, shape);
      for (let channel = 0; channel < picture.channels; channel++) {
        const at = (y * picture.width + x) * picture.channels + channel;
        const plain = picture.channels === 1 ? luma(MASKS[mask]) : (MASKS[mask][channel] as number);
        const ink = mask === 'patterned' && isDot(u, v) ? 60 : plain;
        data[at] = Math.max(0, Math.min(255, (1 - cover) * (data[at] as number) + cover * (ink * shade + noise)));
      }
    }
  }
  return { ...picture, data };
}

type Shape = { top: number; sag: number; halfWidth: number; bottom: number; folds: number; foldDepth: number; side: number };

/** How much of the pixel at (u, v) of the aligned grid is mask, 0…1: the edge is as soft as a camera's. */
function coverAt(u: number, v: number, { top, sag, halfWidth, bottom }: Shape): number {
  const aside = Math.abs(u - FACE_SIDE / 2) / halfWidth;
  const upper = top + sag * aside ** 2;
  const lower = bottom - (bottom - top) * 0.45 * aside ** 2.5;
  return Math.max(0, Math.min(1, v - upper, lower - v, (1 - aside) * halfWidth));
}

function shadeAt(u: number, v: number, { top, bottom, folds, foldDepth, side }: Shape): number {
  const across = (u - FACE_SIDE / 2) / (FACE_SIDE / 2);
  const round = 1 - 0.25 * across ** 2 + side * across;
  const down = (v - top) / (bottom - top);
  const fold = folds > 0 ? foldDepth * Math.sin(2 * Math.PI * folds * down) : foldDepth * Math.exp(-((across / 0.05) ** 2));
  return round * (1 - 0.15 * down ** 2) + fold;
}

const isDot = (u: number, v: number) => Math.hypot((u % 9) - 4.5, (v % 9) - 4.5) < 2.6;
const luma = ([red, green, blue]: readonly [number, number, number]) => 0.299 * red + 0.587 * green + 0.114 * blue;

function inverseOf({ a, b, tx, ty }: Similarity): Similarity {
  const square = a * a + b * b;
  return { a: a / square, b: -b / square, tx: -(a * tx + b * ty) / square, ty: (b * tx - a * ty) / square };
}
