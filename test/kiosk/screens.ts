/**
 * Takes a picture of every screen in every language at both sizes, build/screens/<language>-<size>/<screen>.png, and lays
 * them out on contact sheets beside: build/screens/<language>-<size>-1.png and so on. Ends with 1 when a screen has none.
 * With `--keep` the tests compare with the screens as they are now; what has changed is drawn into build/screens-changed,
 * to be looked at before it is committed.
 * Run: npm run -s screens [-- [--keep] [--language CODE] [part of a screen's name]]
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { buildPages } from '../../src/setup/kiosk-page.mjs';
import type { LanguageCode } from '../../src/texts/index.ts';
import { makeContactSheets } from './contact-sheet.ts';
import { busyView, serveDock } from './dock-browser.ts';
import { everyShot } from './every-screen.ts';
import {
  languageCodes,
  launchChromium,
  mixDigitsAlike,
  openKiosk,
  root,
  serveScripted,
  showShot,
  sizes,
} from './kiosk-browser.ts';
import { keepScreens } from './screens/keep-screens.ts';
import { screensWithoutShot } from './screens-without-shot.ts';

const { values, positionals } = parseArgs({
  options: { keep: { type: 'boolean', default: false }, language: { type: 'string' } },
  allowPositionals: true,
});
await buildPages({ root, log: console.log });
const browser = await launchChromium();
const scripted = await serveScripted();
const wanted = languageCodes.filter((code) => values.language === undefined || code === values.language);
const shots = everyShot.filter(({ name }) => name.includes(positionals[0] ?? ''));
if (values.keep) console.log(`${await keepScreens(browser, scripted, shots, wanted)} pictures are new or changed, and kept`);
else await takeSheets();
await browser.close();
await scripted.server.close();
for (const screen of screensWithoutShot) console.log(`no picture: ${screen}`);
if (screensWithoutShot.length > 0) process.exitCode = 1;

async function takeSheets(): Promise<void> {
  let pictures = await takeDock();
  let sheets = 0;
  for (const size of sizes) {
    const page = await openKiosk(browser, scripted, size, mixDigitsAlike);
    for (const language of wanted) {
      const folder = join(root, 'build/screens', `${language}-${size.name}`);
      await takeAll(page, language, folder);
      pictures += shots.length;
      const names = shots.map(({ name }) => name);
      sheets += await makeContactSheets(folder, names, folder);
    }
  }
  console.log(`${pictures} pictures and ${sheets} contact sheets in build/screens`);
}

/** Every wanted screen in one language, into `folder`. */
async function takeAll(page: Page, language: LanguageCode, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const shot of shots) {
    await showShot(page, scripted, shot, language);
    await page.screenshot({ path: join(folder, `${shot.name}.png`) });
  }
}

/** The dock after a reception, whole and in the kiosk's drawer. @returns how many pictures */
async function takeDock(): Promise<number> {
  let kioskOrigin = '';
  const { bench, dock } = await serveDock(() => kioskOrigin);
  const { source, server } = await serveScripted({ simulated: ['card', 'module', 'gateway'], dockUrl: dock.url }, dock.origin);
  kioskOrigin = server.origin;
  bench.change(busyView);
  const folder = join(root, 'build/screens/dock');
  for (const size of sizes) {
    const page = await openKiosk(browser, { source, server }, size);
    await page.locator('.bench-band button').click();
    await page.frameLocator('iframe').locator('.compact').waitFor();
    await page.screenshot({ path: join(folder, `drawer-${size.name}.png`) });
    await page.goto(dock.url);
    await page.locator('.full').waitFor();
    await page.screenshot({ path: join(folder, `full-${size.name}.png`), fullPage: true });
  }
  await dock.close();
  await server.close();
  return 2 * sizes.length;
}
