import { type Part, spreadOf } from './grey-grid.ts';

/** Lips and the shadows around them, in the aligned grid. */
const MOUTH: Part = { left: 40, top: 84, right: 72, bottom: 100 };
/** Brows, eyes and the bridge of the nose. */
const EYES: Part = { left: 30, top: 30, right: 82, bottom: 60 };
/** Grey levels: a face without any contrast is no proof of a mask. */
const LEAST_CONTRAST = 5;

/**
 * Below this there is no mouth to be seen. Chosen on 1,152 photographs so that one in a hundred falls under it. Masks drawn
 * over photographs of other people (`node test/campaigns/mask-rates.ts`; 95 % intervals): found of white ones 90.9 %
 * (87.6…93.4), pale blue 95.1 % (92.4…96.8), black 96.3 % (93.8…97.8), beige 96.1 % (93.6…97.6), patterned 1.5 %
 * (0.6…3.4), each of 342 to 385; taken for a mask though there was none: 12 of 1,180 (0.6…1.8 %). The photographs are grey
 * and the masks drawn: no real mask was measured.
 */
const MIN_MOUTH_CONTRAST = 0.345;

/**
 * The contrast of the mouth in parts of that of the eyes. Plain cloth has next to none, folds and shading included, whatever
 * its colour, where lips, teeth and also a beard have much.
 */
export function mouthContrast(grid: Float32Array): number {
  return spreadOf(grid, MOUTH).deviation / (spreadOf(grid, EYES).deviation + LEAST_CONTRAST);
}

/** Whether a plain mask covers the mouth. A patterned one is not found. */
export function isMasked(grid: Float32Array): boolean {
  return mouthContrast(grid) < MIN_MOUTH_CONTRAST;
}
