import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LanguageCode, languages } from '../../../src/texts/index.ts';
import { axeViolations } from '../axe-violations.ts';
import { everyShot } from '../every-screen.ts';
import { mixDigitsAlike, openKiosk, type Scripted, showShot, sizes } from '../kiosk-browser.ts';
import { misfits, overlaps, smallTargets } from '../measure-screen.ts';
import type { Shot } from '../shot.ts';
import { useKioskBrowser } from '../use-kiosk.ts';
import { clearDifferences, drawDifference } from './difference-sheet.ts';
import { type Pictures, readKept } from './kept-pictures.ts';
import { differ, takePicture } from './picture.ts';

type Size = (typeof sizes)[number];
/** What is wrong with each screen that is not as it should be. */
type Wrong = Record<string, readonly string[]>;

/** Everything that holds for every screen, in one language: each screen is visited once at each size. */
export function checkScreens(language: LanguageCode): void {
  const the = useKioskBrowser();

  describe.each(sizes)('at $name', (size) => {
    let page: Page;
    const found = { fit: {}, axe: {}, look: {} } satisfies Record<string, Wrong> as Record<'fit' | 'axe' | 'look', Wrong>;

    beforeAll(async () => {
      page = await openKiosk(the.browser, the.scripted, size, mixDigitsAlike);
      const kept = await readKept(language, size);
      await clearDifferences(`${language}-${size.name}`);
      for (const shot of everyShot) {
        await showShot(page, the.scripted, shot, language);
        note(found.fit, shot, [...(await misfits(page)), ...(await overlaps(page)), ...(await smallTargets(page))]);
        note(found.look, shot, await changes(page, the.scripted, shot, language, size, kept));
        // The words and colours are the same at either size.
        if (size === sizes[0]) note(found.axe, shot, await axeViolations(page));
      }
    }, 400_000);
    afterAll(() => page.context().close());

    test('every screen fits without scrolling, cutting or covering, and every target is large enough', () => {
      expect(found.fit).toEqual({});
    });

    test('every screen looks as it did when it was kept', () => {
      expect(found.look).toEqual({});
    });

    if (size === sizes[0]) {
      test('axe finds nothing, with contrast at 7:1', () => {
        expect(found.axe).toEqual({});
      });
    }

    test('the heading says the screen and has the focus; the page is marked with its language', async () => {
      await showShot(page, the.scripted, { name: 'x', screen: { at: 'stopped', code: 'GATE-501', offers: ['staff'] } }, language);
      expect(await page.locator('h1').innerText()).toBe(languages[language].faults['GATE-501'].title);
      expect(await page.locator('html').getAttribute('lang')).toBe(languages[language].lang);
      the.scripted.source.show({ at: 'reading' });
      await page.locator('body[data-screen=reading]').waitFor();
      expect(await page.locator(':focus').evaluate(({ tagName }) => tagName)).toBe('H1');
    });
  });
}

function note(wrong: Wrong, { name }: Shot, found: readonly string[]): void {
  if (found.length > 0) wrong[name] = found;
}

async function changes(
  page: Page,
  scripted: Scripted,
  shot: Shot,
  language: LanguageCode,
  size: Size,
  kept: Pictures,
): Promise<readonly string[]> {
  const before = kept.get(shot.name);
  if (!before) return [`no picture of it is kept: npm run -s screens -- --keep ${shot.name}, and look at it`];
  if (!differ(before, await takePicture(page))) return [];
  // A machine that is held up may have photographed a screen that was still being drawn, or stood for longer than meant.
  await showShot(page, scripted, shot, language);
  const now = await takePicture(page);
  if (!differ(before, now)) return [];
  const sheet = await drawDifference(page, `${language}-${size.name}`, shot.name, before, now);
  return [`kept, now and difference: ${sheet}; if it is meant so: npm run -s screens -- --keep ${shot.name}`];
}
