import type { FaceHint } from '../reception/ports.ts';
import { FACE_SIDE } from './align.ts';
import type { Alignment } from './landmarks.ts';
import type { Box, Picture } from './picture.ts';
import { fitInside, type PlaneFormat, type Similarity, samplePlanes } from './sample.ts';

/**
 * Limits between a frame that is compared and one that is answered with a hint. Measured on 120 photographs, changed
 * step by step: beyond these the similarity to the unchanged photograph falls under about .9.
 */
const LIMITS = {
  /** Pixels of the picture for one of the aligned 112 × 112 grid: a face some 90 pixels high. */
  minScale: 0.8,
  /** Part of the picture's height that the aligned grid takes, from the middle of the forehead to the chin. */
  maxFaceHeight: 0.8,
  /** How far the face's middle may lie from the picture's, in halves of its sides. */
  maxOffCentre: 0.7,
  /** Eye distances; a head turned by about 35°. */
  maxTurn: 0.45,
  /** Mean grey of the face, 0…255. */
  minGrey: 40,
  /** Part of the face's pixels at 250 and more. */
  maxWhite: 0.35,
  /** Mean absolute Laplacian in standard deviations of grey. */
  minSharpness: 0.08,
} as const;

/** Brows to chin, cheek to cheek, in the aligned grid: no hair, no background. */
const FACE_PART = { left: 24, top: 32, right: 88, bottom: 104 } as const;
/** The middle of a whole picture of any usual shape, laid into the same grid. */
const MIDDLE = { left: 28, top: 36, right: 84, bottom: 76 } as const;
const GREY_GRID: PlaneFormat = { width: FACE_SIDE, height: FACE_SIDE, planes: 1, mean: 0, divisor: 1 };

type Measures = { readonly grey: number; readonly white: number; readonly sharpness: number };

/**
 * What the person can do about this frame, the most helpful first; `undefined` when the frame is good. Light comes
 * before the turn of the head: in bad light the landmarks are not to be believed.
 */
export function hintFor(picture: Picture, box: Box, { map, turn }: Alignment): FaceHint | undefined {
  const scale = Math.hypot(map.a, map.b);
  if (scale * FACE_SIDE > LIMITS.maxFaceHeight * picture.height) return 'move-back';
  if (scale < LIMITS.minScale) return 'come-closer';
  if (offCentre(picture, box) > LIMITS.maxOffCentre) return 'look-here';
  const { grey, white, sharpness } = measure(picture, map, FACE_PART);
  if (grey < LIMITS.minGrey) return 'too-dark';
  if (white > LIMITS.maxWhite) return 'too-bright';
  if (sharpness < LIMITS.minSharpness) return 'hold-still';
  if (Math.abs(turn) > LIMITS.maxTurn) return 'look-here';
  return undefined;
}

/** Why there may be no face in a picture. */
export function hintWithoutFace(picture: Picture): FaceHint {
  const { grey, white } = measure(picture, fitInside(picture, FACE_SIDE, FACE_SIDE), MIDDLE);
  if (grey < LIMITS.minGrey) return 'too-dark';
  return white > LIMITS.maxWhite ? 'too-bright' : 'look-here';
}

function offCentre(picture: Picture, box: Box): number {
  const sideways = Math.abs(box.x + box.width / 2 - picture.width / 2) / (picture.width / 2);
  const upright = Math.abs(box.y + box.height / 2 - picture.height / 2) / (picture.height / 2);
  return Math.max(sideways, upright);
}

function measure(picture: Picture, map: Similarity, part: typeof FACE_PART | typeof MIDDLE): Measures {
  const grid = samplePlanes(picture, map, GREY_GRID);
  const at = (x: number, y: number) => grid[y * FACE_SIDE + x] as number;
  let [count, sum, squares, edges, white] = [0, 0, 0, 0, 0];
  for (let y = part.top; y < part.bottom; y++) {
    for (let x = part.left; x < part.right; x++) {
      const value = at(x, y);
      count++;
      sum += value;
      squares += value * value;
      edges += Math.abs(4 * value - at(x - 1, y) - at(x + 1, y) - at(x, y - 1) - at(x, y + 1));
      if (value >= 250) white++;
    }
  }
  grid.fill(0);
  const grey = sum / count;
  const contrast = Math.sqrt(Math.max(squares / count - grey * grey, 1));
  return { grey, white: white / count, sharpness: edges / count / contrast };
}
