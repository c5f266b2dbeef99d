import './no-telemetry.ts';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { failed, ok, type Result } from '../faults/result.ts';
import { detectorModel, type EmbeddingModel, embeddingModels, landmarkModel, type Model } from './models.ts';

export type Embedder = { readonly model: EmbeddingModel; readonly session: InferenceSession };

export type Networks = {
  readonly detector: InferenceSession;
  readonly landmarks: InferenceSession;
  /** At least one. */
  readonly embedders: readonly Embedder[];
};

/**
 * Loads the networks, each from the very bytes whose hash was checked, with one thread each: more only fight over the
 * board's cores. Faults: FACE-403 when one is missing or is not the one expected.
 */
export async function loadNetworks(modelsDir: string): Promise<Result<Networks>> {
  const models: readonly Model[] = [detectorModel, landmarkModel, ...embeddingModels];
  const loaded = await Promise.all(models.map((model) => loadNetwork(modelsDir, model)));
  const sessions: InferenceSession[] = [];
  for (const network of loaded) {
    if (!network.ok) return network;
    sessions.push(network.value);
  }
  const [detector, landmarks, ...embedding] = sessions;
  if (!detector || !landmarks) throw new Error('a network is not in the list');
  return ok({
    detector,
    landmarks,
    embedders: embeddingModels.map((model, index) => ({ model, session: embedding[index] as InferenceSession })),
  });
}

async function loadNetwork(modelsDir: string, { id, file, sha256 }: Model): Promise<Result<InferenceSession>> {
  const bytes = await readFile(join(modelsDir, file)).catch(() => undefined);
  if (!bytes) return failed('FACE-403', `model ${id} is missing`);
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) return failed('FACE-403', `model ${id} is not the one pinned`);
  const errorsOnly = 3;
  return ok(await InferenceSession.create(bytes, { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: errorsOnly }));
}
