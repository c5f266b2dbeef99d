import sharp from 'sharp';
import { failed, ok, type Result } from '../faults/result.ts';
import type { Picture } from './picture.ts';

/** 1280 × 960 as RGB is 3.7 MB; a camera asked for 1280 × 720 gives no more. */
const MAX_FRAME_PIXELS = 1280 * 960;
const MAX_FRAME_BYTES = 1_500_000;

sharp.concurrency(1);
sharp.cache(false);

/**
 * Decodes one camera picture to RGB. The limits are checked on the header, before any pixel is decoded.
 * Faults: FACE-402 for anything that is not a whole JPEG within the limits.
 */
export async function decodeFrame(jpeg: Uint8Array): Promise<Result<Picture>> {
  if (jpeg.length > MAX_FRAME_BYTES) return failed('FACE-402', 'frame has too many bytes');
  try {
    const image = sharp(jpeg, { limitInputPixels: MAX_FRAME_PIXELS, failOn: 'truncated' });
    const { format, width, height } = await image.metadata();
    if (format !== 'jpeg') return failed('FACE-402', 'frame is not a JPEG');
    if (width * height > MAX_FRAME_PIXELS || width < 2 || height < 2) return failed('FACE-402', 'frame size out of limits');
    const { data, info } = await image.toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) return failed('FACE-402', 'frame is not in colour');
    return ok({ data, width: info.width, height: info.height, channels: 3 });
  } catch {
    return failed('FACE-402', 'frame cannot be decoded');
  }
}
