import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { eventually } from '../eventually.ts';
import { hostileNames, TRAP } from './hostile-names.ts';
import { openKiosk, sizes } from './kiosk-browser.ts';
import { misfits, overlaps } from './measure-screen.ts';
import { setNameTrap } from './name-trap.ts';
import { useKioskBrowser } from './use-kiosk.ts';

const NAMES = hostileNames(5000);

const the = useKioskBrowser();

async function ask(page: Page, names: readonly string[]): Promise<void> {
  the.scripted.source.show({ at: 'reading' });
  await page.locator('body[data-screen=reading]').waitFor();
  const prescriptions = names.map((institution, place) => ({ id: `p-${place}`, issuedOn: '2026-04-01', institution }));
  the.scripted.source.show({ at: 'asking', question: { ask: 'dispensing', count: names.length }, prescriptions });
  await page.locator('.given-name').first().waitFor();
}

/** The little of the DOM that is asked here; the root program is type-checked without a browser's types. */
type Element = { readonly textContent: string; getBoundingClientRect(): object; click(): void };
type Globals = { readonly document: { querySelectorAll(selector: string): Iterable<Element> } };

/** What is read on this page of the list, and where the rest lies; then the next page is asked for. */
const readAndTurn = (page: Page) =>
  page.evaluate(() => {
    const { document } = globalThis as unknown as Globals;
    const all = (selector: string) => [...document.querySelectorAll(selector)];
    const seen = {
      names: all('.given-name').map(({ textContent }) => textContent.toWellFormed()),
      // The page's own number alone may have more digits than the last.
      places: all('h1, .top-bar button, .toggle, .ends > .button').map((each) => JSON.stringify(each.getBoundingClientRect())),
      elements: all('main *').length,
    };
    all('.ends .row .button')[0]?.click();
    return seen;
  });

async function openTrapped(size: (typeof sizes)[number]) {
  let happened = (): readonly string[] => [];
  const page = await openKiosk(the.browser, the.scripted, size, async (opening) => {
    happened = await setNameTrap(opening, the.scripted.server.origin);
  });
  return { page, happened: () => happened() };
}

describe.each(sizes)('at $name', { timeout: 200_000 }, (size) => {
  test(`${NAMES.length} hostile names are text, run nothing, and move nothing around them`, async () => {
    const { page, happened } = await openTrapped(size);
    await ask(
      page,
      Array(NAMES.length).fill('二行になるまで続くとても長い医療法人社団の名前の整形外科内科小児科リハビリテーション科医院'),
    );
    const { names: _, ...ordinary } = await readAndTurn(page);
    await ask(page, NAMES);
    const read: string[] = [];
    const wrong: object[] = [];
    while (read.length < NAMES.length && wrong.length < 5) {
      const misfit = [...(await misfits(page)), ...(await overlaps(page))];
      const { names, ...around } = await readAndTurn(page);
      if (misfit.length > 0 || String(around.places) !== String(ordinary.places) || around.elements !== ordinary.elements)
        wrong.push({ names: JSON.stringify(names), misfit, around });
      read.push(...names);
    }
    expect(wrong).toEqual([]);
    expect(read).toEqual(NAMES.map((name) => name.toWellFormed()));
    expect(happened()).toEqual([]);
    await page.context().close();
  });
});

test('a name that came to be markup would be noticed', async () => {
  const { page, happened } = await openTrapped(sizes[1]);
  await page.locator('h1').evaluate((heading, name) => heading.insertAdjacentHTML('beforeend', name), NAMES[1] ?? '');
  await eventually(() => expect(happened()).toContainEqual(expect.stringContaining('stopped by the policy alone: script-src')));
  await page.evaluate(`${TRAP}()`);
  await eventually(() => expect(happened()).toContain('a script ran'));
  await page.context().close();
});
