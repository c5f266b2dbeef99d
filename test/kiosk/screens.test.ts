import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { languages } from '../../src/texts/index.ts';
import { everyShot, ordinaryShots, type Shot } from './every-screen.ts';
import { languageCodes, launchChromium, openKiosk, type Scripted, serveScripted, showShot, sizes } from './kiosk-browser.ts';
import { misfits, overlaps } from './measure-screen.ts';

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

describe.each(sizes)('at $name', (size) => {
  let page: Page;
  beforeAll(async () => {
    page = await openKiosk(browser, scripted, size);
  });
  afterAll(() => page.context().close());

  describe.each(languageCodes)('in %s', (language) => {
    test('every screen fits without scrolling, cutting or covering', async () => {
      const wrong: Record<string, string[]> = {};
      for (const shot of everyShot) {
        await showShot(page, scripted, shot, language);
        const found = [...(await misfits(page)), ...(await overlaps(page))];
        if (found.length > 0) wrong[shot.name] = found;
      }
      expect(wrong).toEqual({});
    });

    test('axe finds nothing, with contrast at 7:1', async () => {
      const wrong: Record<string, string[]> = {};
      // One fault stands for all: their screens differ in words alone.
      for (const shot of [
        ...ordinaryShots,
        shotNamed('stopped-FACE-401'),
        shotNamed('stopped-GATE-501'),
        shotNamed('idle-folder-missing'),
      ]) {
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
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      scripted.source.show({ at: 'reading' });
      await page.locator('body[data-screen=reading]').waitFor();
      expect(await page.locator(':focus').evaluate(({ tagName }) => tagName)).toBe('H1');
    });
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
