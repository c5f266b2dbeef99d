/**
 * The bench as a person meets it, in Debian's Chromium with a person before the webcam who follows the hints: every tap
 * goes through the pages, every answer through PTY, worker and gateway.
 */
import type { Browser, BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { followHints } from '../../src/bench/faces/follow-hints.ts';
import { createNoisySensor } from '../../src/bench/faces/noisy-sensor.ts';
import { framesOf, turningFramesOf } from '../../src/bench/faces/persona-faces.ts';
import { emptyRoomFrames } from '../../src/bench/faces/photo-frames.ts';
import { createTurningHead } from '../../src/bench/faces/turning-head.ts';
import { type BenchUnit, composeBench } from '../../src/compose-bench.ts';
import { en } from '../../src/texts/en.ts';
import { ja } from '../../src/texts/ja.ts';
import { configOnFreePorts } from '../free-ports.ts';
import { launchChromium, speak } from '../kiosk/kiosk-browser.ts';
import { connectWebcam } from './page-webcam.ts';
import { differenceFromExpected, same } from './screen-picture.ts';

let browser: Browser;
let context: BrowserContext;
let bench: BenchUnit;
let kiosk: Page;
let dock: Page;
const mistakes: string[] = [];
let beforeWebcam: 'nobody' | 'adult' = 'nobody';

beforeAll(async () => {
  const composed = await composeBench({ config: configOnFreePorts(), keep: false, gatewayLatencyMs: 300 });
  if (!composed.ok) throw new Error(composed.fault.detail);
  bench = composed.value;
  const { kioskUrl, dockUrl } = await bench.serve();
  browser = await launchChromium();
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  await connectWebcam(context, await webcamPictures());
  kiosk = await opened(kioskUrl);
  dock = await opened(dockUrl);
});
afterAll(async () => {
  await browser?.close();
  await bench?.close();
});

/**
 * Whoever is before the webcam turns the head where the kiosk asks for it: 3° a picture that a page looks at, so that on a
 * busy machine no part of the turn goes unseen.
 */
async function webcamPictures(): Promise<() => Promise<Uint8Array>> {
  const [front, left, right] = await Promise.all([framesOf('a'), turningFramesOf('a', 'left'), turningFramesOf('a', 'right')]);
  const room = await emptyRoomFrames();
  const head = createTurningHead({ front, left, right });
  const throughSensor = createNoisySensor();
  followHints(bench.reader, { pose: head.turnTo });
  let count = 0;
  return () => {
    const pictures = beforeWebcam === 'adult' ? head.next() : room;
    return throughSensor(pictures[count++ % pictures.length] as Uint8Array);
  };
}

async function opened(url: string): Promise<Page> {
  const page = await context.newPage();
  page.on('pageerror', (error) => mistakes.push(error.message));
  // TensorFlow Lite tells of its ordinary start on the channel for errors.
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('INFO: ')) mistakes.push(message.text());
  });
  await page.goto(url);
  await page.locator('h1').first().waitFor();
  return page;
}

/** Waits until the kiosk shows one of those screens, and returns which; says what it shows instead. */
async function on(...screens: readonly string[]): Promise<string> {
  const shown = () => kiosk.locator('body').getAttribute('data-screen');
  await kiosk
    .locator(screens.map((screen) => `body[data-screen="${screen}"]`).join())
    .waitFor({ timeout: 45_000 })
    .catch(async () => {
      await kiosk.screenshot({ path: 'build/screens-seen/failed.png' });
      throw new Error(
        `waited for "${screens.join('" or "')}"; the kiosk shows "${await shown()}", the reader is ${JSON.stringify(bench.reader.state)}, placed ${bench.bench.placed?.personaId}`,
      );
    });
  return (await shown()) ?? '';
}
const tap = (name: string, page: Page | FrameLocator = kiosk): Promise<void> =>
  page.getByRole('button', { name: name.replaceAll('\n', ' ') }).click();

/** Headless Chromium can lose a touch in a frame that has just come up: touched again, as a person would. */
async function tapUntil(button: Locator, done: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 5 && !done(); attempt++) {
    await button.click();
    await vi.waitUntil(done, { timeout: 2_000 }).catch(() => {});
  }
  expect(done()).toBe(true);
}

/** On real time a machine can be too busy to see a whole turn: a person then takes the other tries that are offered. */
async function isMatched(): Promise<void> {
  for (let other = 0; other < 2 && (await on('asking', 'face-retry')) === 'face-retry'; other++) {
    await tap(ja.face.again);
    // The screen that was touched must not be taken for another one.
    await kiosk.locator('body:not([data-screen="face-retry"])').waitFor();
  }
  await on('asking');
}

