import sharp from 'sharp';
import { expect, test } from 'vitest';
import { createPageCamera } from '../../src/camera/page-camera.ts';
import { failed, ok } from '../../src/faults/result.ts';
import { checkCardCamera, checkFaceCamera } from '../../src/technician/checks/cameras.ts';
import { PictureJudge } from '../../src/technician/checks/pictures.ts';
import type { Finding } from '../../src/technician/self-test.ts';
import { createSimulatedClock } from '../simulated-clock.ts';

const never = new AbortController().signal;
const [WIDTH, HEIGHT] = [320, 240];

/** A picture as a camera's JPEG: `level` everywhere, with a slope of `contrast` and a sensor's noise. */
async function picture({ level = 110, contrast = 80, noise = 3 } = {}): Promise<Uint8Array> {
  const pixels = Buffer.alloc(WIDTH * HEIGHT);
  for (let at = 0; at < pixels.length; at++) {
    const slope = ((at % WIDTH) / WIDTH - 0.5) * contrast;
    pixels[at] = Math.max(0, Math.min(255, level + slope + (Math.random() - 0.5) * 2 * noise));
  }
  return sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 1 } })
    .jpeg({ quality: 85 })
    .toBuffer();
}

/** What is found in these, one after the other. */
async function judgePictures(jpegs: readonly Uint8Array[]): Promise<Finding> {
  const judge = new PictureJudge();
  for (const jpeg of jpegs) {
    const noPicture = await judge.take(jpeg);
    if (noPicture) return noPicture;
    expect(jpeg.every((byte) => byte === 0)).toBe(true);
    if (judge.hasSeenEnough) break;
  }
  return judge.verdict();
}

const several = (options?: Parameters<typeof picture>[0]) => Promise.all([1, 2, 3, 4].map(() => picture(options)));

test('a room is seen', async () => {
  expect(await judgePictures(await several())).toMatchObject({
    at: 'ok',
    found: expect.stringMatching(/^320x240, brightness 1\d\d of 255$/),
  });
});

test('a dim waiting room is still a room', async () => {
  expect(await judgePictures(await several({ level: 24, contrast: 30 }))).toMatchObject({ at: 'ok' });
});

test.each([
  ['a covered lens', { level: 1, contrast: 0, noise: 2 }, 'the pictures are dark'],
  ['a cap in the light', { level: 200, contrast: 0, noise: 2 }, 'the pictures are of one colour'],
])('%s', async (_, options, words) => {
  expect(await judgePictures(await several(options))).toMatchObject({
    at: 'failed',
    code: 'UNIT-952',
    detail: expect.stringContaining(words),
  });
});

test('one picture again and again is a camera that stands still; twice the same is a busy machine', async () => {
  const one = await picture();
  const finding = await judgePictures(Array.from({ length: 25 }, () => Uint8Array.from(one)));
  expect(finding).toMatchObject({ at: 'failed', code: 'UNIT-952', detail: expect.stringContaining('stands still') });
  const busy = [one, one, one, one, await picture()].map((each) => Uint8Array.from(each));
  expect(await judgePictures(busy)).toMatchObject({ at: 'ok' });
});

test('what is no picture is told of', async () => {
  const finding = await judgePictures([Buffer.from('ffd8ffe000104a464946', 'hex')]);
  expect(finding).toMatchObject({ at: 'failed', code: 'UNIT-952', detail: expect.stringContaining('no picture') });
});

test('the page’s camera is opened, looked through and closed; its pictures are wiped', async () => {
  const clock = createSimulatedClock();
  const camera = createPageCamera({ clock, random: (length) => new Uint8Array(length).fill(7) });
  const sent: Uint8Array[] = [];
  camera.onCapture(() => void (camera.capture() && send()));
  async function send(): Promise<void> {
    for (let capture = camera.capture(); capture; capture = camera.capture()) {
      const jpeg = await picture();
      sent.push(jpeg);
      camera.frame(capture.nonce, jpeg);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  expect(await checkFaceCamera(camera, never)).toMatchObject({ at: 'ok' });
  expect(camera.capture()).toBeUndefined();
  expect(sent.length).toBeGreaterThanOrEqual(4);
  expect(sent.slice(0, 4).every((jpeg) => jpeg.every((byte) => byte === 0))).toBe(true);
});

test('a page without a camera, and one that never sends, are FACE-405', async () => {
  const clock = createSimulatedClock();
  const camera = createPageCamera({ clock, random: (length) => new Uint8Array(length).fill(7) });
  const stop = camera.onCapture(() => {
    const capture = camera.capture();
    if (capture) camera.failed(capture.nonce);
  });
  expect(await checkFaceCamera(camera, never)).toEqual({
    at: 'failed',
    code: 'FACE-405',
    detail: 'there is no camera, or it was unplugged',
  });
  stop();
  const bound = new AbortController();
  const looking = checkFaceCamera(camera, bound.signal);
  bound.abort();
  expect(await looking).toEqual({ at: 'failed', code: 'FACE-405', detail: '0 pictures came in time, then none' });
});

test('a card-front camera gives pictures when asked, and says why when it cannot', async () => {
  expect(await checkCardCamera({ take: async () => ok(await picture()) }, never)).toMatchObject({ at: 'ok' });
  expect(await checkCardCamera({ take: async () => failed('FACE-405', 'no such device') }, never)).toEqual({
    at: 'failed',
    code: 'FACE-405',
    detail: 'no such device',
  });
});
