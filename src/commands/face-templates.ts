import { join } from 'node:path';
import type { FaceExaminer } from '../compose-face.ts';
import type { Pair } from './face-score-pairs.ts';

/** Each image is embedded once, when it is first needed, and its template wiped after its last use. */
export interface Templates {
  /** Absent where no face could be acquired. Counts as one of the image's uses, which `release` ends. */
  of(image: string): Promise<Float32Array | undefined>;
  release(image: string): void;
}

/**
 * @param pairs everything that will be asked for
 * @param onFailure told once of each image without a face
 */
export function createTemplates(
  examiner: FaceExaminer,
  root: string,
  pairs: readonly Pair[],
  onFailure: (image: string, why: string) => void,
): Templates {
  const usesLeft = new Map<string, number>();
  for (const image of pairs.flatMap(({ a, b }) => [a, b])) usesLeft.set(image, (usesLeft.get(image) ?? 0) + 1);
  const templates = new Map<string, Float32Array | undefined>();
  return {
    async of(image) {
      if (templates.has(image)) return templates.get(image);
      const seen = await examiner.examine(join(root, image));
      if (!seen.ok) onFailure(image, seen.fault.detail ?? seen.fault.code);
      const template = seen.ok ? seen.value.template : undefined;
      templates.set(image, template);
      return template;
    },
    release(image) {
      const left = (usesLeft.get(image) ?? 0) - 1;
      usesLeft.set(image, left);
      if (left > 0) return;
      templates.get(image)?.fill(0);
      templates.delete(image);
    },
  };
}
