import { describe, expect, test } from 'vitest';
import { createPageCamera, MAX_JPEG_BYTES } from '../../src/camera/page-camera.ts';
import type { Frame } from '../../src/reception/ports.ts';
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

  test('keeps the newest frame alone and wipes the one it replaces', async () => {
    const { camera, frames, nonce } = await capture();
    const [older, newer] = [picture(1), picture(2)];
    camera.frame(nonce, older);
    await clock.advance(40);
    camera.frame(nonce, newer);
    const { value } = (await frames.next()) as { value: Frame };
    expect(value).toEqual({ jpeg: picture(2), atMs: clock.now(), sequence: 1 });
    expect([...older]).toEqual([...picture(0)]);
  });

  test('gives a waiting reader the frame when it comes', async () => {
    const { camera, frames, nonce } = await capture();
    const next = frames.next();
    camera.frame(nonce, picture(7));
    expect(await next).toMatchObject({ done: false, value: { jpeg: picture(7), sequence: 0 } });
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

  test('ends when it is aborted, wipes what waited, and takes no more', async () => {
    const { camera, stop, frames, nonce } = await capture();
    const [waiting, late] = [picture(1), picture(2)];
    camera.frame(nonce, waiting);
    stop.abort();
    expect(camera.capture()).toBeUndefined();
    camera.frame(nonce, late);
    expect(await frames.next()).toMatchObject({ done: true });
    expect([...waiting, ...late].every((byte) => byte === 0)).toBe(true);
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

  test('a new one ends the one before', async () => {
    const { camera, frames, nonce } = await capture();
    const next = frames.next();
    await camera.frames(new AbortController().signal);
    expect(await next).toMatchObject({ done: true });
    expect(camera.capture()?.nonce).not.toBe(nonce);
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
