import sharp from 'sharp';
import { failed, ok, type Result } from '../faults/result.ts';
import { loadPortraitDecoder } from './decode-portrait.ts';
import type { Picture } from './picture.ts';

/** A photograph of a telephone or a scanner; decoded it takes up to 200 MB for a moment. */
const MAX_FILE_PIXELS = 25_000_000;
export const MAX_FILE_BYTES = 20_000_000;
/** What is larger is made smaller: more pixels of a face than these tell the networks nothing more. */
const MAX_SIDE = 1920;
const MIN_SIDE = 32;
/** JPEG 2000 is decoded whole and cannot be interrupted. */
const JP2_LIMITS = { bytes: 4_000_000, side: 2048 } as const;
/** Behind what is transparent. */
const BACKGROUND = '#808080';

export type FileDecoder = (bytes: Uint8Array) => Promise<Result<Picture>>;

/**
 * Loads the decoder for picture files of any origin. What a file is, is told by its first bytes, never by its name:
 * JPEG or PNG (turned upright by its EXIF orientation, transparency laid on grey, any depth or colour space brought to
 * 8-bit RGB), or JPEG 2000 (grey or RGB).
 * Faults of the decoder: FACE-402 for anything else, for a file that is not whole, and for one beyond the limits.
 */
export async function loadFileDecoder(): Promise<FileDecoder> {
  const decodeJp2 = await loadPortraitDecoder(JP2_LIMITS);
  return async (bytes) => {
    if (bytes.length > MAX_FILE_BYTES) return failed('FACE-402', 'more than 20 MB');
    switch (formatOf(bytes)) {
      case 'jpeg':
      case 'png':
        return decodeRaster(bytes);
      case 'jp2': {
        const picture = decodeJp2(bytes);
        return picture.ok ? picture : failed('FACE-402', picture.fault.detail);
      }
      default:
        return failed('FACE-402', 'neither JPEG, PNG nor JPEG 2000');
    }
  };
}

/** By the signatures of ISO/IEC 10918-1 (SOI), ISO/IEC 15948 and ISO/IEC 15444-1 (JP2 box or bare codestream). */
function formatOf(bytes: Uint8Array): 'jpeg' | 'png' | 'jp2' | undefined {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('hex');
  if (head.startsWith('ffd8ff')) return 'jpeg';
  if (head.startsWith('89504e470d0a1a0a')) return 'png';
  if (head === '0000000c6a5020200d0a870a' || head.startsWith('ff4fff51')) return 'jp2';
  return undefined;
}

async function decodeRaster(bytes: Uint8Array): Promise<Result<Picture>> {
  try {
    const image = sharp(bytes, { limitInputPixels: MAX_FILE_PIXELS, failOn: 'truncated' });
    const { width, height } = await image.metadata();
    if (width * height > MAX_FILE_PIXELS) return failed('FACE-402', 'more than 25 million pixels');
    if (Math.min(width, height) < MIN_SIDE) return failed('FACE-402', 'too small to show a face');
    const { data, info } = await image
      .autoOrient()
      .flatten({ background: BACKGROUND })
      .resize({ width: MAX_SIDE, height: MAX_SIDE, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) return failed('FACE-402', 'colours that cannot be read');
    return ok({ data, width: info.width, height: info.height, channels: 3 });
  } catch (error) {
    const tooLarge = error instanceof Error && error.message.includes('pixel limit');
    return failed('FACE-402', tooLarge ? 'more than 25 million pixels' : 'a damaged picture');
  }
}
