import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Screen, Snapshot } from '../../src/kiosk/protocol.ts';
import { createKioskServer } from '../../src/kiosk/server.ts';
import type { WaitReason } from '../../src/reception/ports.ts';
import { type LanguageCode, languages } from '../../src/texts/index.ts';
import { drawnPerson } from './drawn-person.ts';
import type { Shot } from './every-screen.ts';
import { ScriptedSource } from './scripted-source.ts';

export const root = join(import.meta.dirname, '../..');
export const sizes = [
  { name: '1280x800', width: 1280, height: 800 },
  { name: '800x480', width: 800, height: 480 },
] as const;
export const languageCodes = Object.keys(languages) as LanguageCode[];

export const launchChromium = (...extra: readonly string[]): Promise<Browser> =>
  chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...extra,
    ],
  });

const bench: Omit<Snapshot, 'revision' | 'screen'> = { simulated: ['card', 'module', 'front', 'camera', 'gateway'] };

/** A page server over a scripted reader; each test makes its own. */
export async function serveScripted(about = bench, dockOrigin?: string) {
  const source = new ScriptedSource(about);
  const server = await createKioskServer({
    random: (length) => randomBytes(length),
    pageDir: join(root, 'build/kiosk'),
    bootToken: { value: randomBytes(24).toString('base64url'), uses: 'many' },
    source,
    ...(dockOrigin === undefined ? {} : { dockOrigin }),
  });
  return { source, server };
}

export type Scripted = Awaited<ReturnType<typeof serveScripted>>;

/**
 * Opens the kiosk with a clock that the test moves, drawings that stand still, and without the page's own guidance: its
 * hints are the scripted reader's alone.
 */
export async function openKiosk(browser: Browser, { server }: Scripted, size: { width: number; height: number }): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: size.width, height: size.height }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.clock.install();
  await blockGuidance(page);
  await page.goto(server.bootUrl);
  await page.locator('h1').waitFor();
  return page;
}

/** No WebAssembly for this page: its face detector cannot be loaded. */
export async function blockGuidance(page: Page): Promise<void> {
  await page.route('**/*.wasm', (route) => route.abort());
}

/** Shows one shot in one language, on a fresh screen. */
export async function showShot(page: Page, { source }: Scripted, shot: Shot, language: LanguageCode): Promise<void> {
  await showScreen(page, source, shot.screen.at === 'reading' ? { at: 'proving', method: 'pin' } : { at: 'reading' });
  await showScreen(page, source, shot.screen, shot.waitsFor);
  await page.locator(`.languages button[lang=${language}]`).click();
  if (shot.screen.at === 'matching-face') await showPreview(page, source);
  if (shot.afterMs !== undefined) await page.clock.runFor(shot.afterMs);
  await shot.touch?.(page);
}

async function showScreen(page: Page, source: ScriptedSource, screen: Screen, waitsFor?: WaitReason): Promise<void> {
  source.show(screen, waitsFor);
  await page.locator(`body[data-screen="${screen.at}"]`).waitFor();
}

async function showPreview(page: Page, source: ScriptedSource): Promise<void> {
  await page.locator('canvas').waitFor();
  source.preview(await drawnPerson());
  await page.locator('canvas[data-painted]').waitFor();
}
