import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';

const EXPECTED = join(import.meta.dirname, 'expected');
const SEEN = 'build/screens-seen';
/** A channel that differs by less is the same colour to the eye, or anti-aliasing. */
const CHANNEL_TOLERANCE = 48;
/** Fonts of another Debian release move some edges; a missing word or button moves more. */
const SHARE_TOLERANCE = 0.01;

/**
 * Compares the page with its expected picture. What must differ from run to run is masked. With
 * KAZASU_UPDATE_SCREENS=1 the picture is written instead: look at it before it is committed.
 * @returns the share of pixels that differ, 0…1
 */
export async function differenceFromExpected(page: Page, name: string, mask: Locator[] = []): Promise<number> {
  const seen = await page.screenshot({ mask, maskColor: '#888888', animations: 'disabled' });
  const expectedFile = join(EXPECTED, `${name}.png`);
  if (process.env['KAZASU_UPDATE_SCREENS'] === '1') {
    await write(expectedFile, await sharp(seen).png({ palette: true, effort: 10 }).toBuffer());
    return 0;
  }
  await write(join(SEEN, `${name}.png`), seen);
  if (!existsSync(expectedFile)) throw new Error(`there is no expected picture ${name}; make it with KAZASU_UPDATE_SCREENS=1`);
  return share(seen, expectedFile);
}

export const same = (difference: number): boolean => difference <= SHARE_TOLERANCE;

async function share(seen: Buffer, expectedFile: string): Promise<number> {
  const [a, b] = await Promise.all(
    [seen, expectedFile].map((image) => sharp(image).removeAlpha().raw().toBuffer({ resolveWithObject: true })),
  );
  if (!a || !b || a.info.width !== b.info.width || a.info.height !== b.info.height) return 1;
  const pixels = a.info.width * a.info.height;
  let differing = 0;
  for (let at = 0; at < pixels; at++) {
    const differs = [0, 1, 2].some((channel) => {
      const i = at * 3 + channel;
      return Math.abs((a.data[i] ?? 0) - (b.data[i] ?? 0)) > CHANNEL_TOLERANCE;
    });
    if (differs) differing++;
  }
  return differing / pixels;
}

async function write(file: string, bytes: Uint8Array): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}
