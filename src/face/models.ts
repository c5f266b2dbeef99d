/**
 * The face models, in one place: where each comes from, what is stated of it and what is not known, how its input is
 * made, and the operating point. Another embedding model is put in here and calibrated anew; nothing else changes.
 */
import pins from '../setup/models.json' with { type: 'json' };
import commonFace from './common-face.json' with { type: 'json' };

type ModelId = keyof typeof pins.models;

export type Model = {
  readonly id: ModelId;
  /** In the models folder. */
  readonly file: string;
  /** Of that file, after set-up has cleaned it. */
  readonly sha256: string;
  readonly source: string;
  readonly licence: string;
  readonly unknown: string;
  readonly input: string;
  readonly output: string;
};

const source = `npm ${pins.package.name}@${pins.package.version}`;
const licence = 'MIT, in a licence file that names another author than the package does: to be cleared before sale';

export const detectorModel: Model = {
  id: 'fr_detect',
  file: 'fr_detect.onnx',
  sha256: pins.models.fr_detect.sha256,
  source,
  licence,
  unknown: 'training data; its shape is that of the public Ultra-Light RFB-320 detector',
  input: 'input 1×3×240×320: RGB planes, (pixel − 127) / 128, sides kept in proportion',
  output: 'scores 1×4420×2, boxes 1×4420×4 (corners in parts of the input)',
};

export const landmarkModel: Model = {
  id: 'fr_landmark',
  file: 'fr_landmark.onnx',
  sha256: pins.models.fr_landmark.sha256,
  source,
  licence,
  unknown: 'training data',
  input: 'input 1×1×64×64: grey, pixel / 256, a square crop of the face',
  output: 'output 1×136: 68 points x, y in parts of the crop',
};

export const embeddingModel: Model = {
  id: 'fr_feature',
  file: 'fr_feature.onnx',
  sha256: pins.models.fr_feature.sha256,
  source: `${source}, weights below 1e-20 set to zero at set-up (176,911 of them; seven times faster)`,
  licence,
  unknown: 'training data; its shape is that of MobileFaceNet',
  input: 'input 1×3×112×112: RGB planes, (pixel − 127) / 128, aligned to the ArcFace template',
  output: 'output 1×512, brought to length 1',
};

/**
 * The mean template of the faces at this counter (512 numbers; a template's own length is 1), made by the command below
 * from half of the people, each counted once: nobody's face, and of one embedding model only.
 */
export const COMMON_FACE = Float32Array.from(commonFace.mean);

/**
 * The operating point: two faces whose cosine similarity, the common face taken off, reaches this match.
 *
 * Chosen for a false match rate of 1e-3 among East Asian faces, who here are the people at the counter. Measured by
 * `node test/campaigns/face-calibrate.ts` on 135 photographs of 58 East Asian people, chosen by name, and on 1,413 of
 * all origins, one side always as a grey JPEG 2000 of 240 × 320. The common face is of half of the people; the threshold
 * is that of all East Asian ones, since half of them are too few for it. Rates with their 95 % intervals:
 *
 *                             false matches                        false non-matches
 *   East Asian, other half    0 of 3,708 (≤ 1.0e-3)                1 of 198 (0.1…2.8 %)
 *   East Asian, everyone      17 of 17,638 (0.6e-3…1.5e-3)         11 of 452 (1.4…4.3 %)
 *   all origins, other half   314 of 536,946 (5.2e-4…6.5e-4)       85 of 2,544 (2.7…4.1 %)
 *
 * With the common face left in, the threshold for the same rate among East Asian faces was .476, and 9.3 % (8.2…10.5)
 * of the genuine pairs of all origins were missed; at the threshold for all origins (.334) the false match rate among
 * East Asian faces was 2.0e-2.
 */
export const MATCH_THRESHOLD = 0.416;
