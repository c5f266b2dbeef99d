import type { InferenceSession } from 'onnxruntime-node';
import { Tensor } from 'onnxruntime-node';
import { FACE_SIDE } from './align.ts';
import type { Picture } from './picture.ts';
import { type PlaneFormat, type Similarity, samplePlanes } from './sample.ts';

const INPUT: PlaneFormat = { width: FACE_SIDE, height: FACE_SIDE, planes: 3, mean: 127, divisor: 128 };

/**
 * The face's 512 numbers, of length 1. `map` leads from the aligned 112 × 112 grid to the picture.
 *
 * What is common to the faces at this counter is taken off first (`commonFace`, the mean of such templates): the network
 * saw few of them and puts them all on one side, so that strangers among them look alike to it.
 */
export async function embedFace(
  network: InferenceSession,
  picture: Picture,
  map: Similarity,
  commonFace: Float32Array,
): Promise<Float32Array> {
  const input = samplePlanes(picture, map, INPUT);
  const output = await network.run({ input: new Tensor('float32', input, [1, 3, FACE_SIDE, FACE_SIDE]) });
  input.fill(0);
  const raw = output['output']?.data as Float32Array;
  return apart(toLengthOne(raw), commonFace);
}

/** A template less the common one, of length 1 again. */
export function apart(template: Float32Array, commonFace: Float32Array): Float32Array {
  return toLengthOne(template.map((value, index) => value - (commonFace[index] as number)));
}

function toLengthOne(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** Cosine similarity −1…1 of two templates of length 1. */
export function similarity(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] as number), 0);
}
