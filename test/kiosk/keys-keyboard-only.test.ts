/** A whole reception by a keyboard alone, seen but not heard: Tab, Enter, Escape and the digits. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { en } from '../../src/texts/en.ts';
import { eventually } from '../eventually.ts';
import { openKeysBench } from './keys-bench.ts';
import { launchChromium } from './kiosk-browser.ts';

const MOST_TABS = 30;

let browser: Browser;
let bench: Awaited<ReturnType<typeof openKeysBench>>;
beforeAll(async () => {
  browser = await launchChromium();
  bench = await openKeysBench(browser);
});
afterAll(async () => {
  await browser?.close();
  await bench?.close();
});

const on = (screen: string) => bench.page.locator(`body[data-screen="${screen}"]`).waitFor({ timeout: 20_000 });
/** What stands on the button that has the focus. */
const focused = () =>
  bench.page.evaluate(() => (globalThis as unknown as Focused).document.querySelector('button:focus')?.textContent ?? '');
type Focused = { document: { querySelector(name: string): { textContent: string } | null } };

/** Tabs until the focus is on what these words stand on, and presses Enter there. */
async function enter(words: string): Promise<void> {
  for (let tabs = 0; tabs < MOST_TABS && !(await focused()).includes(words); tabs++) await bench.page.keyboard.press('Tab');
  expect(await focused()).toContain(words);
  await bench.page.keyboard.press('Enter');
}

test('a reception by PIN, in the language that was chosen', { timeout: 120_000 }, async () => {
  const { keyboard } = bench.page;
  await on('idle');
  await enter('Language');
  await bench.page.locator('dialog').waitFor();
  await enter('English');
  await bench.page.locator('dialog').waitFor({ state: 'detached' });
  await bench.placeCard();
  await on('choosing');
  await enter(en.choosing.pin);
  await on('entering-pin');
  await keyboard.type('12');
  await keyboard.press('Backspace');
  await keyboard.type('234');
  await bench.page.locator('.key.ok:not(:disabled)').waitFor();
  await keyboard.press('Enter');
  await on('asking');
  await enter(en.consent.none);
  await on('done');
  await on('take-card');
  bench.takeCard();
  await on('idle');
  await eventually(async () => expect(await bench.page.locator('html').getAttribute('lang')).toBe('ja'));
});
