import type { Page } from 'playwright-core';
import sharp from 'sharp';

/** Pixels a side: small enough that a letter matters, large enough that its edges' smoothing does not. */
export const SQUARE = 8;
/** Kept colours are whole steps of this, of 256. */
const STEP = 8;

/** A screen as the mean colour of each of its squares, row by row: three bytes a square (RGB). */
export type Picture = { readonly width: number; readonly height: number; readonly rgb: Uint8Array };

/**
 * A square that differs by more has other ink in it: a letter moved by half a stroke, another word. Another Chromium's way
 * of smoothing and placing glyphs stays below (measured: one square of 16,000 beyond it with subpixel positions off).
 */
const OTHER_INK = 32;
const MOST_WITH_OTHER_INK = 2;
/** A paper or a large area of another colour differs by less, but everywhere. */
const OTHER_TINT = 8;
const MOST_TINTED_SHARE = 0.2;

/** The page as it stands, shrunk. A JPEG's own blocks are squares of 8 pixels: their means are read from it directly. */
export async function takePicture(page: Page): Promise<Picture> {
  const jpeg = await page.screenshot({ type: 'jpeg', quality: 90 });
  const { width = 0, height = 0 } = await sharp(jpeg).metadata();
  const size = { width: width / SQUARE, height: height / SQUARE };
  const rgb = await sharp(jpeg)
    .resize({ ...size, fit: 'fill' })
    .raw()
    .toBuffer();
  return { ...size, rgb: rgb.map((level) => Math.min(255, Math.round(level / STEP) * STEP)) };
}

/** @returns how far each square is from what it was, 0…255, in its farthest channel */
export function distances(kept: Picture, now: Picture): Uint8Array {
  if (kept.width !== now.width || kept.height !== now.height) throw new Error('pictures of different sizes');
  const far = new Uint8Array(kept.width * kept.height);
  kept.rgb.forEach((level, place) => {
    const square = Math.floor(place / 3);
    far[square] = Math.max(far[square] ?? 0, Math.abs(level - (now.rgb[place] ?? 0)));
  });
  return far;
}

/** Whether somebody would see that these are not the same screen. */
export function differ(kept: Picture, now: Picture): boolean {
  const all = distances(kept, now);
  const beyond = (limit: number) => all.filter((distance) => distance > limit).length;
  return beyond(OTHER_INK) > MOST_WITH_OTHER_INK || beyond(OTHER_TINT) > MOST_TINTED_SHARE * all.length;
}
