/** Words for the place that a card has here, and the language that each line is in. */
import { expect, test } from 'vitest';
import { languages } from '../../src/texts/index.ts';
import { eventually } from '../eventually.ts';
import { sizes, speak } from './kiosk-browser.ts';
import { useKioskPage } from './use-kiosk.ts';

const { ja, ko, vi: vietnamese } = languages;
const contact = { module: 'contact' } as const;

const the = useKioskPage(sizes[0]);

const words = (text: string) => the.page.getByText(text, { exact: true }).waitFor();
const drawn = () => the.page.locator('.drawing').getAttribute('aria-label');

test('where the module has a slot a fault, a wait and the end speak of it', async () => {
  the.source.show({ at: 'stopped', code: 'CARD-102', offers: ['place-again', 'staff'] }, contact);
  await words(ja.slot.advice['CARD-102']);
  expect(await drawn()).toBe(ja.idle.slot.drawing);
  the.source.show({ at: 'interrupted', code: 'CARD-101' }, contact);
  await words(ja.slot.advice['CARD-101']);
  the.source.show({ at: 'querying', cardGone: true }, contact);
  await words(ja.slot.cardGone);
  the.source.show({ at: 'take-card', accepted: true, reminders: 0 }, contact);
  await the.page.getByRole('heading', { name: ja.takeCard.title }).waitFor();
  expect(await drawn()).toBe(ja.slot.takeDrawing);
});

test('the idle screen tells of phones where they can be held to the reader, and is silent elsewhere', async () => {
  the.source.show({ at: 'idle' }, { phones: true });
  await words(ja.idle.phone);
  the.source.show({ at: 'idle' }, contact);
  await the.page.getByRole('heading', { name: ja.idle.slot.title }).waitFor();
  expect(await the.page.getByText(ja.idle.phone, { exact: true }).count()).toBe(0);
});

test('what staff read is marked as Japanese within another language’s screen, and English where it is English', async () => {
  await speak(the.page, 'ko');
  the.source.show({ at: 'asking-staff', digits: 0, least: 6, most: 12, triesLeft: 2 });
  await the.page.getByRole('heading', { name: ko.staff.title }).waitFor();
  const marked = () => the.page.locator('main [lang]').evaluateAll((all) => all.map((one) => one.getAttribute('lang')));
  expect([await the.page.locator('main h1').getAttribute('lang'), new Set(await marked())]).toEqual([null, new Set(['ja'])]);
  expect(
    await the.page.locator('.staff-note, .notice, main .note').evaluateAll((all) => all.every((one) => one.closest('[lang=ja]'))),
  ).toBe(true);
  await speak(the.page, 'en');
  await eventually(async () => expect(new Set(await marked())).toEqual(new Set(['en'])));
});

test('choosing a language during a reception asks for the time anew', async () => {
  the.source.show({ at: 'choosing', face: 'open', pin: 'open', visual: true });
  await speak(the.page, 'vi');
  await the.page.getByRole('heading', { name: vietnamese.choosing.title }).waitFor();
  await eventually(() => expect(the.source.heard).toMatchObject([{ type: 'intent', intent: { type: 'extend' } }]));
});

test('the Japanese name of a paper is never broken within itself', async () => {
  await speak(the.page, 'vi');
  the.source.show({ at: 'stopped', code: 'CARD-112', offers: ['staff', 'take-card'] });
  await the.page.locator('.papers').waitFor();
  const lines = await the.page.locator('.papers li span').evaluateAll((all) =>
    all.map((one) => {
      const text = one.firstChild as unknown as { data: string; ownerDocument: { createRange(): BrowserRange } };
      const from = text.data.indexOf('資');
      if (from < 0) return 1;
      const range = text.ownerDocument.createRange();
      range.setStart(text, from);
      range.setEnd(text, text.data.indexOf(')'));
      return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
    }),
  );
  expect(lines).toEqual([1, 1, 1, 1]);
});

/** The little of the DOM that is asked here; the root program is type-checked without a browser's types. */
type BrowserRange = {
  setStart(node: unknown, offset: number): void;
  setEnd(node: unknown, offset: number): void;
  getClientRects(): Iterable<{ readonly top: number }>;
};
