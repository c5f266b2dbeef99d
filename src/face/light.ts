import { FACE_SIDE } from './align.ts';
import { type Part, spreadOf } from './grey-grid.ts';
import type { Box, Picture } from './picture.ts';

/** `grey`: mean 0…255. `white`: part of the pixels at 250 and more. `sharpness`: mean absolute Laplacian in standard deviations. */
export type Light = { readonly grey: number; readonly white: number; readonly sharpness: number };

/** Sensors and JPEG give 250 and more for what is in truth all white. */
const WHITE = 250;

export function lightOn(grid: Float32Array, part: Part): Light {
  const at = (x: number, y: number) => grid[y * FACE_SIDE + x] as number;
  const { mean, deviation } = spreadOf(grid, part);
  let [count, edges, white] = [0, 0, 0];
  for (let y = part.top; y < part.bottom; y++) {
    for (let x = part.left; x < part.right; x++) {
      const value = at(x, y);
      count++;
      edges += Math.abs(4 * value - at(x - 1, y) - at(x + 1, y) - at(x, y - 1) - at(x, y + 1));
      if (value >= WHITE) white++;
    }
  }
  return { grey: mean, white: white / count, sharpness: edges / count / Math.max(deviation, 1) };
}

/** A window or a lamp behind someone: bright in itself, and many times as bright as the face. */
const BEHIND = { minGrey: 100, timesFace: 3 } as const;
/** Every eighth pixel of every eighth row tells enough. */
const STEP = 8;
/** Hair and ears lie between the detection box and what is behind the person, in widths and heights of the box. */
const HAIR = { beside: 0.25, above: 0.4 } as const;

/** Whether the light comes from behind a face of this mean grey. */
export function isLitFromBehind(picture: Picture, face: Box, grey: number): boolean {
  const behind = greyBehind(picture, face);
  return behind >= BEHIND.minGrey && behind >= BEHIND.timesFace * grey;
}

/** Mean grey 0…255 of what is seen beside and above a face; what is under it are clothes. 0 when nothing is. */
function greyBehind({ data, width, height, channels }: Picture, face: Box): number {
  const [left, right] = [face.x - HAIR.beside * face.width, face.x + (1 + HAIR.beside) * face.width];
  const top = face.y - HAIR.above * face.height;
  const bottom = Math.min(height, face.y + face.height);
  let [count, sum] = [0, 0];
  for (let y = 0; y < bottom; y += STEP) {
    for (let x = 0; x < width; x += STEP) {
      if (x >= left && x < right && y >= top) continue;
      const at = (y * width + x) * channels;
      const [red, green, blue] = [data[at] as number, data[at + (channels >> 1)] as number, data[at + channels - 1] as number];
      sum += 0.299 * red + 0.587 * green + 0.114 * blue;
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}
