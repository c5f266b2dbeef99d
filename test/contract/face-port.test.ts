import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { faceOnSimulatedTime } from '../face/fixtures.ts';
import { facePortContract } from './face-port.ts';

facePortContract('the worker with its models', () => {
  const workers: Worker[] = [];
  const { face, clock } = faceOnSimulatedTime({
    spawn(workerData) {
      const worker = new Worker(new URL('../../src/face/worker.ts', import.meta.url), { workerData });
      workers.push(worker);
      return worker;
    },
  });
  return {
    face,
    clock,
    async kill() {
      // Terminated in the middle of native work, a thread takes the whole process with it.
      const worker = workers.at(-1) as Worker;
      worker.postMessage({ job: 'end' });
      await once(worker, 'exit');
    },
  };
});
