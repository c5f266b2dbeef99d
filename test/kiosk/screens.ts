/**
 * Takes a picture of every screen in every language at both sizes: build/screens/<language>-<size>/<screen>.png.
 * Run: node test/kiosk/screens.ts [part of a screen's name]
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPages } from '../../src/setup/kiosk-page.mjs';
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
await browser.close();
await scripted.server.close();
console.log(`${pictures} pictures in build/screens`);
