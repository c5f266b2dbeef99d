import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { loadFileDecoder } from '../../src/face/decode-file.ts';
import type { Picture } from '../../src/face/picture.ts';
import { codestreamOf, hostileFiles, plain, wholeFaces } from './picture-files.ts';

const decode = await loadFileDecoder();
const refused = (why: RegExp) => ({ ok: false, fault: { code: 'FACE-402', detail: expect.stringMatching(why) } });

async function decoded(bytes: Uint8Array): Promise<Picture> {
  const picture = await decode(bytes);
  if (!picture.ok) throw new Error(picture.fault.detail);
  return picture.value;
}

/** Darker to the right and redder to the bottom: no turn or flip leaves it as it is. */
const lopsided = Buffer.from(
  Array.from({ length: 64 * 48 }, (_, at) => [200 - 2 * (at % 64), 100, 40 + 4 * Math.floor(at / 64)]).flat(),
);
const lopsidedImage = () => sharp(lopsided, { raw: { width: 64, height: 48, channels: 3 } });

describe('a picture file', async () => {
  test.each(await wholeFaces())('%s is decoded', async (_, bytes) => {
    const { data, width, height, channels } = await decoded(bytes);
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(240);
    expect(data).toHaveLength(width * height * channels);
    const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
    expect(mean).toBeGreaterThan(60);
    expect(mean).toBeLessThan(200);
  });

  const upright: readonly [orientation: number, (image: Sharp) => Sharp][] = [
    [1, (image) => image],
    [2, (image) => image.flop()],
    [3, (image) => image.rotate(180)],
    [4, (image) => image.flip()],
    [5, (image) => image.rotate(90).flop()],
    [6, (image) => image.rotate(90)],
    [7, (image) => image.rotate(270).flop()],
    [8, (image) => image.rotate(270)],
  ];

  test.each(upright)('is turned upright by EXIF orientation %i', async (orientation, turn) => {
    const file = await lopsidedImage()
      .withMetadata({ orientation })
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      .toBuffer();
    const { data, width, height } = await decoded(file);
    // Two steps: in one, sharp flips before it turns, whatever the order of the calls.
    const turned = await turn(lopsidedImage()).png().toBuffer();
    const expected = await (orientation === 5 || orientation === 7
      ? sharp(
          await lopsidedImage()
            .rotate(orientation === 5 ? 90 : 270)
            .png()
            .toBuffer(),
        ).flop()
      : sharp(turned)
    )
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([width, height]).toEqual([expected.info.width, expected.info.height]);
    expect(worstDifference(data, expected.data)).toBeLessThan(8);
  });

  test('is laid on grey where it is transparent', async () => {
    const red = { r: 255, g: 0, b: 0, alpha: 0.5 };
    const { data } = await decoded(
      await sharp({ create: { width: 40, height: 40, channels: 4, background: red } })
        .png()
        .toBuffer(),
    );
    expect([...data.subarray(0, 3)].map((value) => Math.round(value / 4))).toEqual([48, 16, 16]);
  });

  test('of sixteen bits keeps its tones', async () => {
    const { data } = await decoded(await lopsidedImage().toColourspace('rgb16').png().toBuffer());
    expect(worstDifference(data, lopsided)).toBeLessThanOrEqual(1);
  });

  test('in JPEG 2000 keeps its colours, in their order', async () => {
    const { data, channels } = await decoded(await codestreamOf(lopsided, 64, 48, 3));
    expect(channels).toBe(3);
    expect(worstDifference(data, lopsided)).toBeLessThanOrEqual(1);
  });

  test('of many pixels is made smaller', async () => {
    expect(await decoded(await plain(4_000, 3_000).jpeg().toBuffer())).toMatchObject({ width: 1920, height: 1440 });
  });
});

describe('what is refused', async () => {
  test.each((await hostileFiles()).map(([name, bytes]) => [name, bytes] as const))('%s', async (_, bytes) => {
    expect(await decode(bytes)).toMatchObject(refused(/./));
  });

  test('a file beyond the limits is told apart from a damaged one', async () => {
    expect(await decode(new Uint8Array(20_000_001))).toMatchObject(refused(/20 MB/));
    expect(await decode(withTrueChecksum(await plain(64, 64).png().toBuffer(), 60_000))).toMatchObject(refused(/million pixels/));
    const whole = await lopsidedImage().png().toBuffer();
    expect(await decode(whole.subarray(0, whole.length - 30))).toMatchObject(refused(/damaged/));
  });
});

function worstDifference(one: Uint8Array, other: Uint8Array): number {
  return one.reduce((worst, value, at) => Math.max(worst, Math.abs(value - (other[at] ?? 999))), 0);
}

/** A PNG that claims other sides, with the checksum that belongs to them. */
function withTrueChecksum(png: Buffer, side: number): Uint8Array {
  const file = Buffer.from(png);
  file.writeUInt32BE(side, 16);
  file.writeUInt32BE(side, 20);
  file.writeUInt32BE(crc32(file.subarray(12, 29)), 29);
  return file;
}
