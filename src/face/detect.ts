import type { InferenceSession } from 'onnxruntime-node';
import { Tensor } from 'onnxruntime-node';
import { type Box, overlap, type Picture } from './picture.ts';
import type { PlaneFormat } from './pixel.ts';
import { samplePlanes } from './sample.ts';
import { fitInside, type Similarity } from './similarity-map.ts';

export type Detection = { readonly box: Box /** 0…1 */; readonly score: number };

/** Below this a finding is not a face: at .3 a poster or a patterned blouse passes now and then. */
const MIN_SCORE = 0.5;
/** Findings that share more than this are one face. */
const SAME_FACE = 0.4;
const INPUT: PlaneFormat = { width: 320, height: 240, planes: 3, mean: 127, divisor: 128 };

/**
 * Every face in the picture, best score first; an empty list when there is none.
 *
 * The network gives 4,420 candidates: `scores` as pairs (background, face), `boxes` as corners
 * (left, top, right, bottom) in parts of the input's width and height.
 */
export async function detectFaces(detector: InferenceSession, picture: Picture): Promise<readonly Detection[]> {
  const map = fitInside(picture, INPUT.width, INPUT.height);
  const input = samplePlanes(picture, map, INPUT);
  const output = await detector.run({ input: new Tensor('float32', input, [1, 3, INPUT.height, INPUT.width]) });
  input.fill(0);
  const [scores, corners] = [output['scores']?.data as Float32Array, output['boxes']?.data as Float32Array];
  const found = candidates(scores, corners, map);
  scores.fill(0);
  corners.fill(0);
  return separate(found);
}

function candidates(scores: Float32Array, corners: Float32Array, map: Similarity): Detection[] {
  const found: Detection[] = [];
  for (let index = 0; index * 2 < scores.length; index++) {
    const score = scores[index * 2 + 1] as number;
    if (score < MIN_SCORE) continue;
    const [left = 0, top = 0, right = 0, bottom = 0] = corners.subarray(index * 4, index * 4 + 4);
    const box = {
      x: map.a * left * INPUT.width + map.tx,
      y: map.a * top * INPUT.height + map.ty,
      width: map.a * (right - left) * INPUT.width,
      height: map.a * (bottom - top) * INPUT.height,
    };
    if (box.width > 0 && box.height > 0) found.push({ box, score });
  }
  return found.sort((a, b) => b.score - a.score);
}

/** Keeps the best of each heap of overlapping findings. */
function separate(sorted: readonly Detection[]): readonly Detection[] {
  const kept: Detection[] = [];
  for (const finding of sorted) {
    if (kept.every((better) => overlap(better.box, finding.box) < SAME_FACE)) kept.push(finding);
  }
  return kept;
}
