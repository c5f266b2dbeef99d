import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PatientAnswer } from '../../src/reception/state.ts';
import { ja } from '../../src/texts/ja.ts';
import { hostileNames } from './every-question.ts';
import { launchChromium, openKiosk, type Scripted, serveScripted, sizes } from './kiosk-browser.ts';

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
const says = (...answers: PatientAnswer[]) =>
  vi.waitFor(() => expect(intents()).toEqual(answers.map((answer) => ({ type: 'answer', answer }))));

describe('each question is answered as it was meant', () => {
  test('only what is asked is named, and check-ups by their name at that age', async () => {
    const question = { ask: 'consent', items: ['medicines', 'checkups'], checkups: 'elderly' } as const;
    scripted.source.show({ at: 'asking', question });
    await page.locator('.what').waitFor();
    expect(await page.locator('.what strong').allInnerTexts()).toEqual(['お薬', '後期高齢者健診']);
    await press(ja.consent.all);
    await says({ to: 'consent', items: ['medicines', 'checkups'] });
  });

  test('a single item is asked with yes and no', async () => {
    scripted.source.show({ at: 'asking', question: { ask: 'consent', items: ['surgery'], checkups: 'specific' } });
    await page.locator('.answers').waitFor();
    expect(await page.locator('.answers .button').allInnerTexts()).toEqual([ja.consent.one, ja.consent.none]);
  });

  test('certificates, one after the other', async () => {
    scripted.source.show({ at: 'asking', question: { ask: 'specific-diseases' } });
    await press(ja.specificDiseases.yes);
    scripted.source.show({ at: 'asking', question: { ask: 'subsidy' } });
    await press(ja.subsidy.no);
    await says({ to: 'specific-diseases', yes: true }, { to: 'subsidy', yes: false });
  });

  test('the form of a prescription, by its code', async () => {
    scripted.source.show({ at: 'asking', question: { ask: 'prescription' } });
    await page.locator('.choice').first().click();
    await page.locator('.choice').last().click();
    await says({ to: 'prescription', form: '1' }, { to: 'prescription', form: '2' });
  });

  test('prescriptions over several pages: all but those left out', async () => {
    const prescriptions = [0, 1, 2, 3, 4, 5].map((place) => ({
      ...{ id: `p-${place}`, issuedOn: `2026-04-0${place + 1}`, institution: `医院${place}` },
    }));
    scripted.source.show({ at: 'asking', question: { ask: 'dispensing', count: 6 }, prescriptions });
    await page.getByText('2026年4月2日').click();
    await press(ja.dispensing.next);
    await page.getByText('医院4').click();
    await page.getByText('医院4').click();
    await page.getByText('医院5').click();
    await press(ja.dispensing.decide(4));
    await says({ to: 'dispensing', chosen: [0, 2, 3, 4] });
  });
});

test('a hostile name is text, runs nothing, and moves nothing around it', async () => {
  const prescription = (institution: string, place: number) => ({ id: `p-${place}`, issuedOn: '2026-04-01', institution });
  const places = async () =>
    page.locator('.toggle, .button').evaluateAll((all) => all.map((each) => each.getBoundingClientRect()));
  const show = async (names: readonly string[]) => {
    scripted.source.show({ at: 'reading' });
    await page.locator('body[data-screen=reading]').waitFor();
    const prescriptions = names.map(prescription);
    scripted.source.show({ at: 'asking', question: { ask: 'dispensing', count: prescriptions.length }, prescriptions });
    await page.locator('.given-name').first().waitFor();
  };
  await show(
    hostileNames.map(() => '二行になるまで続くとても長い医療法人社団の名前の整形外科内科小児科リハビリテーション科医院'),
  );
  const ordinary = await places();
  await show(hostileNames);
  expect(await page.locator('.given-name').allTextContents()).toEqual(hostileNames);
  expect(await page.title()).toBe('かざす');
  expect(await page.locator('.given-name img, .given-name script').count()).toBe(0);
  expect(await places()).toEqual(ordinary);
});

describe('registration and the months after a certificate’s end', () => {
  test('register, or not today', async () => {
    scripted.source.show({ at: 'offering-registration' });
    await press(ja.registration.yes);
    await press(ja.registration.no);
    await vi.waitFor(() => expect(intents()).toEqual([{ type: 'register' }, { type: 'stop' }]));
  });

  test('the qualification alone is gone on with', async () => {
    scripted.source.show({ at: 'qualification-only' });
    await press(ja.goOn);
    await vi.waitFor(() => expect(intents()).toEqual([{ type: 'continue' }]));
  });
});

describe('目視確認 at the reader', () => {
  const staff = { at: 'asking-staff', digits: 0, least: 6, most: 12 } as const;

  test('takes the password a byte a key, opens OK at six digits, and shows the tries once one was wrong', async () => {
    scripted.source.show(staff);
    await press('7');
    expect(await page.locator('.key.ok').isDisabled()).toBe(true);
    scripted.source.show({ ...staff, digits: 6, triesLeft: 2 });
    await page.getByText(ja.staff.rejected(2)).waitFor();
    expect(await page.locator('.password .filled').count()).toBe(6);
    await press(ja.pin.ok);
    await vi.waitFor(() => expect(intents()).toEqual([{ type: 'continue' }]));
    expect(scripted.source.heard[0]).toEqual({ type: 'key', key: 0x37 });
  });
});
