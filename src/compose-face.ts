/** Face matching without a reception, for technicians: pictures from files, in this thread. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { systemClock } from './clock.ts';
import { loadFileDecoder, MAX_FILE_BYTES } from './face/decode-file.ts';
import { similarity } from './face/embed.ts';
import { type Examination, examineFace } from './face/examine.ts';
import { detectorModel, EMBEDDING_ID, landmarkModel, MATCH_THRESHOLD } from './face/models.ts';
import { loadNetworks } from './face/networks.ts';
import { warmUp } from './face/warm-up.ts';
import { failed, ok, type Result } from './faults/result.ts';

export type { Examination };

export type FaceExaminer = {
  /** From this score on two faces match, at the counter as here. */
  readonly threshold: number;
  readonly models: { readonly detector: string; readonly landmarks: string; readonly embedding: string };
  /** Faults: FACE-402 for a file that cannot be read or decoded, or shows no face. */
  examine(path: string): Promise<Result<Examination>>;
  /** Cosine similarity −1…1. */
  similarity(a: Float32Array, b: Float32Array): number;
};

/** Loads the models and runs them once, as the reader does before its first reception. Faults: FACE-403. */
export async function composeFaceExaminer(): Promise<Result<FaceExaminer>> {
  const [networks, decode] = await Promise.all([loadNetworks('build/models'), loadFileDecoder()]);
  if (!networks.ok) return networks;
  await warmUp(networks.value);
  return ok({
    threshold: MATCH_THRESHOLD,
    models: { detector: detectorModel.id, landmarks: landmarkModel.id, embedding: EMBEDDING_ID },
    async examine(path) {
      const bytes = await readPicture(path);
      if (!bytes.ok) return bytes;
      const examination = await examineFace(networks.value, decode, bytes.value, systemClock);
      bytes.value.fill(0);
      return examination;
    },
    similarity,
  });
}

/** The file's bytes, unless there are more than a picture has. */
async function readPicture(path: string): Promise<Result<Uint8Array>> {
  let file: FileHandle | undefined;
  try {
    // Without O_NONBLOCK opening a FIFO that nobody writes to would never return.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const about = await file.stat();
    if (!about.isFile()) return failed('FACE-402', 'not a file');
    if (about.size > MAX_FILE_BYTES) return failed('FACE-402', 'more than 20 MB');
    return ok(await file.readFile());
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return failed('FACE-402', code === 'ENOENT' ? 'there is no such file' : `the file cannot be read (${code})`);
  } finally {
    await file?.close();
  }
}
