import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { root } from '../kiosk-browser.ts';
import { distances, type Picture, SQUARE } from './picture.ts';

const FOLDER = 'build/screens-changed';

/** Forgets what an earlier run has found. */
export const clearDifferences = (screens: string): Promise<void> =>
  rm(join(root, FOLDER, screens), { recursive: true, force: true });

/** Draws what was kept, what the page shows now, and how far apart they are, beside one another. @returns the file's name */
export async function drawDifference(page: Page, screens: string, shot: string, kept: Picture, now: Picture): Promise<string> {
  const full = await page.screenshot();
  const { width = 0, height = 0 } = await sharp(full).metadata();
  const far = distances(kept, now);
  const marks = await enlarged(
    far.map((distance) => Math.min(255, 4 * distance)),
    now,
    1,
  );
  const before = await enlarged(kept.rgb, kept, 3);
  const file = join(FOLDER, screens, `${shot}.png`);
  await mkdir(join(root, FOLDER, screens), { recursive: true });
  await sharp({ create: { width: 3 * width, height, channels: 3, background: '#fff' } })
    .composite([before, full, marks].map((input, place) => ({ input, left: place * width, top: 0 })))
    .png()
    .toFile(join(root, file));
  return file;
}

const enlarged = (squares: Uint8Array, { width, height }: Picture, channels: 1 | 3): Promise<Buffer> =>
  sharp(squares, { raw: { width, height, channels } })
    .resize({ width: width * SQUARE, height: height * SQUARE, kernel: 'nearest' })
    .toColourspace('srgb')
    .png()
    .toBuffer();
