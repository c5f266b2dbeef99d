/**
 * From the first good frame to the decision, through the face port and on real time: the portrait's bytes and the first
 * frame come at the same moment, which is the worst case. What the main thread meanwhile waits is measured too.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { framesOf } from '../../../src/bench/faces/persona-faces.ts';
import { pause, systemClock } from '../../../src/clock.ts';
import { createFacePort } from '../../../src/face/face-port.ts';
import type { Frame } from '../../../src/reception/ports.ts';
import { PEOPLE, portraitJp2 } from './pictures.ts';
import { answerQuestions } from './process.ts';
import { type Spread, spreadOf, tenth } from './spread.ts';

export type Decisions = {
  /** The first decision of a fresh process, at 10 frames a second. */
  readonly firstMs: number;
  readonly at10FramesASecond: Spread;
  readonly framesAtOnce: Spread;
  /** Between two turns of the main thread's loop while it compares, less the 1 ms that it is asked every. */
  readonly mainThreadDelay: { readonly p99: number; readonly max: number };
  readonly rssMB: number;
};

const ASKED_EVERY_MS = 1;
const never = new AbortController().signal;

const modelsDir = join(import.meta.dirname, '../../../build/models');
const face = createFacePort({ modelsDir, clock: systemClock, challenge: 'none', random: randomBytes });

answerQuestions(async ({ rounds }: { rounds: number }): Promise<Decisions> => {
  await face.ready(never);
  const portraits = new Map(await Promise.all(PEOPLE.map(async (id) => [id, await portraitJp2(id)] as const)));
  const pictures = new Map(await Promise.all(PEOPLE.map(async (id) => [id, await framesOf(id)] as const)));
  const decide = (id: string, fps: number) => decisionMs(portraits.get(id) ?? new Uint8Array(), pictures.get(id) ?? [], fps);
  const delay = monitorEventLoopDelay({ resolution: ASKED_EVERY_MS });
  delay.enable();
  const firstMs = await decide('a', 10);
  const [paced, atOnce]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    for (const id of PEOPLE) {
      paced.push(await decide(id, 10));
      atOnce.push(await decide(id, Number.POSITIVE_INFINITY));
    }
  }
  delay.disable();
  const beyond = (nanoseconds: number) => tenth(Math.max(0, nanoseconds / 1e6 - ASKED_EVERY_MS));
  return {
    firstMs: tenth(firstMs),
    at10FramesASecond: spreadOf(paced),
    framesAtOnce: spreadOf(atOnce),
    mainThreadDelay: { p99: beyond(delay.percentile(99)), max: beyond(delay.max) },
    rssMB: Math.round(process.memoryUsage.rss() / 1e6),
  };
});

async function decisionMs(portrait: Uint8Array, pictures: readonly Uint8Array[], fps: number): Promise<number> {
  const session = face.open();
  const from = performance.now();
  const enrolled = session.enrol(Uint8Array.from(portrait), never);
  const decided = await session.match(play(pictures, fps), () => {}, never);
  const ms = performance.now() - from;
  await enrolled;
  session.close();
  if (!decided.ok || !decided.value.matched) throw new Error(`a persona does not match itself: ${JSON.stringify(decided)}`);
  return ms;
}

async function* play(pictures: readonly Uint8Array[], fps: number): AsyncGenerator<Frame> {
  const startedAt = systemClock.now();
  for (const [sequence, jpeg] of pictures.entries()) {
    const dueAt = startedAt + (sequence * 1000) / fps;
    const early = dueAt - systemClock.now();
    if (early > 0) await pause(systemClock, early);
    yield { jpeg: Uint8Array.from(jpeg), atMs: systemClock.now(), sequence };
  }
}
