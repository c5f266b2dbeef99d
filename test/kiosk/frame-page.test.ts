import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { languages } from '../../src/texts/index.ts';
import { ja } from '../../src/texts/ja.ts';
import { launchChromium, openKiosk, type Scripted, serveScripted, sizes } from './kiosk-browser.ts';

const choosing = { at: 'choosing', face: 'open', pin: 'open', visual: true } as const;
const pin = { at: 'entering-pin', triesLeft: 3, digits: 0, rejected: false, face: 'open', visual: true } as const;
const inOrder = { options: { disaster: false, pad: 'in-order' } } as const;

let browser: Browser;
let scripted: Scripted;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

beforeEach(async () => {
  scripted = await serveScripted();
  page = await openKiosk(browser, scripted, sizes[1]);
});
afterEach(async () => {
  await page.context().close();
  await scripted.server.close();
});

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const intents = () => scripted.source.heard.flatMap((each) => (each.type === 'intent' ? [each.intent] : []));
const digits = async () => (await page.locator('.key.digit').allInnerTexts()).join('');

describe('the time to answer', () => {
  test('runs out calmly: told politely, extended by one touch, and nothing on the screen moves', async () => {
    scripted.source.show(choosing);
    const places = () => page.locator('main *').evaluateAll((all) => all.map((each) => each.getBoundingClientRect()));
    await page.locator('body[data-screen=choosing]').waitFor();
    const before = await places();
    scripted.source.show(choosing, { hurry: true });
    await page.getByRole('status').getByText(ja.hurry.title).waitFor();
    expect(await places()).toEqual(before);
    await press(ja.hurry.extend);
    await vi.waitFor(() => expect(intents()).toEqual([{ type: 'extend' }]));
    scripted.source.show(choosing);
    await page.getByText(ja.hurry.title).waitFor({ state: 'detached' });
  });
});

describe('the languages', () => {
  test('each by its own name, chosen with the keyboard alone; Escape leaves all as it was', async () => {
    await page.locator('.language-switch').focus();
    await page.keyboard.press('Enter');
    await page.locator('dialog').waitFor();
    const names = Object.values(languages).map(({ languageName }) => languageName);
    expect(await page.locator('dialog button[lang]').allInnerTexts()).toEqual(names);
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    expect(await page.locator('html').getAttribute('data-language')).toBe('ja');
    await page.keyboard.press('Enter');
    await page.locator('dialog[open]').waitFor();
    await page.locator('dialog button[data-language=en]').focus();
    await page.keyboard.press('Enter');
    await page.locator('html[data-language=en]').waitFor();
  });

  test('left open at the idle screen, they close after a minute', async () => {
    await page.locator('.language-switch').click();
    await page.locator('dialog').waitFor();
    await page.clock.runFor(61_000);
    await page.locator('dialog').waitFor({ state: 'detached' });
  });
});

describe('what the facility has set', () => {
  test('a pad in order, until the patient wants it mixed; the next patient has it in order again', async () => {
    scripted.source.show(pin, inOrder);
    await page.locator('.key').first().waitFor();
    expect(await digits()).toBe('1234567890');
    await press(ja.pin.scrambled);
    await vi.waitFor(async () => expect([...(await digits())].sort().join('')).toBe('0123456789'));
    await page.getByRole('button', { name: ja.pin.inOrder }).waitFor();
    scripted.source.show({ at: 'idle' }, inOrder);
    await page.locator('body[data-screen=idle]').waitFor();
    scripted.source.show(pin, inOrder);
    await page.getByRole('button', { name: ja.pin.scrambled }).waitFor();
  });

  test('advice in a disaster, at the idle screen', async () => {
    scripted.source.show({ at: 'idle' }, { options: { disaster: true, pad: 'scrambled' } });
    await page.getByText(ja.idle.disaster.title).waitFor();
  });
});

describe('what was placed, and where', () => {
  test('a card goes into a slot where the module has one', async () => {
    scripted.source.show({ at: 'idle' }, { module: 'contact' });
    await page.getByRole('heading', { name: '差し込んで' }).waitFor();
    expect(await page.locator('.drawing').getAttribute('aria-label')).toBe(ja.idle.slot.drawing);
  });

  test('a phone is spoken of as a phone', async () => {
    scripted.source.show({ at: 'reading' }, { phone: true });
    await page.getByText(ja.keepPhone).waitFor();
    scripted.source.show({ at: 'take-card', accepted: true, reminders: 0 }, { phone: true });
    await page.getByRole('heading', { name: ja.takeCard.phoneTitle }).waitFor();
  });

  test('a card left behind is told to whoever comes next, without red', async () => {
    scripted.source.show({ at: 'take-card', accepted: true, reminders: 5 });
    await page.getByText(ja.takeCard.reminder).waitFor();
    scripted.source.show({ at: 'take-card', accepted: true, reminders: 6 });
    await page.getByRole('heading', { name: ja.takeCard.leftTitle }).waitFor();
    await page.getByRole('alert').getByText('次の方へ').waitFor();
  });
});

describe('what a fault says', () => {
  test('papers are listed only where no way goes on, and a closed way is not promised', async () => {
    scripted.source.show({ at: 'stopped', code: 'FACE-401', offers: ['pin', 'staff'] });
    await page.getByText(ja.faults['FACE-401'].advice).waitFor();
    expect(await page.locator('.papers').count()).toBe(0);
    scripted.source.show({ at: 'stopped', code: 'FACE-401', offers: ['staff'] });
    await page.locator('.papers li').nth(3).waitFor();
    expect(await page.getByText(ja.faults['FACE-401'].advice).count()).toBe(0);
  });

  test('an expired card shows only papers that stand without it, and where a new one is had', async () => {
    scripted.source.show({ at: 'stopped', code: 'GATE-511', offers: ['staff', 'take-card'] });
    await page.getByText(ja.mend.card).waitFor();
    expect(await page.locator('.papers li').allInnerTexts()).toEqual([
      ja.papers.names['qualification-certificate'],
      ja.papers.names.declaration,
    ]);
  });
});
