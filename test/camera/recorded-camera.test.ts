import { hash } from 'node:crypto';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { createNoisySensor } from '../../src/bench/faces/noisy-sensor.ts';
import { framesFromPhoto } from '../../src/bench/faces/photo-frames.ts';
import { createRecordedCamera } from '../../src/bench/faces/recorded-camera.ts';
import { createSimulatedClock } from '../simulated-clock.ts';

const pictures = [Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)];

test('plays its pictures round and round at its pace, as copies, and shows each', async () => {
  const clock = createSimulatedClock();
  const camera = createRecordedCamera({ clock, fps: 10, framesFor: () => pictures });
  const shown: number[] = [];
  camera.onPreview((jpeg) => shown.push(jpeg[0] ?? 0));
  const stop = new AbortController();
  const opened = await camera.frames(stop.signal);
  if (!opened.ok) throw new Error(opened.fault.code);
  const taken: number[] = [];
  const reading = (async () => {
    for await (const { jpeg, atMs, sequence } of opened.value) {
      expect(atMs).toBeCloseTo(100 * (sequence + 1));
      taken.push(jpeg[0] ?? 0);
      jpeg.fill(0);
    }
  })();
  await clock.advance(450);
  expect(camera.capture()).toEqual({ source: 'reader' });
  stop.abort();
  await reading;
  await clock.advance(1_000);
  expect(taken).toEqual([1, 2, 3, 1]);
  expect(shown).toEqual([1, 2, 3, 1]);
  expect(camera.capture()).toBeUndefined();
});

test('its sensor never gives the same picture twice', async () => {
  const clock = createSimulatedClock();
  const wall = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#888' } })
    .jpeg()
    .toBuffer();
  const camera = createRecordedCamera({ clock, fps: 10, framesFor: () => [wall], sensor: createNoisySensor(), hold: clock.hold });
  const stop = new AbortController();
  const opened = await camera.frames(stop.signal);
  if (!opened.ok) throw new Error(opened.fault.code);
  const digests = new Set<string>();
  const reading = (async () => {
    for await (const { jpeg } of opened.value) digests.add(hash('sha256', await sharp(jpeg).raw().toBuffer()));
  })();
  await clock.advance(1_000);
  stop.abort();
  await reading;
  expect(digests.size).toBeGreaterThanOrEqual(8);
});

test('a sensor that fails ends the capture, and holds nothing up', async () => {
  const clock = createSimulatedClock();
  const sensor = async () => {
    throw new Error('not a picture');
  };
  const camera = createRecordedCamera({ clock, fps: 10, framesFor: () => pictures, sensor, hold: clock.hold });
  const opened = await camera.frames(new AbortController().signal);
  if (!opened.ok) throw new Error(opened.fault.code);
  const taken = (async () => {
    for await (const { sequence } of opened.value) return `a picture, number ${sequence}`;
    return 'no picture';
  })();
  await clock.advance(1_000);
  expect(await taken).toBe('no picture');
  expect(camera.capture()).toBeUndefined();
});

test('without pictures there is no camera', async () => {
  const camera = createRecordedCamera({ clock: createSimulatedClock(), fps: 10, framesFor: () => undefined });
  expect(await camera.frames(new AbortController().signal)).toMatchObject({ ok: false, fault: { code: 'FACE-405' } });
});

test('a photograph becomes camera pictures of 640 × 480 that all differ', async () => {
  const tall = await sharp({ create: { width: 90, height: 400, channels: 4, background: '#4060' } })
    .png()
    .toBuffer();
  const frames = await framesFromPhoto(tall);
  for (const jpeg of frames) {
    expect(await sharp(jpeg).metadata()).toMatchObject({ format: 'jpeg', width: 640, height: 480, channels: 3 });
  }
  expect(new Set(frames.map((jpeg) => Buffer.from(jpeg).toString('base64'))).size).toBe(frames.length);
});
