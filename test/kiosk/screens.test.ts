import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { languages } from '../../src/texts/index.ts';
import { everyShot, ordinaryShots, type Shot } from './every-screen.ts';
import { languageCodes, launchChromium, openKiosk, type Scripted, serveScripted, showShot, sizes } from './kiosk-browser.ts';
import { misfits, overlaps } from './measure-screen.ts';
import { screensWithoutShot } from './screens-without-shot.ts';
import { stretchWords } from './stretch-words.ts';

let browser: Browser;
let scripted: Scripted;

beforeAll(async () => {
  browser = await launchChromium();
  scripted = await serveScripted();
});

afterAll(async () => {
  await browser.close();
  await scripted.server.close();
});

const shotNamed = (name: string): Shot => {
  const shot = everyShot.find((each) => each.name === name);
  if (!shot) throw new Error(`no shot ${name}`);
  return shot;
};

/** One of a kind stands for all faults: their screens differ in words alone. */
const faultsForAll = ['stopped-FACE-401', 'stopped-GATE-505', 'stopped-PIN-302-nothing-open', 'idle-folder-missing'].map(
  shotNamed,
);

/** @returns what does not fit, by shot */
async function misfitsOf(page: Page, language: (typeof languageCodes)[number]): Promise<Record<string, string[]>> {
  const wrong: Record<string, string[]> = {};
  for (const shot of everyShot) {
    await showShot(page, scripted, shot, language);
    const found = [...(await misfits(page)), ...(await overlaps(page))];
    if (found.length > 0) wrong[shot.name] = found;
  }
  return wrong;
}

test('every screen that the reader can ask for is among these', () => {
  expect(screensWithoutShot).toEqual([]);
});

describe.each(sizes)('at $name', { timeout: 300_000 }, (size) => {
  let page: Page;
  beforeAll(async () => {
    page = await openKiosk(browser, scripted, size);
  });
  afterAll(() => page.context().close());

  describe.each(languageCodes)('in %s', (language) => {
    test('every screen fits without scrolling, cutting or covering', async () => {
      expect(await misfitsOf(page, language)).toEqual({});
    });

    test('axe finds nothing, with contrast at 7:1', async () => {
      const wrong: Record<string, string[]> = {};
      // Another language changes the words and their marking alone.
      for (const shot of language === 'ja'
        ? [...ordinaryShots, ...faultsForAll]
        : ['idle-languages', 'choosing'].map(shotNamed)) {
        await showShot(page, scripted, shot, language);
        const { violations } = await new AxeBuilder({ page })
          .setLegacyMode()
          .options({ rules: { 'color-contrast-enhanced': { enabled: true } } })
          .analyze();
        if (violations.length > 0)
          wrong[shot.name] = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      }
      expect(wrong).toEqual({});
    });

    test('the heading says the screen and has the focus; the page is marked with its language', async () => {
      await showShot(page, scripted, { name: 'x', screen: { at: 'stopped', code: 'GATE-501', offers: ['staff'] } }, language);
      expect(await page.locator('h1').innerText()).toBe(languages[language].faults['GATE-501'].title);
      expect(await page.locator('html').getAttribute('lang')).toBe(languages[language].lang);
      scripted.source.show({ at: 'reading' });
      await page.locator('body[data-screen=reading]').waitFor();
      expect(await page.locator(':focus').evaluate(({ tagName }) => tagName)).toBe('H1');
    });
  });

  test.each(['ja', 'en'] as const)('every screen has room for words that are 40 % longer than those of %s', async (language) => {
    const stretched = await openKiosk(browser, scripted, size, stretchWords);
    expect(await misfitsOf(stretched, language)).toEqual({});
    await stretched.context().close();
  });

  test('every target is large enough, and the digit keys larger still', async () => {
    const [keyWidth, keyHeight] = size.width === 1280 ? [112, 96] : [80, 64];
    for (const shot of ordinaryShots) {
      await showShot(page, scripted, shot, 'en');
      for (const target of await page.locator('button').all()) {
        const box = await target.boundingBox();
        expect(Math.min(box?.width ?? 0, box?.height ?? 0), `${shot.name}: ${await target.innerText()}`).toBeGreaterThanOrEqual(
          44,
        );
      }
      for (const key of await page.locator('.key').all()) {
        const box = await key.boundingBox();
        expect(box?.width).toBeGreaterThanOrEqual(keyWidth);
        expect(box?.height).toBeGreaterThanOrEqual(keyHeight);
      }
    }
  });
});
