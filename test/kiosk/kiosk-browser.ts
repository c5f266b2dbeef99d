import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Screen, Snapshot } from '../../src/kiosk/protocol.ts';
import { createKioskServer } from '../../src/kiosk/server.ts';
import { type LanguageCode, languages } from '../../src/texts/index.ts';
import { drawnPerson } from './drawn-person.ts';
import { ScriptedSource } from './scripted-source.ts';
import type { Shot } from './shot.ts';

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

const bench: Partial<Snapshot> = { simulated: ['card', 'module', 'front', 'camera', 'gateway'] };

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

type Size = { readonly width: number; readonly height: number };
/** What is done to the page before it is loaded. */
type Prepare = (page: Page) => Promise<void>;

/**
 * Opens the kiosk with a clock that the test moves, drawings that stand still, and without the page's own guidance: its
 * hints are the scripted reader's alone.
 */
export async function openKiosk(browser: Browser, { server }: Scripted, size: Size, prepare?: Prepare): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: size.width, height: size.height }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.clock.install();
  await blockGuidance(page);
  await prepare?.(page);
  await page.goto(server.bootUrl);
  await page.locator('h1').waitFor();
  return page;
}

/** The digits of this page's PIN pad are mixed, but always in the same way: for pictures that are compared. */
export async function mixDigitsAlike(page: Page): Promise<void> {
  await page.addInitScript(() => {
    crypto.getRandomValues = (numbers) => numbers;
  });
}

/** No WebAssembly for this page: its face detector cannot be loaded. */
export async function blockGuidance(page: Page): Promise<void> {
  await page.route('**/*.wasm', (route) => route.abort());
}

/** Shows one shot in one language, on a fresh screen. */
export async function showShot(page: Page, { source }: Scripted, shot: Shot, language: LanguageCode): Promise<void> {
  // What an earlier shot has opened.
  if ((await page.locator('dialog').count()) > 0) await page.keyboard.press('Escape');
  await showScreen(page, source, shot.screen.at === 'reading' ? { at: 'proving', method: 'pin' } : { at: 'reading' });
  await showScreen(page, source, shot.screen, shot.about);
  await speak(page, language);
  if (shot.screen.at === 'matching-face') await showPreview(page, source);
  if (shot.afterMs !== undefined) await page.clock.runFor(shot.afterMs);
  await shot.touch?.(page);
}

/** Chooses the language where the page does not speak it yet, as a patient does. */
export async function speak(page: Page, language: LanguageCode): Promise<void> {
  if ((await page.locator('html').getAttribute('data-language')) === language) return;
  await page.locator('.language-switch').dispatchEvent('click');
  await page.locator(`.languages button[data-language=${language}]`).dispatchEvent('click');
  await page.locator('dialog').waitFor({ state: 'detached' });
}

async function showScreen(page: Page, source: ScriptedSource, screen: Screen, about?: Shot['about']): Promise<void> {
  source.show(screen, about);
  await page.locator(`body[data-screen="${screen.at}"]`).waitFor();
}

/** A picture that comes before the page listens is lost, as with any camera: another follows. */
async function showPreview(page: Page, source: ScriptedSource): Promise<void> {
  await page.locator('canvas').waitFor();
  const painted = page.locator('canvas[data-painted]');
  for (let pictures = 1; (await painted.count()) === 0; pictures++) {
    if (pictures > 20) throw new Error('the preview was not painted');
    source.preview(await drawnPerson());
    await painted.waitFor({ timeout: 1000 }).catch(() => {});
  }
}
