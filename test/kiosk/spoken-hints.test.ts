/** The voice of the kiosk page: each clip is what its words say, can be heard, and is heard in Debian's Chromium. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Screen } from '../../src/kiosk/protocol.ts';
import { clipsFolder, type Manifest, sha256 } from '../../src/kiosk/voice/clip-files.ts';
import { spokenWords } from '../../src/kiosk/voice/spoken.ts';
import type { FaceHint } from '../../src/reception/ports.ts';
import { languages } from '../../src/texts/index.ts';
import { blockGuidance, languageCodes, launchChromium, type Scripted, serveScripted, sizes } from './kiosk-browser.ts';

const manifest: Manifest = JSON.parse(readFileSync(join(clipsFolder, 'manifest.json'), 'utf8'));
const everyClip = languageCodes.flatMap((language) =>
  Object.entries(spokenWords(languages[language])).map(([spoken, words]) => ({ clip: `${language}/${spoken}.ogg`, words })),
);

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium('--autoplay-policy=no-user-gesture-required');
});
afterAll(() => browser.close());

describe('the clips', () => {
  test('are those of every word in every language, and no others', () => {
    const files = readdirSync(clipsFolder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ogg'));
    expect(files.sort()).toEqual(everyClip.map(({ clip }) => clip).sort());
    expect(Object.keys(manifest).sort()).toEqual(files);
  });

  test.each(everyClip)('$clip says the words of the screen (else: npm run -s voice)', ({ clip, words }) => {
    expect(manifest[clip]?.wordsSha256).toBe(sha256(words));
    expect(manifest[clip]?.clipSha256).toBe(sha256(readFileSync(join(clipsFolder, clip))));
  });

  test('are equally loud, and none is cut off at its peaks', () => {
    const loudness = Object.values(manifest).map(({ lufs }) => lufs);
    expect(Math.max(...loudness) - Math.min(...loudness)).toBeLessThan(2);
    for (const { peakDbfs } of Object.values(manifest)) expect(peakDbfs).toBeLessThan(-1);
  });

  test('decode in the browser to half a second to six seconds of sound', async () => {
    const page = await browser.newPage();
    for (const { clip } of everyClip) {
      const base64 = readFileSync(join(clipsFolder, clip)).toString('base64');
      const { seconds, peak } = await page.evaluate(decode, base64);
      expect(seconds, clip).toBeGreaterThan(0.5);
      expect(seconds, clip).toBeLessThan(6);
      expect(peak, clip).toBeGreaterThan(0.1);
      expect(peak, clip).toBeLessThan(0.95);
    }
    await page.close();
  });

  test('name whose voice it is, as its licence asks, beside them and on the page’s server', async () => {
    const { server } = await serveScripted();
    const page = await browser.newPage();
    await page.goto(server.bootUrl);
    const notices = await (await page.request.get(`${server.origin}/notices.txt`)).text();
    for (const text of [notices, readFileSync(join(clipsFolder, 'README.md'), 'utf8')]) {
      for (const named of ['tohoku-f01', 'Tohoku University', 'https://creativecommons.org/licenses/by/4.0/']) {
        expect(text).toContain(named);
      }
    }
    await page.close();
    await server.close();
  });
});

/** Runs in the browser. */
async function decode(base64: string): Promise<{ seconds: number; peak: number }> {
  const { AudioContext } = globalThis as unknown as { AudioContext: new () => Decoder };
  const sound = await new AudioContext().decodeAudioData(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer);
  let peak = 0;
  for (const sample of sound.getChannelData(0)) peak = Math.max(peak, Math.abs(sample));
  return { seconds: sound.duration, peak };
}
type Decoder = {
  decodeAudioData(bytes: ArrayBuffer): Promise<{ duration: number; getChannelData(channel: number): Float32Array }>;
};

describe('the page', () => {
  let scripted: Scripted;
  let page: Page;
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
  const patience = { timeout: 12_000, interval: 100 };

  test('says the screen and then the hint, each to its end, one after the other', async () => {
    await open(matching('look-here'));
    await vi.waitFor(async () => expect(await clips('ended')).toEqual(['face-title', 'look-here']), patience);
    for (const { event, seconds } of await sounds()) if (event === 'ended') expect(seconds).toBeGreaterThan(1);
    expect((await sounds()).map(({ event }) => event)).toEqual(['playing', 'ended', 'playing', 'ended']);
  });

  test('says which way to turn, in the patient’s language', async () => {
    await open(matching('comparing'));
    await page.locator('.languages button[lang=en]').click();
    scripted.source.show(matching('turn-right'));
    await vi.waitFor(async () => expect((await clips('ended')).at(-1)).toBe('turn-right'), patience);
    const files = await page.evaluate(() => (globalThis as unknown as { sounds: Sound[] }).sounds.map(({ file }) => file));
    expect(await hashOf(page, files.at(-1) ?? '')).toBe(manifest['en/turn-right.ogg']?.clipSha256);
  });

  test('says what came of it, and nothing more once the screen is left', async () => {
    await open(matching('comparing'));
    scripted.source.show({ at: 'face-retry', code: 'FACE-407', pin: 'open' });
    await vi.waitFor(async () => expect((await clips('playing')).at(-1)).toBe('FACE-407'), patience);
    scripted.source.show({ at: 'choosing', face: 'open', pin: 'open' });
    await page.locator('body[data-screen=choosing]').waitFor();
    await vi.waitFor(async () => expect((await sounds()).at(-1)?.event).toBe('pause'), patience);
  });

  test('is quiet when the voice is switched off, also on the next screen, until the reader is idle again', async () => {
    await open(matching('look-here'));
    const voice = page.getByRole('switch', { name: '声' });
    expect(await voice.getAttribute('aria-checked')).toBe('true');
    await vi.waitFor(async () => expect(await clips('playing')).toEqual(['face-title']), patience);
    await voice.click();
    expect(await voice.getAttribute('aria-checked')).toBe('false');
    await vi.waitFor(async () => expect((await sounds()).at(-1)?.event).toBe('pause'), patience);
    scripted.source.show(matching('too-dark'));
    await page.locator('.hint[data-hint=too-dark]').waitFor();
    scripted.source.show({ at: 'face-retry', code: 'FACE-402', pin: 'open' });
    await page.locator('body[data-screen=face-retry]').waitFor();
    expect(await clips('playing')).toEqual(['face-title']);
    scripted.source.show({ at: 'idle' });
    await page.locator('body[data-screen=idle]').waitFor();
    scripted.source.show(matching('look-here'));
    await vi.waitFor(async () => expect((await clips('playing')).length).toBeGreaterThan(1), patience);
  });

  test('shows its hints as before when no clip can be played', async () => {
    await page.route('**/*.ogg', (route) => route.abort());
    await open(matching('look-here'));
    scripted.source.show(matching('turn-left'));
    await page.locator('.hint[data-hint=turn-left]').waitFor();
    expect(await clips('playing')).toEqual([]);
  });
});

type Sound = {
  readonly event: 'playing' | 'ended' | 'pause';
  readonly clip: string;
  readonly seconds: number;
  readonly file: string;
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
        const file = currentSrc.slice(currentSrc.lastIndexOf('/') + 1);
        sounds.push({ event, clip: file.replace(/-[^-]{8}\.ogg$/, ''), seconds: currentTime, file: currentSrc });
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

/** @returns the SHA-256 of what the page was given under that address */
async function hashOf(page: Page, file: string): Promise<string> {
  const answer = await page.request.get(file);
  return sha256(await answer.body());
}
