import { EventEmitter } from 'node:events';
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
  const before = { pin: { at: 'absent' }, carrier: 'card', face: false, visual: false, faceAttempts: 0, hurry: false } as const;
  const reception = { id: 'r', ...before };
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

test('a worker that cannot start is tried again ever more rarely, its reason is told, and one that starts begins anew', async () => {
  const clock = createSimulatedClock();
  const startedAt: number[] = [];
  let canStart = false;
  let last = new EventEmitter();
  const spawn = () => {
    const thread = Object.assign(new EventEmitter(), { postMessage: () => thread.emit('exit', 0) });
    startedAt.push(clock.now());
    last = thread;
    queueMicrotask(() => {
      if (canStart) return thread.emit('message', { type: 'ready', result: { ok: true, value: undefined } });
      thread.emit('error', new Error('Cannot find package\nlooked for here and there'));
      return thread.emit('exit', 1);
    });
    return thread as unknown as Worker;
  };
  const worker = startFaceWorker({ modelsDir, clock, spawn });
  const why = { ok: false, fault: { code: 'FACE-406', detail: 'the worker ended (Cannot find package)' } };
  expect(await settled(clock, worker.ready(never))).toEqual(why);
  await clock.advance(300_000);
  const pauses = startedAt.slice(1).map((at, index) => (at - (startedAt[index] ?? 0)) / 1_000);
  expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);

  canStart = true;
  await clock.advance(60_000);
  expect(await settled(clock, worker.ready(never))).toMatchObject({ ok: true });
  last.emit('exit', 1);
  const endedAt = clock.now();
  await clock.advance(5_000);
  expect(startedAt.at(-1)).toBe(endedAt + 1_000);
  await settled(clock, worker.close());
});
