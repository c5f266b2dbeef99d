import sharp from 'sharp';
import { failed, ok, type Result } from '../faults/result.ts';
import type { Picture } from './picture.ts';

/** 1280 × 960 as RGB is 3.7 MB; a camera asked for 1280 × 720 gives no more. */
const MAX_FRAME_PIXELS = 1280 * 960;
const MAX_FRAME_BYTES = 1_500_000;
/**
 * A larger picture is made smaller while it is decoded, so that every stage after it has a quarter of the pixels. At
 * 640 pixels across some 66° a face can be compared up to one metre away; nobody at a counter stands further off.
 */
const MAX_SIDE = 640;

sharp.concurrency(1);
sharp.cache(false);

/** Start of image, and the marker that follows it (ISO/IEC 10918-1, B.1.1.3). */
const JPEG_START = [0xff, 0xd8, 0xff];

/**
 * Decodes one camera picture to RGB, at most 640 pixels a side. Format and limits are checked on the header, before any
 * pixel is decoded.
 * Faults: FACE-402 for anything that is not a whole JPEG within the limits.
 */
export async function decodeFrame(jpeg: Uint8Array): Promise<Result<Picture>> {
  if (jpeg.length > MAX_FRAME_BYTES) return failed('FACE-402', 'frame has too many bytes');
  if (!JPEG_START.every((byte, index) => jpeg[index] === byte)) return failed('FACE-402', 'frame is not a JPEG');
  try {
    const { data, info } = await sharp(jpeg, { limitInputPixels: MAX_FRAME_PIXELS, failOn: 'truncated' })
      .resize({ width: MAX_SIDE, height: MAX_SIDE, fit: 'inside', withoutEnlargement: true, kernel: 'linear' })
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3 || info.width < 2 || info.height < 2) return failed('FACE-402', 'frame is not a picture in colour');
    return ok({ data, width: info.width, height: info.height, channels: 3 });
  } catch {
    return failed('FACE-402', 'frame cannot be decoded or is too large');
  }
}
