import type { FaceHint } from '../reception/ports.ts';
import { FACE_SIDE } from './align.ts';
import { greyGrid, type Part } from './grey-grid.ts';
import type { Alignment } from './landmarks.ts';
import { isLitFromBehind, type Light, lightOn } from './light.ts';
import { isMasked } from './mask.ts';
import type { Box, Picture } from './picture.ts';
import { fitInside } from './similarity-map.ts';

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
  /** `HeadTurn.turn`; at about 0.01 a degree a head turned half aside. */
  maxTurn: 0.55,
  /** Mean grey of the face, 0…255. */
  minGrey: 40,
  /** Part of the face's pixels at 250 and more. */
  maxWhite: 0.35,
  /** Mean absolute Laplacian in standard deviations of grey. */
  minSharpness: 0.08,
} as const;

/** Brows to chin, cheek to cheek, in the aligned grid: no hair, no background. */
const FACE_PART: Part = { left: 24, top: 32, right: 88, bottom: 104 };
/** The middle of a whole picture of any usual shape, laid into the same grid. */
const MIDDLE: Part = { left: 28, top: 36, right: 84, bottom: 76 };

/** What can be measured of a face in a picture; LIMITS and Light say what each number means. */
export type Quality = Light & { readonly scale: number; readonly turn: number; readonly masked: boolean };

export function qualityOf(picture: Picture, { map, turn }: Alignment): Quality {
  const grid = greyGrid(picture, map);
  const quality = { scale: Math.hypot(map.a, map.b), turn, masked: isMasked(grid), ...lightOn(grid, FACE_PART) };
  grid.fill(0);
  return quality;
}

/**
 * What the person can do about this frame, the most helpful first; `undefined` when the frame is good. Light comes
 * before the turn of the head: in bad light the landmarks are not to be believed. A mask is no reason to refuse a frame,
 * since a smooth chin may look like one: `masked` only tells of it.
 */
export function hintFor(picture: Picture, box: Box, quality: Quality): FaceHint | undefined {
  const { scale, turn, grey, white, sharpness } = quality;
  if (scale * FACE_SIDE > LIMITS.maxFaceHeight * picture.height) return 'move-back';
  if (scale < LIMITS.minScale) return 'come-closer';
  if (offCentre(picture, box) > LIMITS.maxOffCentre) return 'look-here';
  if (grey < LIMITS.minGrey) return darkHint(picture, box, grey);
  if (white > LIMITS.maxWhite) return 'too-bright';
  if (sharpness < LIMITS.minSharpness) return 'hold-still';
  if (Math.abs(turn) > LIMITS.maxTurn) return 'look-here';
  return undefined;
}

/** Why there may be no face in a picture. */
export function hintWithoutFace(picture: Picture): FaceHint {
  const { width, height } = picture;
  const grid = greyGrid(picture, fitInside(picture, FACE_SIDE, FACE_SIDE));
  const { grey, white } = lightOn(grid, MIDDLE);
  grid.fill(0);
  const middle: Box = { x: width / 4, y: height / 4, width: width / 2, height: height / 2 };
  if (grey < LIMITS.minGrey) return darkHint(picture, middle, grey);
  return white > LIMITS.maxWhite ? 'too-bright' : 'look-here';
}

/** Against a bright window more light on the whole would not help. */
function darkHint(picture: Picture, box: Box, grey: number): FaceHint {
  return isLitFromBehind(picture, box, grey) ? 'light-behind' : 'too-dark';
}

function offCentre(picture: Picture, box: Box): number {
  const sideways = Math.abs(box.x + box.width / 2 - picture.width / 2) / (picture.width / 2);
  const upright = Math.abs(box.y + box.height / 2 - picture.height / 2) / (picture.height / 2);
  return Math.max(sideways, upright);
}