const card = (title: string): Locator => dock.getByRole('radio', { name: title, exact: true });

async function looksRight(screen: string, mask: Locator[] = []): Promise<void> {
  const { width, height } = kiosk.viewportSize() ?? { width: 0, height: 0 };
  const language = await kiosk.locator('html').getAttribute('lang');
  const difference = await differenceFromExpected(kiosk, `${language}-${width}x${height}-${screen}`, mask);
  expect(same(difference), `${screen} differs from its picture in ${(100 * difference).toFixed(2)} % of its pixels`).toBe(true);
}

describe('a whole reception in the browser', { timeout: 300_000 }, () => {
  test('by face, from the dock’s page, with the webcam through the kiosk page', async () => {
    await on('idle');
    await looksRight('idle');
    await card('大人（ふつうのカード）').check();
    await dock.getByLabel('このパソコンのカメラ').click();
    await tap('カードを置く', dock);
    await on('choosing');
    await looksRight('choosing');
    await tap(ja.choosing.face);
    await on('matching-face');
    await kiosk.locator('video').waitFor();
    await looksRight('matching-face', [kiosk.locator('.preview'), kiosk.locator('h1'), kiosk.locator('.hint')]);
    // Only now: the screen must not have passed before its picture is taken.
    beforeWebcam = 'adult';
    await isMatched();
    await looksRight('asking-consent');
    await tap(ja.consent.all);
    await on('done');
    await looksRight('done');
    await dock.getByText('accepted').first().waitFor();
    await dock.getByText('QualificationConfirmation').first().waitFor();
    await on('take-card');
    await looksRight('take-card');
    await tap('カードを取る', dock);
    await on('idle');
  });

  test('by PIN, with fingers on the kiosk page alone, in English on the small screen', async () => {
    await kiosk.setViewportSize({ width: 800, height: 480 });
    await speak(kiosk, 'en');
    await tap(en.simulated.openDock);
    const drawer = kiosk.frameLocator('iframe');
    await drawer.locator('select').first().selectOption('adult');
    await tapUntil(drawer.locator('button.main'), () => bench.bench.placed !== undefined);
    await on('choosing');
    await looksRight('choosing');
    await tap(en.choosing.pin);
    await on('entering-pin');
    await tap(en.pin.inOrder);
    await looksRight('entering-pin');
    for (const digit of '9999') await tap(digit);
    await tap(en.pin.ok);
    await kiosk.getByText(en.pin.rejected).waitFor();
    await looksRight('entering-pin-again');
    for (const digit of '1234') await tap(digit);
    await tap(en.pin.ok);
    await on('asking');
    await looksRight('asking-consent');
    await tap(en.consent.none);
    await on('done');
    await looksRight('done');
    expect(bench.bench.placed?.card.statistics).toMatchObject({ pinVerifies: 2, verifiesWhileBlocked: 0 });
    await on('take-card');
    await tap(en.simulated.openDock);
    await tapUntil(drawer.locator('button:not(.main)').first(), () => bench.bench.placed === undefined);
    await on('idle');
    await kiosk.setViewportSize({ width: 1280, height: 800 });
  });

  test('with a test card issued with the face before the webcam', async () => {
    beforeWebcam = 'adult';
    await tap('カメラをひらく', dock);
    await dock.locator('video').waitFor();
    await dock
      .locator('section', { has: dock.locator('video') })
      .locator('button.main')
      .click();
    const own = dock.getByRole('radio', { name: '自分の顔' });
    await own.waitFor({ timeout: 20_000 });
    await own.check();
    await dock.getByLabel('このパソコンのカメラ').click();
    await tap('カードを置く', dock);
    await on('choosing');
    await tap(ja.choosing.face);
    await isMatched();
    await tap(ja.consent.all);
    await on('done');
    await on('take-card');
    await tap('カードを取る', dock);
    await on('idle');
  });

  test('a card that is none of ours, and a gateway that is down, each end on a screen that says what to do', async () => {
    await dock.getByRole('radio', { name: /^交通系カード/ }).check();
    await tap('カードを置く', dock);
    await on('stopped');
    await looksRight('stopped-CARD-103');
    await tap('カードを取る', dock);
    await on('idle');
    await dock.getByLabel('止まっている').click();
    await card('大人（ふつうのカード）').check();
    await tap('カードを置く', dock);
    await on('stopped');
    await looksRight('stopped-GATE-501');
    await tap('カードを取る', dock);
    await on('idle');
    await dock.getByLabel('ふつう', { exact: true }).click();
  });

  test('without a mistake in either page’s console', () => {
    expect(mistakes).toEqual([]);
  });
});
