import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll } from 'vitest';
import { encodeJp2 } from '../../src/bench/card/jp2.ts';
import { portraitOf } from '../../src/bench/faces/persona-faces.ts';
import { createRecordedCamera, type RecordedCamera } from '../../src/bench/faces/recorded-camera.ts';
import { createFacePort, type FacePortOptions } from '../../src/face/face-port.ts';
import type { CameraPort, Frame } from '../../src/reception/ports.ts';
import { createSimulatedClock, type SimulatedClock } from '../simulated-clock.ts';

export const modelsDir = join(import.meta.dirname, '../../build/models');
export const never = new AbortController().signal;

export type Counter = { readonly clock: SimulatedClock; readonly face: ReturnType<typeof createFacePort> };

/** A face port on simulated time, without the challenge; its real work holds the clock. Closed when the test file ends. */
export function faceOnSimulatedTime(options: Partial<FacePortOptions> = {}): Counter {
  const clock = createSimulatedClock();
  const face = createFacePort({ modelsDir, clock, hold: clock.hold, challenge: 'none', random: randomBytes, ...options });
  afterAll(() => face.close());
  return { clock, face };
}

export async function portraitJp2Of(id: string): Promise<Uint8Array> {
  const { grey, width, height } = await portraitOf(id);
  return encodeJp2(grey, width, height);
}

export function cameraShowing(clock: SimulatedClock, pictures: readonly Uint8Array[]): RecordedCamera {
  return createRecordedCamera({ clock, fps: 10, framesFor: () => pictures });
}

export async function framesFrom(camera: CameraPort, signal: AbortSignal = never): Promise<AsyncIterable<Frame>> {
  const frames = await camera.frames(signal);
  if (!frames.ok) throw new Error(frames.fault.code);
  return frames.value;
}

/** Moves simulated time until the promise has settled. */
export async function settled<T>(clock: SimulatedClock, promise: Promise<T>, maxMs = 60_000): Promise<T> {
  let done = false;
  const mark = () => {
    done = true;
  };
  promise.then(mark, mark);
  await clock.runUntil(() => done, maxMs);
  return promise;
}

export type Change = (image: Sharp) => Sharp;

/** The frames, changed: darker, smaller, turned. */
export function changed(frames: readonly Uint8Array[], change: Change): Promise<readonly Uint8Array[]> {
  return Promise.all(frames.map((jpeg) => change(sharp(jpeg)).jpeg({ quality: 90 }).toBuffer()));
}
