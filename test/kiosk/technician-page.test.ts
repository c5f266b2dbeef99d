/** The technician's menu in Chromium, at both sizes and in both languages: usable, whole, and without an axe violation. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../eventually.ts';
import { axeViolations } from './axe-violations.ts';
import { blockGuidance, launchChromium, root, sizes } from './kiosk-browser.ts';
import { serveMenu } from './technician-kiosk.ts';

let browser: Browser;
const pictures = join(root, 'build/screens/technician');

beforeAll(async () => {
  browser = await launchChromium();
  mkdirSync(pictures, { recursive: true });
});
afterAll(() => browser.close());

type Kiosk = Awaited<ReturnType<typeof serveMenu>>;

async function openMenu(kiosk: Kiosk, size: (typeof sizes)[number], language: 'ja' | 'en'): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: size.width, height: size.height }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await blockGuidance(page);
  await page.goto(kiosk.server.bootUrl);
  await page.locator('main h1').waitFor();
  kiosk.bench.panel.openCase();
  kiosk.bench.panel.key('*#', true);
  await page.locator('dialog.technician').waitFor({ timeout: 30_000 });
  kiosk.bench.panel.key('*#', false);
  if (language === 'en') await page.getByRole('button', { name: 'English' }).click();
  return page;
}

describe.each(sizes)('at $name', (size) => {
  test.each(['ja', 'en'] as const)('every page of the menu in %s', { timeout: 120_000 }, async (language) => {
    const kiosk = await serveMenu();
    const page = await openMenu(kiosk, size, language);
    const wrong: string[] = [];
    const look = async (name: string) => {
      await page.screenshot({ path: join(pictures, `${name}-${language}-${size.name}.png`) });
      // Names, roles and contrast are the same at both sizes.
      if (size === sizes[0]) for (const violation of await axeViolations(page)) wrong.push(`${name}: ${violation}`);
      for (const misfit of await misfits(page)) wrong.push(`${name}: ${misfit}`);
    };
    const tile = (part: string) => page.locator('.tile', { hasText: part }).click();
    const back = () => page.locator('.tools .tool').last().click();

    await look('password');
    for (const digit of '12345678') await page.locator('.keys').getByText(digit, { exact: true }).click();
    await page.getByRole('button', { name: 'OK' }).click();
    await page.locator('.part-list .outcome.failed').nth(1).waitFor();
    await look('list');
    await tile(language === 'ja' ? '資格確認ゲートウェイ' : 'eligibility gateway');
    await page.locator('.part-page').waitFor();
    await look('part-failed');
    await back();
    const tests =
      language === 'ja'
        ? ['光', '音', 'テンキー', 'テストカード', 'タッチ画面']
        : ['lights', 'sounds', 'key pad', 'test card', 'touch'];
    for (const [place, name] of tests.entries()) {
      await page.locator('ul').nth(1).locator('.tile', { hasText: name }).click();
      await page.locator('.hand-page').waitFor();
      if (place === 2) kiosk.bench.panel.type('12345*');
      await look(`hand-${place}`);
      if (place < 4) await back();
    }
    for (const corner of [0, 1, 2, 3]) await page.locator(`.corner-${corner}`).click();
    await page.locator('.part-list').waitFor();
    expect(kiosk.bench.audited.at(-1)).toMatchObject({ part: 'touch', works: true });
    await page.locator('.tools .tool').nth(1).click();
    await page.locator('.sheet-page').waitFor();
    await look('sheet');
    await back();
    await page.locator('.tools .tool').nth(2).click();
    await page.locator('.setup-code', { hasText: 'ABCDE-FGHJK' }).waitFor();
    await look('desk');
    await back();
    kiosk.bench.desk.setupCode = undefined;
    await page.locator('.tools .tool').nth(2).click();
    await page.locator('.desk-page').waitFor();
    await look('desk-led');
    expect(await page.locator('.desk-page').innerText()).not.toContain('ABCDE');
    await page.locator('header .tool').last().click();
    await page.locator('dialog').waitFor({ state: 'detached' });
    expect(kiosk.bench.rest.resting).toBe(false);
    expect(wrong).toEqual([]);
    await page.context().close();
    await kiosk.close();
  });
});

test('neither Escape nor a key of the keyboard closes it, and the digits typed there are the password’s', async () => {
  const kiosk = await serveMenu();
  const page = await openMenu(kiosk, sizes[0], 'ja');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.type('123');
  await eventually(() => expect(kiosk.bench.menu.view()).toMatchObject({ at: 'password', digits: 3 }));
  await page.keyboard.press('Backspace');
  await eventually(() => expect(kiosk.bench.menu.view()).toMatchObject({ at: 'password', digits: 2 }));
  await page.context().close();
  await kiosk.close();
});

type Box = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly height: number;
  readonly width: number;
};
type Node = {
  readonly className: unknown;
  readonly textContent: string;
  readonly scrollWidth: number;
  readonly clientWidth: number;
  readonly scrollHeight: number;
  readonly clientHeight: number;
  getBoundingClientRect(): Box;
};
type Globals = {
  readonly document: { querySelectorAll(selector: string): Iterable<Node> };
  readonly innerWidth: number;
  readonly innerHeight: number;
};

/** What is cut off, outside of the screen, or too small to be touched. */
function misfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { document, innerWidth, innerHeight } = globalThis as unknown as Globals;
    const found: string[] = [];
    for (const element of document.querySelectorAll('dialog.technician, dialog.technician *')) {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      const name = `${String(element.className)} «${element.textContent.slice(0, 30)}»`;
      if (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1) found.push(`outside: ${name}`);
    }
    for (const element of document.querySelectorAll(
      'dialog.technician, dialog.technician :is(section, button, h1, h2, p, dl, div)',
    ))
      if (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)
        found.push(`cut off: ${String(element.className)} «${element.textContent.slice(0, 30)}»`);
    for (const button of document.querySelectorAll('dialog.technician button')) {
      const { width, height } = button.getBoundingClientRect();
      if (width < 44 || height < 44) found.push(`too small: «${button.textContent}» ${width}×${height}`);
    }
    return found;
  });
}
