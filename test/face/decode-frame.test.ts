import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { framesOf } from '../../src/bench/faces/persona-faces.ts';
import { decodeFrame } from '../../src/face/decode-frame.ts';

const [jpeg] = (await framesOf('a')) as [Uint8Array];
const refused = { ok: false, fault: { code: 'FACE-402' } };
const blank = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#777' } });

describe('a camera frame', async () => {
  test('is decoded to RGB', async () => {
    const decoded = await decodeFrame(jpeg);
    expect(decoded).toMatchObject({ ok: true, value: { width: 640, height: 480, channels: 3 } });
    if (decoded.ok) expect(decoded.value.data).toHaveLength(640 * 480 * 3);
  });

  test.each([
    [1280, 720, 640, 360],
    [1280, 960, 640, 480],
    [720, 1280, 360, 640],
    [320, 240, 320, 240],
  ])('of %i × %i is decoded to %i × %i', async (width, height, ...[decodedWidth, decodedHeight]) => {
    const decoded = await decodeFrame(await blank(width, height).jpeg().toBuffer());
    expect(decoded).toMatchObject({ ok: true, value: { width: decodedWidth, height: decodedHeight, channels: 3 } });
    if (decoded.ok) expect(decoded.value.data).toHaveLength(decodedWidth * decodedHeight * 3);
  });

  test.each([
    ['grey', await blank(320, 240).greyscale().jpeg().toBuffer()],
    ['CMYK', await blank(320, 240).toColourspace('cmyk').jpeg().toBuffer()],
  ])('in %s gives RGB too', async (_, bytes) => {
    expect(await decodeFrame(bytes)).toMatchObject({ ok: true, value: { channels: 3 } });
  });

  test.each([
    ['nothing', new Uint8Array(0)],
    ['text', new TextEncoder().encode('no picture')],
    ['a PNG with alpha', await blank(320, 240).ensureAlpha(0.5).png().toBuffer()],
    ['a WebP', await blank(320, 240).webp().toBuffer()],
    ['an SVG', new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['a picture of 1921 × 1080', await blank(1921, 1080).jpeg().toBuffer()],
    ['a header that claims 60,000 pixels a side', claiming(60_000, 60_000)],
    ['more bytes than a frame has', new Uint8Array(1_500_001)],
  ])('that is %s is FACE-402', async (_, bytes) => {
    expect(await decodeFrame(bytes)).toMatchObject(refused);
  });

  test('that is cut short is FACE-402 wherever the cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: jpeg.length - 500 }), async (length) => {
        expect(await decodeFrame(jpeg.subarray(0, length))).toMatchObject(refused);
      }),
      { numRuns: 30 },
    );
  });

  test('with flipped bytes is a picture or FACE-402, and nothing else', async () => {
    const flips = fc.array(fc.tuple(fc.nat(jpeg.length - 1), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(flips, async (changes) => {
        const file = Uint8Array.from(jpeg);
        for (const [at, bits] of changes) file[at] = (file[at] ?? 0) ^ bits;
        const decoded = await decodeFrame(file);
        if (decoded.ok) expect(decoded.value.data).toHaveLength(decoded.value.width * decoded.value.height * 3);
        else expect(decoded).toMatchObject(refused);
      }),
      { numRuns: 60 },
    );
  });
});

/** The frame with other sides in its SOF0 header: FFC0 length[2] depth height[2] width[2]. */
function claiming(width: number, height: number): Uint8Array {
  const file = Uint8Array.from(jpeg);
  const sof = file.findIndex((_, at) => file[at] === 0xff && file[at + 1] === 0xc0);
  new DataView(file.buffer).setUint16(sof + 5, height);
  new DataView(file.buffer).setUint16(sof + 7, width);
  return file;
}
