/** The clips: there is one for everything that is said, in every language, and each can be heard. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clipFile, clipsFolder, readManifest, sha256 } from '../../src/kiosk/voice/clip-files.ts';
import { asOneLine, clipId } from '../../src/kiosk/voice/clip-id.ts';
import { clipState } from '../../src/kiosk/voice/clip-state.ts';
import { clipWords } from '../../src/kiosk/voice/spoken-words.ts';
import { languageCodes, launchChromium, root, serveScripted } from './kiosk-browser.ts';

describe('a clip’s id', () => {
  test('is the FNV-1a hash of its words', () => {
    // Test vectors of the hash (64 bits), by its authors.
    expect(BigInt.asUintN(64, fromBase36(clipId('a')))).toBe(0xaf63dc4c8601ec8cn);
    expect(BigInt.asUintN(64, fromBase36(clipId('foobar')))).toBe(0x85944171f73967e8n);
  });

  test('is one for each line of words, wherever the line is broken', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (words) => clipId(words.join('\n')) === clipId(words.join(' '))),
    );
    for (const language of languageCodes) {
      const words = clipWords(language);
      expect(new Set(words.map(clipId)).size).toBe(words.length);
      expect(words.map(asOneLine)).toEqual(words);
    }
  });
});

const fromBase36 = (text: string): bigint =>
  [...text].reduce((sum, letter) => sum * 36n + BigInt(Number.parseInt(letter, 36)), 0n);

describe.each(languageCodes)('the clips of %s (else: npm run -s voice)', (language) => {
  const { clips } = readManifest(language);
  const measures = Object.values(clips);

  test('are those of all that is said, and no others', () => {
    expect(clipState(language)).toEqual({ missing: [], unused: [] });
  });

  test('are what their manifest says', () => {
    expect(Object.keys(clips).sort()).toEqual(clipWords(language).map(clipId).sort());
    for (const [id, { words, sha256: hash }] of Object.entries(clips)) {
      expect(clipId(words)).toBe(id);
      expect(sha256(readFileSync(clipFile(language, id))), words).toBe(hash);
    }
  });

  test('are equally loud, not cut off at their peaks, and short enough to listen to', () => {
    for (const { words, lufs, peakDbfs, seconds } of measures) {
      expect(Math.abs(lufs + 21), words).toBeLessThan(3);
      expect(peakDbfs, words).toBeLessThan(-0.5);
      expect(seconds, words).toBeGreaterThan(0.25);
      expect(seconds, words).toBeLessThan(20);
    }
  });
});

test('all clips together stay below 8 MB', () => {
  const files = readdirSync(clipsFolder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ogg'));
  const bytes = files.reduce((sum, file) => sum + statSync(join(clipsFolder, file)).size, 0);
  expect(bytes).toBeLessThan(8_000_000);
});

describe('in Debian’s Chromium', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
  });
  afterAll(() => browser.close());

  test.each(languageCodes)('each clip of %s decodes to sound of the length that was measured', async (language) => {
    for (const [id, { seconds, words }] of Object.entries(readManifest(language).clips)) {
      const decoded = await page.evaluate(decode, readFileSync(clipFile(language, id)).toString('base64'));
      expect(Math.abs(decoded.seconds - seconds), words).toBeLessThan(0.2);
      expect(decoded.peak, words).toBeGreaterThan(0.1);
      expect(decoded.peak, words).toBeLessThan(1);
    }
  });
});

/** Runs in the browser. */
async function decode(base64: string): Promise<{ seconds: number; peak: number }> {
  const { OfflineAudioContext } = globalThis as unknown as { OfflineAudioContext: new (...about: number[]) => Decoder };
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer;
  const sound = await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(bytes);
  let peak = 0;
  for (const sample of sound.getChannelData(0)) peak = Math.max(peak, Math.abs(sample));
  return { seconds: sound.duration, peak };
}
type Decoder = {
  decodeAudioData(bytes: ArrayBuffer): Promise<{ duration: number; getChannelData(channel: number): Float32Array }>;
};

test('whose voice it is stands where its licence asks for it: beside the clips’ source, and on the page’s server', async () => {
  const { server } = await serveScripted();
  const answer = await fetch(server.bootUrl, { redirect: 'manual' });
  const cookie = answer.headers.getSetCookie().map((each) => each.split(';')[0]);
  const notices = await (await fetch(`${server.origin}/notices.txt`, { headers: { cookie: cookie.join('; ') } })).text();
  for (const text of [notices, readFileSync(join(root, 'src/kiosk/voice/README.md'), 'utf8')]) {
    for (const named of ['tohoku-f01', 'Tohoku University', 'https://creativecommons.org/licenses/by/4.0/']) {
      expect(text).toContain(named);
    }
  }
  await server.close();
});
