/** How the store stands, for a self-test: looked at in a thread of its own, since SQLite and a long chain stop whoever waits. */
import { Worker } from 'node:worker_threads';
import { failed, type Result } from '../faults/result.ts';

export type StoreLook = {
  readonly path: string;
  /** `database`: whether its pages hang together (PRAGMA quick_check). `audit`: whether the newest entries follow one another. */
  readonly at: 'database' | 'audit';
};

/** Value: what is there, for a technician. Fault: REC-701, with what is wrong as its detail. */
export async function lookAtStore(look: StoreLook, signal: AbortSignal): Promise<Result<string>> {
  const worker = new Worker(new URL('./store-look-worker.ts', import.meta.url), { workerData: look, name: 'store-look' });
  const said = Promise.withResolvers<Result<string>>();
  const stop = () => said.resolve(failed('REC-701', 'the store did not answer in time'));
  worker.once('message', said.resolve);
  worker.once('error', said.reject);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await said.promise;
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}
