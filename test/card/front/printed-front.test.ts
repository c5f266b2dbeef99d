import { expect, test } from 'vitest';
import { benchDesign } from '../../../src/bench/front/bench-design.ts';
import { createPrintedFront } from '../../../src/card/front/printed-front.ts';
import type { CameraPort, Frame } from '../../../src/reception/ports.ts';
import { createSimulatedClock } from '../../simulated-clock.ts';
import { pictureOf, today } from './front-bench.ts';

const never = new AbortController().signal;

/** Reads from these pictures, one every 100 ms and the last one for ever; also the bytes that were handed out. */
async function reading(pictures: readonly Uint8Array[], signal = never) {
  const clock = createSimulatedClock({ wall: today });
  const handedOut: Uint8Array[] = [];
  async function* frames(until: AbortSignal): AsyncGenerator<Frame> {
    for (let sequence = 0; !until.aborted; sequence++) {
      await new Promise<void>((resolve) => {
        clock.after(100, resolve);
        until.addEventListener('abort', () => resolve(), { once: true });
      });
      const jpeg = Uint8Array.from(pictures[Math.min(sequence, pictures.length - 1)] ?? []);
      handedOut.push(jpeg);
      yield { jpeg, atMs: clock.now(), sequence };
    }
  }
  const camera: CameraPort = { frames: async (until) => ({ ok: true, value: frames(until) }) };
  const front = createPrintedFront({ camera, design: benchDesign, clock, hold: clock.hold });
  let ended = false;
  const result = front.readCode(signal).finally(() => {
    ended = true;
  });
  await clock.runUntil(() => ended, 5_000);
  return { result: await result, tookMs: clock.now(), handedOut };
}

const codeOf = ({ result }: Awaited<ReturnType<typeof reading>>) =>
  result.ok ? Buffer.from(result.value).toString('latin1') : `${result.fault.code}: ${result.fault.detail}`;

test('two pictures that show the same value give it', async () => {
  const pictures = [await pictureOf({}), await pictureOf({}, 'usual', 'two')];
  const read = await reading(pictures);
  expect(codeOf(read)).toBe('55021720352285');
  expect(read.handedOut).toHaveLength(2);
});

test('two pictures that show different values give none', async () => {
  const pictures = [await pictureOf({}), await pictureOf({ securityCode: '2286' })];
  expect(codeOf(await reading(pictures))).toBe('CARD-108: two pictures show different values');
});

test('pictures that cannot be read are passed over until two can', async () => {
  const [soft, clear, other] = [await pictureOf({}, 'unreadable'), await pictureOf({}), await pictureOf({}, 'usual', 'two')];
  expect(codeOf(await reading([soft, soft, clear, soft, other]))).toBe('55021720352285');
});

test('a camera that stands still gives one picture, however often it is shown', async () => {
  const clear = await pictureOf({});
  expect(codeOf(await reading([clear]))).toBe('CARD-108: same picture');
});

test('one clear picture among unclear ones is not enough: CARD-108 within the bound', async () => {
  const [soft, clear] = [await pictureOf({}, 'unreadable'), await pictureOf({})];
  const read = await reading([clear, soft]);
  expect(codeOf(read)).toMatch(/^CARD-108: (unclear|same picture)$/);
  expect(read.tookMs).toBeGreaterThan(3_000);
  expect(read.tookMs).toBeLessThanOrEqual(4_200);
});

test('every picture is wiped', async () => {
  const { handedOut } = await reading([await pictureOf({}, 'unreadable'), await pictureOf({})]);
  expect(handedOut.length).toBeGreaterThan(2);
  for (const jpeg of handedOut) expect(jpeg.every((byte) => byte === 0)).toBe(true);
});

test('without a camera it is CARD-108', async () => {
  const camera: CameraPort = { frames: async () => ({ ok: false, fault: { code: 'FACE-405' } }) };
  const front = createPrintedFront({ camera, design: benchDesign, clock: createSimulatedClock() });
  expect(await front.readCode(never)).toEqual({ ok: false, fault: { code: 'CARD-108' } });
});

test('aborted, it ends with a fault and no value', async () => {
  const stopping = AbortSignal.abort();
  expect((await reading([await pictureOf({})], stopping)).result.ok).toBe(false);
});
