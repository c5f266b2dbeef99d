/**
 * The face models, in one place: where each comes from, what is stated of it and what is not known, how its input is
 * made, and the operating point. Another embedding model is put in here and calibrated anew; nothing else changes.
 * README.md beside this file has the figures.
 */
import pins from '../setup/models.json' with { type: 'json' };
import commonFace from './common-face.json' with { type: 'json' };

type ModelId = keyof typeof pins.models;

export type Model = {
  readonly id: ModelId;
  /** In the models folder. */
  readonly file: string;
  /** Of that file, after set-up has cleaned or converted it. */
  readonly sha256: string;
  readonly source: string;
  readonly licence: string;
  readonly unknown: string;
  readonly input: string;
  readonly output: string;
};

export type EmbeddingModel = Model & {
  /** Each value of the input is (pixel − mean) / divisor. */
  readonly mean: number;
  readonly divisor: number;
  /** How many numbers it gives. */
  readonly size: number;
  /** Its part in the score; the parts of all sum to 1. */
  readonly weight: number;
  /** What is common to the faces at this counter, in its own numbers: see `fuse`. */
  readonly commonFace: Float32Array;
};

export const detectorModel: Model = {
  ...pinned('fr_detect'),
  unknown: 'training data; its shape is that of the public Ultra-Light RFB-320 detector',
  input: 'input 1×3×240×320: RGB planes, (pixel − 127) / 128, sides kept in proportion',
  output: 'scores 1×4420×2, boxes 1×4420×4 (corners in parts of the input)',
};

export const landmarkModel: Model = {
  ...pinned('fr_landmark'),
  unknown: 'training data',
  input: 'input 1×1×64×64: grey, pixel / 256, a square crop of the face',
  output: 'output 1×136: 68 points x, y in parts of the crop',
};

/** Both see the same aligned face; where one errs the other often does not. */
export const embeddingModels: readonly EmbeddingModel[] = [
  {
    ...pinned('fr_feature'),
    unknown: 'training data; its shape is that of MobileFaceNet',
    input: 'input 1×3×112×112: RGB planes, aligned to the ArcFace template',
    output: 'output 1×512',
    mean: 127,
    divisor: 128,
    size: 512,
    weight: 0.6,
    commonFace: commonFaceOf('fr_feature'),
  },
  {
    ...pinned('mobilefacenet'),
    unknown: 'author and training data; it looks like the MobileFaceNet of a public Android port',
    input: 'input 1×3×112×112: RGB planes, aligned to the ArcFace template',
    output: 'output 1×192',
    mean: 127.5,
    divisor: 128,
    size: 192,
    weight: 0.4,
    commonFace: commonFaceOf('mobilefacenet'),
  },
];

/** Names the embedding models together, for the record. */
export const EMBEDDING_ID = embeddingModels.map(({ id }) => id).join('+');

/**
 * How much of the common face is taken off. With 1 the false match rate of faces of other origins is less than half of
 * that of East Asian ones at any threshold; with this the two are alike.
 */
export const COMMON_SHARE = 1.25;

/**
 * The operating point: two faces whose cosine similarity reaches this match. Chosen for a false match rate of 1e-3 among
 * East Asian faces, who here are the people at the counter; `npm run -s face:calibrate` measures it.
 */
export const MATCH_THRESHOLD = 0.475;

function pinned(id: ModelId): Pick<Model, 'id' | 'file' | 'sha256' | 'source' | 'licence'> {
  const pin = pins.models[id];
  const from = pins.packages.find(({ name }) => name === pin.package);
  if (!from) throw new Error(`models.json names no package ${pin.package}`);
  return { id, file: `${id}.onnx`, sha256: pin.sha256, source: `npm ${from.name}@${from.version}`, licence: from.licence };
}

/** One made with another model is not used; an empty one makes every score NaN, which matches nobody. */
function commonFaceOf(id: ModelId): Float32Array {
  const face = commonFace.faces.find(({ model, sha256 }) => model === id && sha256 === pins.models[id].sha256);
  return Float32Array.from(face?.mean ?? []);
}
