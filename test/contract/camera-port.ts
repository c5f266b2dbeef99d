/** What a camera owes a reception, wherever its pictures come from; see `CameraPort`. */
import { describe, expect, test } from 'vitest';
import type { CameraPort, Frame } from '../../src/reception/ports.ts';
import type { SimulatedClock } from '../simulated-clock.ts';

/** A camera before which the test decides what happens. */
export type CameraBench = {
  readonly camera: CameraPort;
  readonly clock: SimulatedClock;
  /** One more picture comes in, also where nobody has asked for it any more. */
  arrive(): Promise<unknown>;
  /** The camera is lost while it gives frames. */
  lose(): Promise<void>;
};

/** A camera that is handed its pictures from outside, and owns them from then on. */
export type FedCameraBench = Omit<CameraBench, 'arrive'> & {
  /** The bytes that were handed over. */
  arrive(): Promise<Uint8Array>;
};

async function capture({ camera }: CameraBench) {
  const stop = new AbortController();
  const opened = await camera.frames(stop.signal);
  if (!opened.ok) throw new Error(opened.fault.code);
  return { stop, frames: opened.value[Symbol.asyncIterator]() };
}

const end = { done: true, value: undefined };

export function cameraPortContract(name: string, open: () => Promise<CameraBench>): void {
  describe(`camera port: ${name}`, () => {
    test('gives each frame as it comes, its sequence rising, its time the reader’s own', async () => {
      const bench = await open();
      const { frames } = await capture(bench);
      for (const sequence of [0, 1, 2]) {
        const next = frames.next();
        await bench.arrive();
        const { value } = (await next) as { value: Frame };
        expect(value).toMatchObject({ sequence, atMs: bench.clock.now() });
        expect(value.jpeg.some((byte) => byte !== 0)).toBe(true);
        value.jpeg.fill(0);
      }
    });

    test('gives a slow reader the newest frame alone', async () => {
      const bench = await open();
      const { frames } = await capture(bench);
      for (let pictures = 0; pictures < 3; pictures++) await bench.arrive();
      expect(await frames.next()).toMatchObject({ value: { sequence: 2, atMs: bench.clock.now() } });
      const next = frames.next();
      await bench.arrive();
      expect(await next).toMatchObject({ value: { sequence: 3 } });
    });

    test('ends when it is aborted, for a reader that waits and for one that comes later', async () => {
      const bench = await open();
      const { frames, stop } = await capture(bench);
      const waiting = frames.next();
      stop.abort();
      expect(await waiting).toEqual(end);
      await bench.arrive();
      expect(await frames.next()).toEqual(end);
    });

    test('gives no frame that came before it was aborted', async () => {
      const bench = await open();
      const { frames, stop } = await capture(bench);
      await bench.arrive();
      stop.abort();
      expect(await frames.next()).toEqual(end);
    });

    test('ends when the camera is lost', async () => {
      const bench = await open();
      const { frames } = await capture(bench);
      const waiting = frames.next();
      await bench.lose();
      expect(await waiting).toEqual(end);
    });

    test('a new capture ends the one before, gives none of its frames and counts anew', async () => {
      const bench = await open();
      const earlier = await capture(bench);
      await bench.arrive();
      await bench.clock.advance(1);
      const fromMs = bench.clock.now();
      const { frames } = await capture(bench);
      const first = frames.next();
      await bench.arrive();
      const { value } = (await first) as { value: Frame };
      expect(value.sequence).toBe(0);
      expect(value.atMs).toBeGreaterThanOrEqual(fromMs);
      expect(await earlier.frames.next()).toEqual(end);
      earlier.stop.abort();
      const next = frames.next();
      await bench.arrive();
      expect(await next).toMatchObject({ value: { sequence: 1 } });
    });

    test('asked for by someone who has stopped already, never begins', async () => {
      const bench = await open();
      const opened = await bench.camera.frames(AbortSignal.abort());
      if (!opened.ok) throw new Error(opened.fault.code);
      await bench.arrive();
      expect(await opened.value[Symbol.asyncIterator]().next()).toEqual(end);
    });
  });
}

export function fedCameraContract(name: string, open: () => Promise<FedCameraBench>): void {
  cameraPortContract(name, open);

  const wiped = (jpeg: Uint8Array) => jpeg.every((byte) => byte === 0);

  describe(`camera port that owns what it is handed: ${name}`, () => {
    test('wipes a picture that a newer one replaces', async () => {
      const bench = await open();
      await capture(bench);
      const older = await bench.arrive();
      const newer = await bench.arrive();
      expect([wiped(older), wiped(newer)]).toEqual([true, false]);
    });

    test('wipes what waits when it ends, and refuses and wipes what comes after', async () => {
      for (const endings of ['aborted', 'lost']) {
        const bench = await open();
        const { frames, stop } = await capture(bench);
        const waiting = await bench.arrive();
        if (endings === 'aborted') stop.abort();
        else await bench.lose();
        expect(wiped(waiting)).toBe(true);
        expect(wiped(await bench.arrive())).toBe(true);
        expect(await frames.next()).toEqual(end);
      }
    });

    test('wipes what comes before anybody asked', async () => {
      const bench = await open();
      expect(wiped(await bench.arrive())).toBe(true);
    });
  });
}
