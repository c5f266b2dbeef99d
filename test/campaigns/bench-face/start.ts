/** From nothing to ready, in a process that has done nothing else: the worker thread's start, as the reader sees it. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { systemClock } from '../../../src/clock.ts';
import { createFacePort } from '../../../src/face/face-port.ts';
import { answerQuestions } from './process.ts';

export type Start = { readonly readyMs: number; readonly rssMB: number };

answerQuestions(async (): Promise<Start> => {
  const from = performance.now();
  const modelsDir = join(import.meta.dirname, '../../../build/models');
  const face = createFacePort({ modelsDir, clock: systemClock, challenge: 'none', random: randomBytes });
  const ready = await face.ready(new AbortController().signal);
  if (!ready.ok) throw new Error(`the face models are not ready: ${ready.fault.detail}`);
  return { readyMs: performance.now() - from, rssMB: Math.round(process.memoryUsage.rss() / 1e6) };
});
