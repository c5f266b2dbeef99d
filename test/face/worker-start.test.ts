import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { startFaceWorker } from '../../src/face/worker-host.ts';
import { boundOf } from '../../src/reception/bounds.ts';
import { createSimulatedClock } from '../simulated-clock.ts';
import { faceOnSimulatedTime, modelsDir, never, settled } from './fixtures.ts';

const neverReady = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', ({ job }) => job === 'end' && process.exit());
`;

test('a worker that never gets ready is told of before the reading of a card is given up', async () => {
  const { clock, face } = faceOnSimulatedTime({ hold: undefined, spawn: () => new Worker(neverReady, { eval: true }) });
  const reception = { id: 'r', pin: { at: 'absent' }, face: false, faceAttempts: 0 } as const;
  const from = clock.now();
  expect(await settled(clock, face.ready(never))).toMatchObject({ ok: false, fault: { code: 'FACE-406' } });
  expect(clock.now() - from).toBeLessThan(boundOf({ at: 'reading', reception })?.ms ?? 0);
});

test('a picture that no worker takes is wiped all the same', async () => {
  const clock = createSimulatedClock();
  const worker = startFaceWorker({ modelsDir, clock, spawn: () => new Worker(neverReady, { eval: true }) });
  const picture = Uint8Array.from({ length: 100 }, () => 7);
  expect(await settled(clock, worker.look({ job: 'portrait', bytes: picture }, never))).toMatchObject({ ok: false });
  expect(picture).toEqual(new Uint8Array(100));
  await worker.close();
});
