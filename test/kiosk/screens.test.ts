import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { everyShot } from './every-screen.ts';
import { type languageCodes, openKiosk, showShot, sizes } from './kiosk-browser.ts';
import { misfits, overlaps } from './measure-screen.ts';
import { keptNames } from './screens/kept-pictures.ts';
import { screensWithoutShot } from './screens-without-shot.ts';
import { stretchWords } from './stretch-words.ts';
import { useKioskBrowser } from './use-kiosk.ts';

const the = useKioskBrowser();

test('every screen that the reader can ask for is among these', () => {
  expect(screensWithoutShot).toEqual([]);
});

test('no picture is kept of a screen that is no more', async () => {
  const shots = everyShot.map(({ name }) => name);
  expect((await keptNames()).filter((name) => !shots.includes(name))).toEqual([]);
});

describe.each(sizes)('at $name', { timeout: 300_000 }, (size) => {
  test.each(['ja', 'en'] as const)('every screen has room for words that are 40 % longer than those of %s', async (language) => {
    const stretched = await openKiosk(the.browser, the.scripted, size, stretchWords);
    expect(await misfitsOf(stretched, language)).toEqual({});
    await stretched.context().close();
  });
});

/** @returns what does not fit, by shot */
async function misfitsOf(page: Page, language: (typeof languageCodes)[number]): Promise<Record<string, string[]>> {
  const wrong: Record<string, string[]> = {};
  for (const shot of everyShot) {
    await showShot(page, the.scripted, shot, language);
    const found = [...(await misfits(page)), ...(await overlaps(page))];
    if (found.length > 0) wrong[shot.name] = found;
  }
  return wrong;
}
