/** The twelve keys on the kiosk page, each by what it does. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Screen } from '../../src/kiosk/protocol.ts';
import { asOneLine } from '../../src/kiosk/voice/clip-id.ts';
import { guideFor } from '../../src/kiosk/voice/guide/index.ts';
import { languages } from '../../src/texts/index.ts';
import { ja } from '../../src/texts/ja.ts';
import { eventually } from '../eventually.ts';
import { createBlindPatient } from './blind-patient.ts';
import { hearQuickly, tonesHeard } from './heard-words.ts';
import { blockGuidance, launchChromium, type Scripted, serveScripted, sizes } from './kiosk-browser.ts';

const guide = guideFor('ja');
const choosing: Screen = { at: 'choosing', face: 'open', pin: 'open', visual: true };
const pin = { at: 'entering-pin', triesLeft: 3, digits: 0, rejected: false, face: 'open', visual: false } as const;
const consent: Screen = {
  at: 'asking',
  question: { ask: 'consent', items: ['medicines', 'checkups', 'treatment', 'surgery'], checkups: 'specific' },
};

let browser: Browser;
let scripted: Scripted;
let page: Page;
let patient: ReturnType<typeof createBlindPatient>;
beforeAll(async () => {
  browser = await launchChromium('--autoplay-policy=no-user-gesture-required');
});
afterAll(() => browser.close());
beforeEach(async () => {
  scripted = await serveScripted();
  page = await (await browser.newContext({ viewport: sizes[0], reducedMotion: 'reduce' })).newPage();
  await page.clock.install();
  await blockGuidance(page);
  await hearQuickly(page);
  await page.goto(scripted.server.bootUrl);
  await page.locator('h1').waitFor();
  patient = createBlindPatient(page);
});
afterEach(async () => {
  await page.context().close();
  await scripted.server.close();
});

const intents = () => scripted.source.heard.flatMap((each) => (each.type === 'intent' ? [each.intent] : []));
const keys = () => scripted.source.heard.flatMap((each) => (each.type === 'key' ? [each.key] : []));
const said = (expected: unknown[]) => eventually(() => expect(intents()).toEqual(expected));
async function turnOn(): Promise<void> {
  await patient.hold('*');
  await patient.hear(guide.begin);
}
async function show(screen: Screen, about: Parameters<Scripted['source']['show']>[1] = {}): Promise<void> {
  scripted.source.show(screen, about);
  await page.locator(`body[data-screen="${screen.at}"]`).waitFor();
}

describe('the spoken guidance', () => {
  test('begins with a long press of *, says how it is used, what the screen says, and the languages in themselves', async () => {
    expect(await patient.everything()).toEqual([]);
    await turnOn();
    const last = Object.values(languages).at(-1)?.languageName ?? '';
    const heard = await patient.hear(last);
    expect(heard.slice(0, 2)).toEqual([guide.begin, ja.idle.title.replace('\n', ' ')]);
    expect(heard).toContain(ja.languageName);
  });

  test('is also turned on by its switch, which says that it is on', async () => {
    const name = new RegExp(guide.name);
    await page.getByRole('switch', { name }).click();
    await patient.hear(guide.begin);
    expect(await page.getByRole('switch', { name }).getAttribute('aria-checked')).toBe('true');
  });

  test('ends with the patient, says so, and leaves the page as it was', async () => {
    await turnOn();
    await show(choosing);
    await patient.hear(ja.choosing.title);
    await patient.hold('5');
    await eventually(async () => expect(await page.locator('body[data-dark]').count()).toBe(1));
    await show({ at: 'idle' });
    await patient.hear(guide.end);
    expect(await page.locator('body[data-dark]').count()).toBe(0);
    const before = (await patient.everything()).length;
    await show(choosing);
    expect((await patient.everything()).slice(before)).toEqual([]);
  });

  test('ends by itself when nobody places a card', async () => {
    await turnOn();
    await page.clock.runFor(181_000);
    await patient.hear(guide.end);
  });

  test('speaks the language that was chosen by its number', async () => {
    await turnOn();
    await patient.choose('English');
    await patient.hear(languages.en.idle.title);
    await show(choosing);
    await patient.hear(languages.en.choosing.title);
  });

  test('says a change at once, and a screen that it comes up with anew', async () => {
    await turnOn();
    await show({ at: 'matching-face', hint: 'look-here', capture: { source: 'reader' }, pin: 'open' });
    await patient.hear(ja.face.hints['look-here']);
    await show({ at: 'matching-face', hint: 'come-closer', capture: { source: 'reader' }, pin: 'open' });
    await page.clock.runFor(1000);
    await patient.hear(ja.face.hints['come-closer']);
    await show({ at: 'face-retry', code: 'FACE-402', pin: 'open', visual: false });
    await patient.hear(ja.faults['FACE-402'].title);
  });
});

describe('a key', () => {
  test('1 to 9 takes the way of that number, as it was told', async () => {
    await turnOn();
    await show(choosing);
    await patient.choose(ja.choosing.pin);
    await said([{ type: 'choose', method: 'pin' }]);
    await show(pin);
    await show(choosing);
    await patient.choose(ja.useStaff);
    await said([{ type: 'choose', method: 'pin' }, { type: 'ask-staff' }]);
  });

  test('that leads nowhere does nothing, and its tone says so', async () => {
    await turnOn();
    await show(choosing);
    await patient.hear(ja.choosing.title);
    await patient.key('9');
    await patient.key('0');
    await eventually(async () => expect((await tonesHeard(page)).slice(-2)).toEqual([220, 880]));
    expect(intents()).toEqual([]);
  });

  test('0 says the screen again, and takes more time where it runs out', async () => {
    await turnOn();
    await show(choosing);
    await patient.hear(ja.stop);
    await patient.key('0');
    expect(await patient.hear(ja.stop)).toContain(ja.choosing.title);
    expect(intents()).toEqual([]);
    await show(choosing, { hurry: true });
    await patient.hear(guide.moreTime);
    await patient.key('0');
    await said([{ type: 'extend' }]);
  });

  test('* stops only when it is pressed once more', async () => {
    await turnOn();
    await show(choosing);
    await patient.hear(ja.choosing.title);
    await patient.key('*');
    await patient.hear(guide.stopAgain);
    await patient.key('0');
    await patient.key('*');
    await patient.hear(guide.stopAgain);
    expect(intents()).toEqual([]);
    await patient.key('*');
    await said([{ type: 'stop' }]);
  });

  test('* goes back where there is a way back, and # decides', async () => {
    await turnOn();
    await show(consent);
    await patient.choose(ja.consent.each);
    await patient.choose(ja.consent.items.medicines.name);
    await patient.hear(ja.consent.given);
    await patient.key('*');
    await patient.hear(ja.consent.title);
    await patient.choose(ja.consent.each);
    await patient.choose(ja.consent.items.surgery.name);
    await patient.hear(ja.consent.given);
    await patient.key('#');
    await said([{ type: 'answer', answer: { to: 'consent', items: ['surgery'] } }]);
  });
});

describe('where digits are typed', () => {
  test('digits are digits, * erases, # is OK, and every key sounds the same', async () => {
    await turnOn();
    await show(pin);
    await patient.hear(guide.pad);
    const tones = (await tonesHeard(page)).length;
    await patient.type('0195');
    await eventually(() => expect(keys()).toEqual([...Buffer.from('0195')]));
    await show({ ...pin, digits: 4 });
    await page.locator('.key.ok:not(:disabled)').waitFor();
    await patient.key('*');
    await eventually(() => expect(keys().at(-1)).toBe(0x08));
    await patient.key('#');
    await said([{ type: 'continue' }]);
    expect(new Set((await tonesHeard(page)).slice(tones))).toEqual(new Set([880]));
    expect((await tonesHeard(page)).length).toBe(tones + 6);
  });

  test('the pad stands in order', async () => {
    await turnOn();
    await show(pin);
    expect(await page.locator('.key.digit').allInnerTexts()).toEqual([...'1234567890']);
  });

  test('what is said is the same whatever is typed', async () => {
    await turnOn();
    const heard = [];
    for (const digits of ['1234', '9876']) {
      await show({ at: 'reading' });
      await patient.hear(ja.reading.title);
      await show(pin);
      await patient.hear(guide.pad);
      for (const [index, digit] of [...digits].entries()) {
        await patient.key(digit);
        await show({ ...pin, digits: index + 1 });
        await page.clock.runFor(3000);
        await patient.hear(ja.pin.entered(index + 1, 4));
      }
      const all = await patient.everything();
      heard.push(all.slice(all.lastIndexOf(asOneLine(ja.pin.title))));
    }
    expect(heard[0]).toContain(ja.pin.entered(4, 4));
    expect(heard[0]).toEqual(heard[1]);
  });

  test('# says the screen again while digits are missing', async () => {
    await turnOn();
    await show(pin);
    await patient.hear(guide.pad);
    await patient.key('#');
    await patient.hear(ja.pin.title);
    expect(intents()).toEqual([]);
  });

  test('* before any digit leads to the other ways on, and back', async () => {
    await turnOn();
    await show(pin);
    await patient.hear(guide.pad);
    await patient.key('*');
    await patient.hear(guide.otherWays);
    await patient.hear(ja.useFace);
    await patient.key('*');
    await patient.hear(guide.backToPad);
    await patient.key('1');
    await eventually(() => expect(keys()).toEqual([0x31]));
    await patient.key('*');
    await patient.choose(ja.useFace);
    await said([{ type: 'choose', method: 'face' }]);
  });
});

describe('held for long', () => {
  test('5 makes the screen dark, and again light; a touch lights it too', async () => {
    await turnOn();
    for (const [dark, wake] of [
      [guide.dark, () => patient.hold('5')],
      [guide.dark, () => page.mouse.click(10, 10)],
    ] as const) {
      await patient.hold('5');
      await patient.hear(dark);
      expect(await page.locator('body[data-dark]').count()).toBe(1);
      await wake();
      await eventually(async () => expect(await page.locator('body[data-dark]').count()).toBe(0));
    }
  });

  test('0 changes the volume of all that is said', async () => {
    await turnOn();
    const volume = () => page.evaluate(() => (globalThis as unknown as Sounding).document.querySelector('audio').volume);
    const heard = [await volume()];
    for (let step = 0; step < 3; step++) {
      await patient.hold('0');
      await patient.hear(guide.volume);
      heard.push(await volume());
    }
    expect(heard).toEqual([0.7, 1, 0.4, 0.7]);
  });
});
type Sounding = { document: { querySelector(name: string): { volume: number } } };

test('a numeric pad’s Enter key is #, but never instead of a button that has the focus', async () => {
  await show(choosing);
  await page.locator('.choice').first().focus();
  await page.keyboard.press('NumpadEnter');
  await said([{ type: 'choose', method: 'face' }]);
});

test('while the guidance still speaks, time is taken without being asked for', async () => {
  await page.route('**/*.ogg', (route) => route.abort());
  await turnOn();
  await page.evaluate(() => {
    (globalThis as unknown as Mute).HTMLMediaElement.prototype.play = () => new Promise(() => {});
  });
  await show(choosing);
  await show(choosing, { hurry: true });
  await said([{ type: 'extend' }]);
});
type Mute = { HTMLMediaElement: { prototype: { play: () => Promise<void> } } };
