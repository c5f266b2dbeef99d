import type { FacePort } from '../reception/ports.ts';
import { type FaceSessionOptions, openFaceSession } from './face-session.ts';
import { type FaceWorkerOptions, startFaceWorker } from './worker-host.ts';

export type FacePortOptions = FaceWorkerOptions & FaceSessionOptions;

/** Face matching in a worker thread of its own, which starts at once. `close` ends the thread. */
export function createFacePort(options: FacePortOptions): FacePort & { close(): Promise<void> } {
  const worker = startFaceWorker(options);
  return {
    ready: (signal) => worker.ready(signal),
    open: () => openFaceSession(worker, options),
    close: () => worker.close(),
  };
}
