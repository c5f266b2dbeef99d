import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../src/desk/people.ts';
import type { DeskView, PeopleView } from '../../src/desk/protocol.ts';
import { ja } from '../../src/desk/texts/ja.ts';
import { hostileNames } from '../kiosk/hostile-names.ts';
import { setNameTrap } from '../kiosk/name-trap.ts';
import { busyReceptions } from './busy-morning.ts';
import { launchClinicBrowser, openDesk, sizes } from './desk-browser.ts';
import { expectOk, type ServedDesk, serveDesk } from './serve-desk.ts';
import { morningOf, signEverybodyIn, takeNews } from './sign-everybody-in.ts';
import { tooWide } from './too-wide.ts';

const NAMES = hostileNames(5000);
const READABLE = NAMES.map((name) => name.toWellFormed());
/** As many people as the desk knows. */
const MOST_PEOPLE = 200;
/** As many receptions as the desk lists. */
const ON_THE_LIST = 50;
const PASSWORD = '246810';
const onePixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==';

let first: ServedDesk;
let desk: Omit<ServedDesk, 'again' | 'close'>;
let browser: Browser;
let page: Page;
let happened: () => readonly string[];

beforeAll(async () => {
  first = await serveDesk();
  const leader: Person = { id: 'p-0', name: '院長', role: 'administrator' };
  writeFileSync(join(first.folder, 'desk-people.json'), JSON.stringify([leader]));
  desk = await first.again();
  expectOk(await desk.password.set(Buffer.from(PASSWORD)));
  browser = await launchClinicBrowser(desk);
});
afterAll(async () => {
  await browser.close();
  await first.close();
});

/** The little of the DOM that is asked here; the root program is type-checked without a browser's types. */
type Globals = { readonly document: { querySelectorAll(selector: string): Iterable<{ readonly textContent: string }> } };

/** The texts of all that `selector` finds, whole. */
const texts = (selector: string) =>
  page.evaluate(
    (wanted) =>
      [...(globalThis as never as Globals).document.querySelectorAll(wanted)].map(({ textContent }) =>
        textContent.toWellFormed(),
      ),
    selector,
  );

async function openSignedIn(prepare?: (page: Page) => Promise<unknown>): Promise<void> {
  page = await openDesk(browser, desk, sizes[1], async (opening, origin) => {
    happened = await setNameTrap(opening, origin);
    await prepare?.(opening);
  });
  const form = page.locator('form', { hasText: ja.signIn.password });
  await form.getByLabel(ja.signIn.who).fill('院長');
  await form.getByLabel(ja.signIn.digits).fill(PASSWORD);
  await form.getByRole('button').click();
  await page.locator('.now').waitFor();
}

async function expectUnharmed(): Promise<void> {
  expect(await texts('main :is(iframe, script, svg, style, a, details)')).toEqual([]);
  for (const size of sizes) {
    await page.setViewportSize(size);
    expect(await tooWide(page)).toEqual([]);
  }
  expect(happened()).toEqual([]);
}

describe(`${NAMES.length} hostile names are text, run nothing, and need no scrolling sideways`, { timeout: 240_000 }, () => {
  afterEach(() => page.context().close());

  test('among the people, and where one is to be removed', async () => {
    await openSignedIn();
    for (let from = 0; from < NAMES.length; from += MOST_PEOPLE) {
      const names = NAMES.slice(from, from + MOST_PEOPLE);
      const people = names.map((name, id) => ({ id: `p-${id}`, name, role: 'reception' as const, passkey: true }));
      const view: PeopleView = { people, passwordSet: true };
      await page.route('**/people', (route) => route.fulfill({ json: view }));
      await page.getByRole('button', { name: ja.tabs.people }).click();
      await page.locator('tbody th').first().waitFor();
      expect(await texts('tbody th')).toEqual(names.map((name) => name.toWellFormed()));
      // One of each dozen: that its row alone changes is not in question.
      for (let place = 0; place < names.length; place += 12) {
        await page.locator('tbody tr').nth(place).locator('button').dispatchEvent('click');
        expect(await texts('tbody td .name')).toEqual([names[place]?.toWellFormed()]);
      }
      await expectUnharmed();
      await page.unroute('**/people');
      await page.getByRole('button', { name: ja.tabs.audit }).click();
    }
  });

  test('as whoever is signed in and is to confirm by eye, and as those who have approved', async () => {
    await openSignedIn(takeNews);
    const view = JSON.parse(await page.evaluate(() => fetch('/view').then((answer) => answer.text()))) as DeskView;
    for (let from = 0; from < NAMES.length; from += ON_THE_LIST) {
      const names = NAMES.slice(from, from + ON_THE_LIST);
      const morning = JSON.stringify(morningOf(view, names));
      if (from === 0) {
        await signEverybodyIn(page, morning, '["院長"]');
        await page.getByRole('button', { name: ja.now.approve }).click();
      }
      expect(await signEverybodyIn(page, morning, JSON.stringify(names))).toEqual([]);
      expect(await texts('tbody td .soft')).toEqual(names.map((name) => ja.list.approver(name.toWellFormed())));
      await expectUnharmed();
    }
  });

  test('behind ●, as the chip and the result have them', async () => {
    await openSignedIn();
    const replaced = NAMES.map((text) => ({ path: 'XmlMsg/MessageBody/Name', text }));
    desk.source.glyphsOf.set('r-8', { namePng: Buffer.from(onePixel, 'base64'), replaced });
    desk.source.show({ receptions: busyReceptions('p-1') });
    await page.getByRole('button', { name: '10:28' }).click();
    await page.getByRole('button', { name: ja.detail.glyphs }).click();
    await page.locator('.glyph').first().waitFor();
    expect(await texts('.glyph')).toEqual(READABLE);
    await expectUnharmed();
  });
});
