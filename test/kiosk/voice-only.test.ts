/**
 * Whole receptions by voice and twelve keys alone: the screen is dark, nothing is touched, and what is pressed follows
 * from what was said. Card, module, camera, gateway and clinic are the bench's, composed as the reader is.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asOneLine } from '../../src/kiosk/voice/clip-id.ts';
import { guideFor } from '../../src/kiosk/voice/guide/index.ts';
import { spokenWords } from '../../src/kiosk/voice/spoken-words.ts';
import { ja } from '../../src/texts/ja.ts';
import { eventually } from '../eventually.ts';
import { createBlindPatient } from './blind-patient.ts';
import { openKeysBench } from './keys-bench.ts';
import { launchChromium } from './kiosk-browser.ts';

const guide = guideFor('ja');
const PIN = '1234';
const WRONG_PIN = '9999';
/** Longer than an attempt may last: 12 s for a face, then 10 s for its turn. */
const ATTEMPT_MS = 40_000;

let browser: Browser;
let bench: Awaited<ReturnType<typeof openKeysBench>>;
let patient: ReturnType<typeof createBlindPatient>;
beforeAll(async () => {
  browser = await launchChromium('--autoplay-policy=no-user-gesture-required');
  bench = await openKeysBench(browser);
});
afterAll(async () => {
  await browser?.close();
  await bench?.close();
});
beforeEach(() => {
  patient = createBlindPatient(bench.page);
});

async function begin(): Promise<void> {
  await patient.hold('*');
  await patient.hear(guide.begin);
  await patient.hold('5');
  await patient.hear(guide.dark);
  await bench.placeCard();
  await patient.hear(ja.choosing.title);
}

async function type(pin: string): Promise<void> {
  for (const [index, digit] of [...pin].entries()) {
    await patient.key(digit);
    await patient.hear(ja.pin.entered(index + 1, pin.length));
  }
  await patient.key('#');
}

/** Agrees to nothing, hears that it is done, and takes the card. */
async function end(): Promise<void> {
  await patient.choose(ja.consent.none);
  await patient.hear(ja.done.title);
  await patient.hear(ja.takeCard.title);
  expect(await bench.page.locator('body[data-dark]').count()).toBe(1);
  bench.takeCard();
  await patient.hear(guide.end);
}

describe('with the screen dark and keys alone', { timeout: 300_000 }, () => {
  test('a reception by PIN, after a wrong one, ends well; neither a name nor a digit is ever said', async () => {
    await begin();
    await patient.choose(ja.choosing.pin);
    await patient.hear(guide.pad);
    await type(WRONG_PIN);
    await patient.hear(ja.pin.rejected);
    await patient.hear(ja.pin.triesLeft(2));
    await type(PIN);
    await patient.hear(ja.consent.title);
    expect(bench.pinVerifies()).toBe(2);
    await end();

    const { press, place: _, ...sentences } = guide;
    const known = new Set([...spokenWords('ja').values(), ...Object.values(sentences)]);
    for (const key of [1, 2, 3, 4, 5, 6, 7, 8, 9]) known.add(press(key));
    const heard = await patient.everything();
    // Before a card is placed, each language is told of in itself.
    const others = heard.slice(heard.indexOf(ja.reading.title.replace('\n', ' '))).filter((words) => !known.has(words));
    expect(others).toEqual([]);
  });

  test('and one by face, with the hints that are given on the way', async () => {
    await begin();
    await patient.choose(ja.choosing.face);
    await patient.hear(ja.face.title);
    // On a busy machine too few pictures of the turn may come, and another try is taken.
    for (let attempt = 1; attempt < 3 && !(await isAsked()); attempt++) await patient.choose(ja.face.again);
    await end();
  });
});

/** Waits for the question that follows a match, or for another try to be offered. */
async function isAsked(): Promise<boolean> {
  const [asked, again] = [ja.consent.title, ja.face.again].map(asOneLine);
  const next = await eventually(async () => {
    const words = (await patient.heard()).find((one) => one === asked || one === again);
    expect(words).toBeDefined();
    return words;
  }, ATTEMPT_MS);
  return next === asked;
}
