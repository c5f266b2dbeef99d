import type { FacePort } from '../reception/ports.ts';
import { openFaceSession } from './face-session.ts';
import { type FaceWorkerOptions, startFaceWorker } from './worker-host.ts';

/** Face matching in a worker thread of its own, which starts at once. `close` ends the thread. */
export function createFacePort(options: FaceWorkerOptions): FacePort & { close(): Promise<void> } {
  const worker = startFaceWorker(options);
  return {
    ready: (signal) => worker.ready(signal),
    open: () => openFaceSession(worker, options.clock),
    close: () => worker.close(),
  };
}
