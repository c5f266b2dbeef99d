/** What the comparison of screens must notice, and what it must not: done to real screens. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Screen } from '../../../src/kiosk/protocol.ts';
import { launchChromium, mixDigitsAlike, openKiosk, type Scripted, serveScripted, showShot, sizes } from '../kiosk-browser.ts';
import { differ, type Picture, takePicture } from './picture.ts';

const screens: readonly Screen[] = [
  { at: 'choosing', face: 'open', pin: 'open', visual: true },
  { at: 'entering-pin', triesLeft: 2, digits: 4, rejected: true, face: 'open', visual: true },
  { at: 'stopped', code: 'PIN-302', offers: ['face', 'staff'] },
];

/** The least of what somebody would see, as style. */
const changes: Readonly<Record<string, string>> = {
  'a button is gone': 'main button:last-of-type { visibility: hidden }',
  'a button lies a little to the right': 'main button:last-of-type { position: relative; left: 8px }',
  'the heading stands four pixels lower': 'h1 { position: relative; top: 4px }',
  'a drawing is gone': 'main svg { visibility: hidden }',
  'blue has become green': ':root { --blue: var(--green) !important; --color-primitive-blue-900: var(--green) }',
  'the paper is grey': ':root { --paper: #eeeeee }',
};

let scripted: Scripted;
let browser: Browser;
beforeAll(async () => {
  scripted = await serveScripted();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await scripted.server.close();
});

const show = (page: Page, screen: Screen) => showShot(page, scripted, { name: screen.at, screen }, 'ja');

/** The little of the DOM that is used here; the root program is type-checked without a browser's types. */
type Sheet = { replaceSync(css: string): void };
type Globals = { readonly document: { adoptedStyleSheets: Sheet[] }; readonly CSSStyleSheet: new () => Sheet };

const dress = (page: Page, css: string) =>
  page.evaluate((text) => {
    const { document, CSSStyleSheet } = globalThis as never as Globals;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
  }, css);

describe.each(sizes)('at $name', (size) => {
  let page: Page;
  beforeAll(async () => {
    page = await openKiosk(browser, scripted, size, mixDigitsAlike);
  });
  afterAll(() => page.context().close());

  describe.each(screens)('$at', (screen) => {
    let before: Picture;
    beforeAll(async () => {
      await show(page, screen);
      before = await takePicture(page);
    });

    test('shown again is no change', async () => {
      await show(page, screen);
      expect(differ(before, await takePicture(page))).toBe(false);
    });

    test.each(Object.entries(changes))('%s', async (_, css) => {
      await dress(page, css);
      expect(differ(before, await takePicture(page))).toBe(true);
      await dress(page, '');
      expect(differ(before, await takePicture(page))).toBe(false);
    });

    test('one word of another language', async () => {
      const words = await page.locator('h1').textContent();
      await page.locator('h1').evaluate((heading) => {
        heading.textContent = `${heading.textContent?.slice(0, -4)}năm`;
      });
      expect(differ(before, await takePicture(page))).toBe(true);
      await page.locator('h1').evaluate((heading, kept) => {
        heading.textContent = kept;
      }, words);
    });

    test('another way of placing glyphs and smoothing their edges is no change', async () => {
      const other = await launchChromium('--disable-font-subpixel-positioning', '--font-render-hinting=full');
      const there = await openKiosk(other, scripted, size, mixDigitsAlike);
      await show(there, screen);
      expect(differ(before, await takePicture(there))).toBe(false);
      await other.close();
    });
  });
});
