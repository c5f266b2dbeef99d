import './no-telemetry.ts';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { failed, ok, type Result } from '../faults/result.ts';
import { COMMON_FACE, detectorModel, embeddingModel, landmarkModel, type Model } from './models.ts';

export type Networks = {
  readonly detector: InferenceSession;
  readonly landmarks: InferenceSession;
  readonly embedding: InferenceSession;
  /** See `embedFace`: what is taken off each template. */
  readonly commonFace: Float32Array;
};

/**
 * Loads the three networks, each from the very bytes whose hash was checked, with one thread each: more only fight
 * over the board's cores. Faults: FACE-403 when one is missing or is not the one expected.
 */
export async function loadNetworks(modelsDir: string): Promise<Result<Networks>> {
  const [detector, landmarks, embedding] = await Promise.all(
    [detectorModel, landmarkModel, embeddingModel].map((model) => loadNetwork(modelsDir, model)),
  );
  if (!detector?.ok) return detector ?? failed('FACE-403');
  if (!landmarks?.ok) return landmarks ?? failed('FACE-403');
  if (!embedding?.ok) return embedding ?? failed('FACE-403');
  return ok({ detector: detector.value, landmarks: landmarks.value, embedding: embedding.value, commonFace: COMMON_FACE });
}

async function loadNetwork(modelsDir: string, { id, file, sha256 }: Model): Promise<Result<InferenceSession>> {
  const bytes = await readFile(join(modelsDir, file)).catch(() => undefined);
  if (!bytes) return failed('FACE-403', `model ${id} is missing`);
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) return failed('FACE-403', `model ${id} is not the one pinned`);
  const errorsOnly = 3;
  return ok(await InferenceSession.create(bytes, { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: errorsOnly }));
}
