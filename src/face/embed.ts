import { Tensor } from 'onnxruntime-node';
import { FACE_SIDE } from './align.ts';
import { COMMON_SHARE, type EmbeddingModel } from './models.ts';
import type { Embedder, Networks } from './networks.ts';
import type { Picture } from './picture.ts';
import { samplePlanes } from './sample.ts';
import type { Similarity } from './similarity-map.ts';

/** What `fuse` needs to know of the model that gave a part. */
export type Part = Pick<EmbeddingModel, 'weight' | 'commonFace'>;

/**
 * The face's template: 704 numbers, of length 1 together. `map` leads from the aligned 112 × 112 grid to the picture.
 */
export async function embedFace(networks: Networks, picture: Picture, map: Similarity): Promise<Float32Array> {
  const parts = await embedInParts(networks, picture, map);
  const template = fuse(
    parts,
    networks.embedders.map(({ model }) => model),
  );
  for (const part of parts) part.fill(0);
  return template;
}

/** What each embedding network says of the face, each of length 1. */
export async function embedInParts({ embedders }: Networks, picture: Picture, map: Similarity): Promise<readonly Float32Array[]> {
  const parts: Float32Array[] = [];
  for (const embedder of embedders) parts.push(await embedWith(embedder, picture, map));
  return parts;
}

async function embedWith({ model, session }: Embedder, picture: Picture, map: Similarity): Promise<Float32Array> {
  const { mean, divisor } = model;
  const input = samplePlanes(picture, map, { width: FACE_SIDE, height: FACE_SIDE, planes: 3, mean, divisor });
  const output = await session.run({ input: new Tensor('float32', input, [1, 3, FACE_SIDE, FACE_SIDE]) });
  input.fill(0);
  const part = output['output']?.data as Float32Array;
  makeLengthOne(part);
  return part;
}

/**
 * One template of several: each less its common face, then side by side, with lengths that give each network its weight
 * in the score.
 *
 * The common face is the mean of the people at this counter. The networks saw few like them and put them all on one
 * side, so that strangers among them look alike.
 */
export function fuse(parts: readonly Float32Array[], models: readonly Part[], commonShare = COMMON_SHARE): Float32Array {
  const template = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const [index, part] of parts.entries()) {
    const { weight, commonFace } = models[index] as Part;
    const scale = Math.sqrt(weight);
    for (const [at, value] of part.entries()) template[end++] = scale * (value - commonShare * (commonFace[at] as number));
  }
  makeLengthOne(template);
  return template;
}

/** In place: a copy would have to be wiped. */
function makeLengthOne(vector: Float32Array): void {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  for (const [at, value] of vector.entries()) vector[at] = value / length;
}

/** Cosine similarity −1…1 of two templates of length 1. */
export function similarity(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] as number), 0);
}
