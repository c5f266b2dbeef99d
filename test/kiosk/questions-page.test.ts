import { describe, expect, test } from 'vitest';
import type { PatientAnswer } from '../../src/reception/state.ts';
import { ja } from '../../src/texts/ja.ts';
import { eventually } from '../eventually.ts';
import { sizes } from './kiosk-browser.ts';
import { useKioskPage } from './use-kiosk.ts';

const the = useKioskPage(sizes[1]);

const says = (...answers: PatientAnswer[]) =>
  eventually(() => expect(the.intents()).toEqual(answers.map((answer) => ({ type: 'answer', answer }))));

describe('each question is answered as it was meant', () => {
  test('only what is asked is named, and check-ups by their name at that age', async () => {
    const question = { ask: 'consent', items: ['medicines', 'checkups'], checkups: 'elderly' } as const;
    the.source.show({ at: 'asking', question });
    await the.page.locator('.what').waitFor();
    expect(await the.page.locator('.what strong').allInnerTexts()).toEqual(['お薬', '後期高齢者健診']);
    await the.press(ja.consent.all);
    await says({ to: 'consent', items: ['medicines', 'checkups'] });
  });

  test('a single item is asked with yes and no', async () => {
    the.source.show({ at: 'asking', question: { ask: 'consent', items: ['surgery'], checkups: 'specific' } });
    await the.page.locator('.answers').waitFor();
    expect(await the.page.locator('.answers .button').allInnerTexts()).toEqual([ja.consent.one, ja.consent.none]);
  });

  test('certificates, one after the other', async () => {
    the.source.show({ at: 'asking', question: { ask: 'specific-diseases' } });
    await the.press(ja.specificDiseases.yes);
    the.source.show({ at: 'asking', question: { ask: 'subsidy' } });
    await the.press(ja.subsidy.no);
    await says({ to: 'specific-diseases', yes: true }, { to: 'subsidy', yes: false });
  });

  test('the form of a prescription, by its code', async () => {
    the.source.show({ at: 'asking', question: { ask: 'prescription' } });
    await the.page.locator('.choice').first().click();
    await the.page.locator('.choice').last().click();
    await says({ to: 'prescription', form: '1' }, { to: 'prescription', form: '2' });
  });

  test('prescriptions over several pages: all but those left out', async () => {
    const prescriptions = [0, 1, 2, 3, 4, 5].map((place) => ({
      ...{ id: `p-${place}`, issuedOn: `2026-04-0${place + 1}`, institution: `医院${place}` },
    }));
    the.source.show({ at: 'asking', question: { ask: 'dispensing', count: 6 }, prescriptions });
    await the.page.getByText('2026年4月2日').click();
    await the.press(ja.dispensing.next);
    await the.page.getByText('医院4').click();
    await the.page.getByText('医院4').click();
    await the.page.getByText('医院5').click();
    await the.press(ja.dispensing.decide(4));
    await says({ to: 'dispensing', chosen: [0, 2, 3, 4] });
  });
});

describe('registration and the months after a certificate’s end', () => {
  test('register, or not today', async () => {
    the.source.show({ at: 'offering-registration' });
    await the.press(ja.registration.yes);
    await the.press(ja.registration.no);
    await eventually(() => expect(the.intents()).toEqual([{ type: 'register' }, { type: 'stop' }]));
  });

  test('the qualification alone is gone on with', async () => {
    the.source.show({ at: 'qualification-only' });
    await the.press(ja.goOn);
    await eventually(() => expect(the.intents()).toEqual([{ type: 'continue' }]));
  });
});

describe('目視確認 at the reader', () => {
  const staff = { at: 'asking-staff', digits: 0, least: 6, most: 12 } as const;

  test('takes the password a byte a key, opens OK at six digits, and shows the tries once one was wrong', async () => {
    the.source.show(staff);
    await the.press('7');
    expect(await the.page.locator('.key.ok').isDisabled()).toBe(true);
    the.source.show({ ...staff, digits: 6, triesLeft: 2 });
    await the.page.getByText(ja.staff.rejected(2)).waitFor();
    expect(await the.page.locator('.password .filled').count()).toBe(6);
    await the.press(ja.pin.ok);
    await eventually(() => expect(the.intents()).toEqual([{ type: 'continue' }]));
    expect(the.source.heard[0]).toEqual({ type: 'key', key: 0x37 });
  });
});
