import { FACE_SIDE } from './align.ts';
import type { Picture } from './picture.ts';
import type { PlaneFormat } from './pixel.ts';
import { samplePlanes } from './sample.ts';
import type { Similarity } from './similarity-map.ts';

/** A part of the aligned grid; right and bottom are just outside. */
export type Part = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

const FORMAT: PlaneFormat = { width: FACE_SIDE, height: FACE_SIDE, planes: 1, mean: 0, divisor: 1 };

/** The aligned face in grey, 0…255, 112 × 112; to be wiped by the caller. */
export function greyGrid(picture: Picture, map: Similarity): Float32Array {
  return samplePlanes(picture, map, FORMAT);
}

/** Mean and standard deviation of a part. */
export function spreadOf(
  grid: Float32Array,
  { left, top, right, bottom }: Part,
): { readonly mean: number; readonly deviation: number } {
  let [count, sum, squares] = [0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const value = grid[y * FACE_SIDE + x] as number;
      count++;
      sum += value;
      squares += value * value;
    }
  }
  const mean = sum / count;
  return { mean, deviation: Math.sqrt(Math.max(squares / count - mean * mean, 0)) };
}
