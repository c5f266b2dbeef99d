import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Contender } from './contender.ts';
import type { Tensors } from './face-api.ts';
import { rgbOf, useWasm } from './tensorflow.ts';

type Human = {
  readonly tf: Tensors;
  load(): Promise<void>;
  detect(tensor: unknown): Promise<{ readonly face: readonly { readonly embedding?: readonly number[] }[] }>;
};
type Package = { readonly Human: new (config: object) => Human };

const off = { enabled: false };

/** @vladmandic/human with what recognition needs: detector with rotation, mesh, description. Everything else is off. */
export async function loadHuman(): Promise<Contender> {
  const { folderOf, wasmPath } = useWasm();
  fetchFromDisk();
  const folder = folderOf('@vladmandic/human');
  const { Human } = createRequire(import.meta.url)(join(folder, 'dist/human.node-wasm.js')) as Package;
  const human = new Human({
    backend: 'wasm',
    wasmPath,
    modelBasePath: pathToFileURL(join(folder, 'models/')).href,
    debug: false,
    cacheSensitivity: 0,
    filter: off,
    gesture: off,
    body: off,
    hand: off,
    object: off,
    segmentation: off,
    face: {
      enabled: true,
      detector: { rotation: true, maxDetected: 1 },
      mesh: { enabled: true },
      description: { enabled: true },
      iris: off,
      attention: off,
      emotion: off,
      antispoof: off,
      liveness: off,
    },
  });
  await human.load();
  return {
    async embed(picture) {
      const tensor = human.tf.tensor3d(rgbOf(picture), [picture.height, picture.width, 3], 'int32');
      const { face } = await human.detect(tensor);
      tensor.dispose();
      const embedding = face[0]?.embedding;
      return embedding?.length ? Float32Array.from(embedding) : undefined;
    },
  };
}

/** The library fetches its models, and Node fetches no files. */
function fetchFromDisk(): void {
  globalThis.fetch = async (input) => new Response(await readFile(fileURLToPath(String(input))));
}
