import { describe, expect, test } from 'vitest';
import { languages } from '../../src/texts/index.ts';
import { ja } from '../../src/texts/ja.ts';
import { eventually } from '../eventually.ts';
import { sizes } from './kiosk-browser.ts';
import { useKioskPage } from './use-kiosk.ts';

const choosing = { at: 'choosing', face: 'open', pin: 'open', visual: true } as const;
const pin = { at: 'entering-pin', triesLeft: 3, digits: 0, rejected: false, face: 'open', visual: true } as const;
const inOrder = { options: { disaster: false, pad: 'in-order' } } as const;

const the = useKioskPage(sizes[1]);

const digits = async () => (await the.page.locator('.key.digit').allInnerTexts()).join('');

describe('the time to answer', () => {
  test('runs out calmly: told politely, extended by one touch, and nothing on the screen moves', async () => {
    the.source.show(choosing);
    const places = () => the.page.locator('main *').evaluateAll((all) => all.map((each) => each.getBoundingClientRect()));
    await the.page.locator('body[data-screen=choosing]').waitFor();
    const before = await places();
    the.source.show(choosing, { hurry: true });
    await the.page.getByRole('status').getByText(ja.hurry.title).waitFor();
    expect(await places()).toEqual(before);
    await the.press(ja.hurry.extend);
    await eventually(() => expect(the.intents()).toEqual([{ type: 'extend' }]));
    the.source.show(choosing);
    await the.page.getByText(ja.hurry.title).waitFor({ state: 'detached' });
  });
});

describe('the languages', () => {
  test('each by its own name, chosen with the keyboard alone; Escape leaves all as it was', async () => {
    await the.page.locator('.language-switch').focus();
    await the.page.keyboard.press('Enter');
    await the.page.locator('dialog').waitFor();
    const names = Object.values(languages).map(({ languageName }) => languageName);
    expect(await the.page.locator('dialog button[lang]').allInnerTexts()).toEqual(names);
    await the.page.keyboard.press('Escape');
    await the.page.locator('dialog').waitFor({ state: 'detached' });
    expect(await the.page.locator('html').getAttribute('data-language')).toBe('ja');
    await the.page.keyboard.press('Enter');
    await the.page.locator('dialog[open]').waitFor();
    await the.page.locator('dialog button[data-language=en]').focus();
    await the.page.keyboard.press('Enter');
    await the.page.locator('html[data-language=en]').waitFor();
  });

  test('left open at the idle screen, they close after a minute', async () => {
    await the.page.locator('.language-switch').click();
    await the.page.locator('dialog').waitFor();
    await the.page.clock.runFor(61_000);
    await the.page.locator('dialog').waitFor({ state: 'detached' });
  });
});

describe('what the facility has set', () => {
  test('a pad in order, until the patient wants it mixed; the next patient has it in order again', async () => {
    the.source.show(pin, inOrder);
    await the.page.locator('.key').first().waitFor();
    expect(await digits()).toBe('1234567890');
    await the.press(ja.pin.scrambled);
    await eventually(async () => expect([...(await digits())].sort().join('')).toBe('0123456789'));
    await the.page.getByRole('button', { name: ja.pin.inOrder }).waitFor();
    the.source.show({ at: 'idle' }, inOrder);
    await the.page.locator('body[data-screen=idle]').waitFor();
    the.source.show(pin, inOrder);
    await the.page.getByRole('button', { name: ja.pin.scrambled }).waitFor();
  });

  test('advice in a disaster, at the idle screen', async () => {
    the.source.show({ at: 'idle' }, { options: { disaster: true, pad: 'scrambled' } });
    await the.page.getByText(ja.idle.disaster.title).waitFor();
  });
});

describe('what was placed, and where', () => {
  test('a card goes into a slot where the module has one', async () => {
    the.source.show({ at: 'idle' }, { module: 'contact' });
    await the.page.getByRole('heading', { name: '差し込んで' }).waitFor();
    expect(await the.page.locator('.drawing').getAttribute('aria-label')).toBe(ja.idle.slot.drawing);
  });

  test('a phone is spoken of as a phone', async () => {
    the.source.show({ at: 'reading' }, { phone: true });
    await the.page.getByText(ja.keepPhone).waitFor();
    the.source.show({ at: 'take-card', accepted: true, reminders: 0 }, { phone: true });
    await the.page.getByRole('heading', { name: ja.takeCard.phoneTitle }).waitFor();
  });

  test('a card left behind is told to whoever comes next, without red', async () => {
    the.source.show({ at: 'take-card', accepted: true, reminders: 5 });
    await the.page.getByText(ja.takeCard.reminder).waitFor();
    the.source.show({ at: 'take-card', accepted: true, reminders: 6 });
    await the.page.getByRole('heading', { name: ja.takeCard.leftTitle }).waitFor();
    await the.page.getByRole('alert').getByText('次の方へ').waitFor();
  });
});

describe('what a fault says', () => {
  test('papers are listed only where no way goes on, and a closed way is not promised', async () => {
    the.source.show({ at: 'stopped', code: 'FACE-401', offers: ['pin', 'staff'] });
    await the.page.getByText(ja.faults['FACE-401'].advice).waitFor();
    expect(await the.page.locator('.papers').count()).toBe(0);
    the.source.show({ at: 'stopped', code: 'FACE-401', offers: ['staff'] });
    await the.page.locator('.papers li').nth(3).waitFor();
    expect(await the.page.getByText(ja.faults['FACE-401'].advice).count()).toBe(0);
  });

  test('an expired card shows only papers that stand without it, and where a new one is had', async () => {
    the.source.show({ at: 'stopped', code: 'GATE-511', offers: ['staff', 'take-card'] });
    await the.page.getByText(ja.mend.card).waitFor();
    expect(await the.page.locator('.papers li').allInnerTexts()).toEqual([
      ja.papers.names['qualification-certificate'],
      ja.papers.names.declaration,
    ]);
  });
});
