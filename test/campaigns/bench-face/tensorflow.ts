/**
 * What the other libraries run on: TensorFlow.js with its WebAssembly backend. It is some 300 MB that nothing else here
 * needs, so it is installed for this benchmark alone, into build/peers.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Picture } from '../../../src/face/picture.ts';

const VERSION = '4.22.0';
const FOLDER = join(import.meta.dirname, '../../../build/peers');
const MODULES = join(FOLDER, 'node_modules');
const WASM_BACKEND = '@tensorflow/tfjs-backend-wasm';
const INSTALL_LIMIT_MS = 10 * 60_000;

/** Whether it is there now. Says on standard error what it does. */
export async function installTensorflow(): Promise<boolean> {
  if (existsSync(join(MODULES, WASM_BACKEND, 'dist'))) return true;
  process.stderr.write(`TensorFlow.js ${VERSION} for the other libraries: installing into build/peers (once)\n`);
  mkdirSync(FOLDER, { recursive: true });
  const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-save', '--loglevel=error'];
  const words = ['install', '--prefix', FOLDER, ...quietly, `@tensorflow/tfjs@${VERSION}`, `${WASM_BACKEND}@${VERSION}`];
  const npm = spawn('npm', words, { stdio: ['ignore', 'ignore', 'inherit'], timeout: INSTALL_LIMIT_MS });
  await Promise.race([once(npm, 'exit'), once(npm, 'error')]).catch(() => {});
  return npm.exitCode === 0;
}

/** The environment in which the other libraries find it: they are CommonJS, which looks there last. */
export const tensorflowEnvironment = { NODE_PATH: MODULES };

/** Says to the backend where its files lie: it would look in the folder that the process was started in. */
export function useWasm() {
  const require = createRequire(import.meta.url);
  const wasmPath = `${dirname(require.resolve(WASM_BACKEND))}/`;
  require(WASM_BACKEND).setWasmPaths(wasmPath);
  return { require, wasmPath, folderOf: (name: string) => join(import.meta.dirname, '../../../node_modules', name) };
}

/** Grey is repeated: the other libraries take colour only. */
export function rgbOf({ data, channels }: Picture): Uint8Array {
  if (channels === 3) return data;
  return Uint8Array.from({ length: data.length * 3 }, (_, index) => data[Math.floor(index / 3)] as number);
}
