import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { asOneLine } from '../../src/kiosk/voice/clip-id.ts';
import { guideFor } from '../../src/kiosk/voice/guide/index.ts';
import { eventually } from '../eventually.ts';
import { wordsHeard } from './heard-words.ts';
import { languageCodes } from './kiosk-browser.ts';

/** So long a key is held, on the page's own clock. */
const HELD_MS = 1100;

/** Whoever uses the kiosk by what is said and by the twelve keys alone: nothing is seen and nothing is touched. */
export function createBlindPatient(page: Page) {
  let listenedTo = 0;

  /** What has been said since the last key. */
  const heard = async () => (await wordsHeard(page)).slice(listenedTo);
  /** @returns what has been said by then */
  const hear = (words: string): Promise<string[]> =>
    eventually(async () => {
      const all = await heard();
      expect(all).toContain(asOneLine(words));
      return all;
    });
  const key = async (name: string) => {
    listenedTo = (await wordsHeard(page)).length;
    await page.keyboard.press(name);
  };
  return {
    heard,
    hear,
    key,
    /** Everything since the page was opened. */
    everything: () => wordsHeard(page),
    async hold(name: string): Promise<void> {
      listenedTo = (await wordsHeard(page)).length;
      await page.keyboard.down(name);
      await page.clock.runFor(HELD_MS);
      await page.keyboard.up(name);
    },
    /** Waits for «press n for …» these words, and presses n. */
    async choose(words: string): Promise<void> {
      await hear(words);
      const all = await eventually(async () => {
        const now = await heard();
        expect(keyBefore(now, asOneLine(words))).toBeDefined();
        return now;
      });
      await key(keyBefore(all, asOneLine(words)) ?? '');
    },
    async type(digits: string): Promise<void> {
      for (const digit of digits) await key(digit);
    },
  };
}

/** «Press n for …» in every language. */
const keyNamed = new Map(
  languageCodes.flatMap((language) =>
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map((key) => [asOneLine(guideFor(language).press(key)), String(key)] as const),
  ),
);

/** @returns the key that was named last before these words were said last */
const keyBefore = (all: readonly string[], words: string): string | undefined =>
  all
    .slice(0, Math.max(0, all.lastIndexOf(words)))
    .map((each) => keyNamed.get(each))
    .findLast((key) => key !== undefined);
