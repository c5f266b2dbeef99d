/** What a kiosk page asks to be played, as words. */
import type { Page } from 'playwright-core';
import { clipId } from '../../src/kiosk/voice/clip-id.ts';
import { clipWords } from '../../src/kiosk/voice/spoken-words.ts';
import { languageCodes } from './kiosk-browser.ts';

const wordsOf = new Map<string, string>(
  languageCodes.flatMap((language) => clipWords(language).map((words) => [`${language}/${clipId(words)}`, words] as const)),
);

/** Every clip is over as soon as it begins; what was asked for is kept. To be called before the page is opened. */
export async function hearQuickly(page: Page): Promise<void> {
  await page.addInitScript(endAtOnce);
}

/** @returns the words of all clips that were asked for, in order; throws for one that is none of the kiosk's */
export async function wordsHeard(page: Page): Promise<string[]> {
  const asked = await page.evaluate(() => (globalThis as unknown as World).asked);
  return asked.map((address) => {
    const words = wordsOf.get(/\/voice\/(.+)\.ogg$/.exec(address)?.[1] ?? '');
    if (words === undefined) throw new Error(`the page asked for ${address}, which says nothing of the kiosk's`);
    return words;
  });
}

/** @returns the pitch of each tone that answered a key, in order */
export const tonesHeard = (page: Page): Promise<number[]> => page.evaluate(() => (globalThis as unknown as World).tones);

type Clip = { src: string; play(): Promise<void>; dispatchEvent(event: Event): boolean };
type Tone = { frequency: { value: number }; start(): void };
type World = {
  asked: string[];
  tones: number[];
  HTMLMediaElement: { prototype: Clip };
  OscillatorNode: { prototype: Tone };
};

/** Runs in the page. */
function endAtOnce(): void {
  const world = globalThis as unknown as World;
  world.asked = [];
  world.tones = [];
  world.HTMLMediaElement.prototype.play = function (this: Clip) {
    if (!this.src.endsWith('.ogg')) return Promise.resolve();
    world.asked.push(this.src);
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => this.dispatchEvent(new Event('ended')));
    port1.start();
    port2.postMessage('');
    return Promise.resolve();
  };
  const { start } = world.OscillatorNode.prototype;
  world.OscillatorNode.prototype.start = function (this: Tone) {
    world.tones.push(this.frequency.value);
    start.call(this);
  };
}
