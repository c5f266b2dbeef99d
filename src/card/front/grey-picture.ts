import sharp from 'sharp';

/** One byte a pixel, rows from the top, no padding. */
export type GreyPicture = { readonly data: Uint8Array; readonly width: number; readonly height: number };

/** A camera asked for 1280 × 720 gives no more. */
const MAX_PIXELS = 1280 * 960;
const MAX_BYTES = 1_500_000;

// No other picture is worth keeping either: libvips would hold what it decoded last.
sharp.cache(false);

/** Decodes a camera's picture; its limits are checked on the header. Undefined when it is not a whole JPEG within them. */
export async function decodeGrey(jpeg: Uint8Array): Promise<GreyPicture | undefined> {
  if (jpeg.length > MAX_BYTES) return undefined;
  try {
    const image = sharp(jpeg, { limitInputPixels: MAX_PIXELS, failOn: 'truncated' });
    const { format, width, height } = await image.metadata();
    if (format !== 'jpeg' || width * height > MAX_PIXELS) return undefined;
    const { data, info } = await image.greyscale().removeAlpha().raw().toBuffer({ resolveWithObject: true });
    if (info.channels === 1) return { data, width: info.width, height: info.height };
    data.fill(0);
    return undefined;
  } catch {
    return undefined;
  }
}

/** The grey level between pixels; the picture's edge goes on outside. */
export function greyAt({ data, width, height }: GreyPicture, x: number, y: number): number {
  const left = Math.min(Math.max(x, 0), width - 1.001);
  const top = Math.min(Math.max(y, 0), height - 1.001);
  const column = Math.floor(left);
  const row = Math.floor(top);
  const right = left - column;
  const down = top - row;
  const at = row * width + column;
  const upper = (data[at] ?? 0) * (1 - right) + (data[at + 1] ?? 0) * right;
  const lower = (data[at + width] ?? 0) * (1 - right) + (data[at + width + 1] ?? 0) * right;
  return upper * (1 - down) + lower * down;
}
