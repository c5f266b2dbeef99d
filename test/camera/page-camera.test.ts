/** The page camera beyond its contract: nonces, sizes, and who is told of a capture. */
import { describe, expect, test } from 'vitest';
import { createPageCamera, MAX_JPEG_BYTES } from '../../src/camera/page-camera.ts';
import { createSimulatedClock } from '../simulated-clock.ts';

const clock = createSimulatedClock();
let count = 0;
const random = (length: number) => new Uint8Array(length).fill(++count);
const picture = (mark: number, length = 10) => new Uint8Array(length).fill(mark);

async function capture() {
  const camera = createPageCamera({ clock, random });
  const stop = new AbortController();
  const opened = await camera.frames(stop.signal);
  if (!opened.ok) throw new Error(opened.fault.code);
  const frames = opened.value[Symbol.asyncIterator]();
  return { camera, stop, frames, nonce: camera.capture()?.nonce ?? '' };
}

describe('a capture', () => {
  test('gives the page a nonce of 16 bytes, another one each time', async () => {
    const first = await capture();
    const second = await capture();
    expect(first.nonce).toMatch(/^[0-9a-f]{32}$/);
    expect(second.nonce).not.toBe(first.nonce);
  });

  test('refuses and wipes frames of another capture, and those that are too big', async () => {
    const { camera, frames, nonce } = await capture();
    const [old, big] = [picture(3), picture(4, MAX_JPEG_BYTES + 1)];
    camera.frame('0'.repeat(32), old);
    camera.frame(nonce, big);
    camera.frame(nonce, picture(5));
    expect(await frames.next()).toMatchObject({ value: { jpeg: picture(5), sequence: 0 } });
    expect([old, big].every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
  });

  test('ends when the page has no camera, but not for another capture’s page', async () => {
    const { camera, frames, nonce } = await capture();
    const next = frames.next();
    camera.failed('f'.repeat(32));
    expect(camera.capture()?.nonce).toBe(nonce);
    camera.failed(nonce);
    expect(await next).toMatchObject({ done: true });
    expect(camera.capture()).toBeUndefined();
  });

  test('asked for by someone who has stopped already never begins', async () => {
    const camera = createPageCamera({ clock, random });
    const opened = await camera.frames(AbortSignal.abort());
    expect(camera.capture()).toBeUndefined();
    if (opened.ok) for await (const frame of opened.value) expect(frame).toBeUndefined();
    expect(opened.ok).toBe(true);
  });

  test('is told of when it begins and when it ends', async () => {
    const camera = createPageCamera({ clock, random });
    const told: boolean[] = [];
    const unsubscribe = camera.onCapture(() => told.push(camera.capture() !== undefined));
    const stop = new AbortController();
    await camera.frames(stop.signal);
    stop.abort();
    unsubscribe();
    await camera.frames(new AbortController().signal);
    expect(told).toEqual([true, false]);
  });
});
