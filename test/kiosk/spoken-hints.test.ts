/** What the kiosk page says to everybody, in front of the camera: heard to its end in Debian's Chromium. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Screen } from '../../src/kiosk/protocol.ts';
import { clipId } from '../../src/kiosk/voice/clip-id.ts';
import type { FaceHint } from '../../src/reception/ports.ts';
import { en } from '../../src/texts/en.ts';
import { ja } from '../../src/texts/ja.ts';
import { eventually } from '../eventually.ts';
import { blockGuidance, launchChromium, type Scripted, serveScripted, sizes, speak } from './kiosk-browser.ts';

let browser: Browser;
let scripted: Scripted;
let page: Page;
beforeAll(async () => {
  browser = await launchChromium('--autoplay-policy=no-user-gesture-required');
});
afterAll(() => browser.close());
beforeEach(async () => {
  scripted = await serveScripted();
  page = await browser.newPage({ viewport: sizes[0] });
  await blockGuidance(page);
  await page.addInitScript(noteSounds);
});
afterEach(async () => {
  await page.close();
  await scripted.server.close();
});

const matching = (hint: FaceHint): Screen => ({ at: 'matching-face', hint, capture: { source: 'reader' }, pin: 'open' });
async function open(screen: Screen): Promise<void> {
  await page.goto(scripted.server.bootUrl);
  await page.locator('h1').waitFor();
  scripted.source.show(screen);
  await page.locator(`body[data-screen=${screen.at}]`).waitFor();
}
const sounds = () => page.evaluate(() => (globalThis as unknown as { sounds: Sound[] }).sounds);
const clips = async (event: Sound['event']) => (await sounds()).filter((each) => each.event === event).map(({ clip }) => clip);

test('says the screen and then the hint, one after the other, and the last to its end', async () => {
  const expected = [clipId(ja.face.title), clipId(ja.face.hints['look-here'])];
  await open(matching('look-here'));
  await eventually(async () => expect((await clips('ended')).at(-1)).toBe(expected[1]));
  expect(await clips('playing')).toEqual(expected);
  expect((await sounds()).at(-1)?.seconds).toBeGreaterThan(1);
});

test('says which way to turn, in the patient’s language', async () => {
  await open(matching('comparing'));
  await speak(page, 'en');
  scripted.source.show(matching('turn-right'));
  await eventually(async () => expect((await clips('ended')).at(-1)).toBe(clipId(en.face.hints['turn-right'])));
});

test('says what came of it, and nothing more once the screen is left', async () => {
  await open(matching('comparing'));
  scripted.source.show({ at: 'face-retry', code: 'FACE-407', pin: 'open', visual: false });
  await eventually(async () => expect((await clips('playing')).at(-1)).toBe(clipId(ja.faults['FACE-407'].title)));
  scripted.source.show({ at: 'choosing', face: 'open', pin: 'open', visual: false });
  await page.locator('body[data-screen=choosing]').waitFor();
  await eventually(async () => expect((await sounds()).at(-1)?.event).toBe('pause'));
});

test('is quiet when the voice is switched off, also on the next screen, until the reader is idle again', async () => {
  await open(matching('look-here'));
  const voice = page.getByRole('switch', { name: '声' });
  expect(await voice.getAttribute('aria-checked')).toBe('true');
  await eventually(async () => expect(await clips('playing')).toEqual([clipId(ja.face.title)]));
  await voice.click();
  expect(await voice.getAttribute('aria-checked')).toBe('false');
  await eventually(async () => expect((await sounds()).at(-1)?.event).toBe('pause'));
  scripted.source.show(matching('too-dark'));
  await page.locator('.hint[data-hint=too-dark]').waitFor();
  scripted.source.show({ at: 'face-retry', code: 'FACE-402', pin: 'open', visual: false });
  await page.locator('body[data-screen=face-retry]').waitFor();
  expect(await clips('playing')).toEqual([clipId(ja.face.title)]);
  scripted.source.show({ at: 'idle' });
  await page.locator('body[data-screen=idle]').waitFor();
  scripted.source.show(matching('look-here'));
  await eventually(async () => expect((await clips('playing')).length).toBeGreaterThan(1));
});

test('shows its hints as before when no clip can be played', async () => {
  await page.route('**/*.ogg', (route) => route.abort());
  await open(matching('look-here'));
  scripted.source.show(matching('turn-left'));
  await page.locator('.hint[data-hint=turn-left]').waitFor();
  expect(await clips('playing')).toEqual([]);
});

type Sound = {
  readonly event: 'playing' | 'ended' | 'pause';
  readonly clip: string;
  readonly seconds: number;
};

/** Runs in the page, before it: notes what every audio element does. A pause that only precedes the end is no cut. */
function noteSounds(): void {
  const sounds: unknown[] = [];
  const world = globalThis as unknown as { sounds: unknown[]; document: { addEventListener: Listen } };
  world.sounds = sounds;
  for (const event of ['playing', 'ended', 'pause']) {
    world.document.addEventListener(
      event,
      ({ target: { currentSrc, currentTime, ended } }) => {
        if (event === 'pause' && ended) return;
        const clip = currentSrc.slice(currentSrc.lastIndexOf('/') + 1, -'.ogg'.length);
        sounds.push({ event, clip, seconds: currentTime });
      },
      true,
    );
  }
}
type Listen = (
  event: string,
  listener: (event: { target: { currentSrc: string; currentTime: number; ended: boolean } }) => void,
  capture: boolean,
) => void;
