/**
 * Takes a picture of every screen in every language at both sizes, build/screens/<language>-<size>/<screen>.png, and lays
 * them out on contact sheets beside: build/screens/<language>-<size>-1.png and so on. Ends with 1 when a screen has none.
 * Run: npm run -s screens [-- part of a screen's name]
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { buildPages } from '../../src/setup/kiosk-page.mjs';
import { makeContactSheets } from './contact-sheet.ts';
import { busyView, serveDock } from './dock-browser.ts';
import { everyShot } from './every-screen.ts';
import { languageCodes, launchChromium, openKiosk, root, serveScripted, showShot, sizes } from './kiosk-browser.ts';
import { screensWithoutShot } from './screens-without-shot.ts';

const wanted = process.argv[2] ?? '';
await buildPages({ root, log: console.log });
const browser = await launchChromium();
const scripted = await serveScripted();
const shots = everyShot.filter(({ name }) => name.includes(wanted));
let pictures = 0;
let sheets = 0;
for (const size of sizes) {
  const page = await openKiosk(browser, scripted, size);
  for (const language of languageCodes) {
    const folder = join(root, 'build/screens', `${language}-${size.name}`);
    await mkdir(folder, { recursive: true });
    for (const shot of shots) {
      await showShot(page, scripted, shot, language);
      await page.screenshot({ path: join(folder, `${shot.name}.png`) });
      pictures += 1;
    }
    const names = shots.map(({ name }) => name);
    sheets += await makeContactSheets(folder, names, folder);
  }
}
await takeDock(browser);
await browser.close();
await scripted.server.close();
console.log(`${pictures} pictures and ${sheets} contact sheets in build/screens`);
for (const screen of screensWithoutShot) console.log(`no picture: ${screen}`);
if (screensWithoutShot.length > 0) process.exitCode = 1;

/** The dock after a reception, whole and in the kiosk's drawer. */
async function takeDock(browser: Browser): Promise<void> {
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
    pictures += 2;
  }
  await dock.close();
  await server.close();
}
