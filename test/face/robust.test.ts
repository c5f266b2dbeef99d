/**
 * Whatever bytes come, every decoder and the whole worker answer with a Result, in bounded time, and keep no memory.
 */
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { loadFileDecoder } from '../../src/face/decode-file.ts';
import { decodeFrame } from '../../src/face/decode-frame.ts';
import { loadPortraitDecoder } from '../../src/face/decode-portrait.ts';
import { similarity } from '../../src/face/embed.ts';
import { MATCH_THRESHOLD } from '../../src/face/models.ts';
import { startFaceWorker } from '../../src/face/worker-host.ts';
import { failed, type Result } from '../../src/faults/result.ts';
import { modelsDir, never, portraitJp2Of } from './fixtures.ts';
import { cuts, hostileFiles, wholeFaces } from './picture-files.ts';

/** Of one answer, on a busy machine, the worker’s loading of its models included. */
const BOUND_MS = 20_000;
/** Allocators and the garbage collector keep some for a while; a leak of one small frame each time would be twice this. */
const MAX_GROWTH_BYTES = 150_000_000;

const worker = startFaceWorker({ modelsDir, clock: systemClock });
afterAll(() => worker.close());
const decodePortrait = await loadPortraitDecoder();
const decodeFile = await loadFileDecoder();

const [faces, hostile] = [await wholeFaces(), await hostileFiles()];
const upright = faces.find(([name]) => name === 'a JPEG')?.[1] ?? new Uint8Array();

const takers: Readonly<Record<string, (bytes: Uint8Array) => Promise<Result<unknown>>>> = {
  'as a frame': decodeFrame,
  'as a portrait': async (bytes) => decodePortrait(bytes),
  'as a file': decodeFile,
  'as a frame, by the worker': (bytes) => worker.look({ job: 'frame', bytes: Uint8Array.from(bytes) }, never),
  'as a portrait, by the worker': (bytes) => worker.look({ job: 'portrait', bytes: Uint8Array.from(bytes) }, never),
};

/** What became of the bytes: `ok`, or the fault's code. */
async function taken(take: (bytes: Uint8Array) => Promise<Result<unknown>>, bytes: Uint8Array): Promise<string> {
  const startedAt = performance.now();
  const limit = AbortSignal.timeout(2 * BOUND_MS);
  const late = new Promise<Result<unknown>>((resolve) => {
    limit.addEventListener('abort', () => resolve(failed('FACE-406', 'no answer')));
  });
  const result = await Promise.race([take(bytes), late]);
  expect(performance.now() - startedAt).toBeLessThan(BOUND_MS);
  return result.ok ? 'ok' : result.fault.code;
}

const allowed = ['ok', 'FACE-402', 'FACE-404'];

describe.each(Object.entries(takers))('taken %s', (name, take) => {
  const isWorker = name.includes('worker');

  test('what is no picture is refused', async () => {
    for (const [what, bytes] of hostile) expect(`${what}: ${await taken(take, bytes)}`).toMatch(/: FACE-40[24]$/);
  });

  test('a picture of any format is taken or refused', async () => {
    for (const [, bytes] of faces) expect(allowed).toContain(await taken(take, bytes));
  });

  test.each(faces)('%s, cut short anywhere, is refused, or whole enough to be taken', async (_, bytes) => {
    const pieces = cuts(bytes, Math.ceil(bytes.length / (isWorker ? 10 : 50)));
    for (const piece of pieces) expect(allowed).toContain(await taken(take, piece));
  });

  test.each(faces)('%s with flipped bytes is taken or refused', async (_, bytes) => {
    const flips = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 9 });
    const header = fc.array(fc.tuple(fc.nat(Math.min(200, bytes.length - 1)), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(flips, header), async (changes) => {
        const file = Uint8Array.from(bytes);
        for (const [at, bits] of changes) file[at] = (file[at] ?? 0) ^ bits;
        expect(allowed).toContain(await taken(take, file));
      }),
      { numRuns: isWorker ? 6 : 20, seed: 4, endOnFailure: true },
    );
  });

  test('nothing of it stays in memory', async () => {
    const files = [...hostile, ...faces].map(([, bytes]) => bytes);
    const round = async () => {
      for (const bytes of files) {
        await taken(take, bytes);
        await taken(take, bytes.subarray(0, bytes.length * 0.7));
      }
    };
    for (let warm = 0; warm < 3; warm++) await round();
    const before = process.memoryUsage.rss();
    for (let more = 0; more < 6; more++) await round();
    expect(process.memoryUsage.rss() - before).toBeLessThan(MAX_GROWTH_BYTES);
  });
});

describe('the worker', () => {
  test('still sees a face after all of that', async () => {
    expect(await worker.look({ job: 'frame', bytes: Uint8Array.from(upright) }, never)).toMatchObject({
      ok: true,
      value: { at: 'face' },
    });
  });

  test.each([90, 180, 270])('takes a face turned by %i degrees for nobody else’s', async (angle) => {
    const turned = await sharp(upright).rotate(angle).jpeg().toBuffer();
    const seen = await worker.look({ job: 'frame', bytes: Uint8Array.from(turned) }, never);
    if (!seen.ok) throw new Error(seen.fault.code);
    if (seen.value.at === 'hint') return;
    for (const other of ['b', 'c', 'd', 'e', 'f']) {
      const portrait = await worker.look({ job: 'portrait', bytes: Uint8Array.from(await portraitJp2Of(other)) }, never);
      if (!portrait.ok || portrait.value.at !== 'face') throw new Error('a persona’s portrait shows a face');
      expect(similarity(portrait.value.template, seen.value.template)).toBeLessThan(MATCH_THRESHOLD);
    }
  });
});
