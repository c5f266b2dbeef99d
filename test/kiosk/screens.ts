/**
 * Takes a picture of every screen in every language at both sizes: build/screens/<language>-<size>/<screen>.png.
 * Run: node test/kiosk/screens.ts [part of a screen's name]
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { buildPages } from '../../src/setup/kiosk-page.mjs';
import { busyView, serveDock } from './dock-browser.ts';
import { everyShot } from './every-screen.ts';
import { languageCodes, launchChromium, openKiosk, root, serveScripted, showShot, sizes } from './kiosk-browser.ts';

const wanted = process.argv[2] ?? '';
await buildPages({ root, log: console.log });
const browser = await launchChromium();
const scripted = await serveScripted();
let pictures = 0;
for (const size of sizes) {
  const page = await openKiosk(browser, scripted, size);
  for (const language of languageCodes) {
    const folder = join(root, 'build/screens', `${language}-${size.name}`);
    await mkdir(folder, { recursive: true });
    for (const shot of everyShot.filter(({ name }) => name.includes(wanted))) {
      await showShot(page, scripted, shot, language);
      await page.screenshot({ path: join(folder, `${shot.name}.png`) });
      pictures += 1;
    }
  }
}
await takeDock(browser);
await browser.close();
await scripted.server.close();
console.log(`${pictures} pictures in build/screens`);

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
