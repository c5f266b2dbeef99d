/** Who is signed in at the desk changes with each sign-in only, and there may be ten a minute: here a test changes it by itself. */
import type { Page } from 'playwright-core';
import type { DeskReception } from '../../src/desk/desk-source.ts';
import type { DeskView } from '../../src/desk/protocol.ts';
import { asking } from './busy-morning.ts';

/** The little of the DOM that is asked here; the root program is type-checked without a browser's types. */
type Words = { readonly textContent: string; readonly nextSibling: Words };
type Element = Words & { readonly scrollWidth: number; readonly firstChild: Words; readonly lastChild: Words; click(): void };
type Range = {
  setStart(node: Words, at: number): void;
  setEnd(node: Words, at: number): void;
  getBoundingClientRect(): { readonly x: number; readonly y: number };
};
type Globals = {
  readonly document: {
    readonly documentElement: Element;
    querySelectorAll(selector: string): Iterable<Element>;
    querySelector(selector: string): Element;
    createRange(): Range;
  };
  readonly innerWidth: number;
  readonly news: { onmessage(event: { readonly data: string }): void };
};

/** The page's news come from `signEverybodyIn` alone. To be called before the page is loaded. */
export const takeNews = (opening: Page) =>
  opening.addInitScript(() => {
    const globals = globalThis as { news?: unknown; EventSource?: unknown };
    globals.EventSource = class {
      constructor() {
        globals.news = this;
      }
      addEventListener() {}
      close() {}
    };
  });

/** A morning on which all of these have approved something. */
export function morningOf(view: DeskView, names: readonly string[]): DeskView {
  const receptions = names.map(
    (_, place): DeskReception => ({
      ...{ receptionId: `r-${place}`, startedAt: '2026-04-01T09:00:00+09:00', method: 'visual', approver: `p-${place}` },
      ...{ outcome: 'accepted', validity: '1', warnings: [], hasGlyphs: false },
    }),
  );
  return { ...view, now: asking, receptions, names: Object.fromEntries(names.map((name, place) => [`p-${place}`, name])) };
}

/**
 * Signs everybody in, one after the other, on the same page. @param morning @param people JSON, which alone carries half a
 * surrogate pair unharmed. @returns whoever makes the page too wide, or turns the words after their name around
 */
export const signEverybodyIn = (page: Page, morning: string, people: string): Promise<string[]> =>
  page.evaluate(
    async ([viewText, namesText]) => {
      const { document, innerWidth, news } = globalThis as never as Globals;
      const placeOf = (words: Words, letter: number) => {
        const range = document.createRange();
        range.setStart(words, letter);
        range.setEnd(words, letter + 1);
        return range.getBoundingClientRect();
      };
      /** Whether our own words after a name still stand from left to right. */
      const inOrder = (begin: Words, end: Words) => {
        const [first, last] = [placeOf(begin, 0), placeOf(end, end.textContent.length - 1)];
        return first.y !== last.y || first.x < last.x;
      };
      const view = JSON.parse(viewText);
      const harmed: string[] = [];
      for (const name of JSON.parse(namesText)) {
        news.onmessage({ data: JSON.stringify({ ...view, you: { ...view.you, name } }) });
        // The page is drawn anew in the next microtask.
        await Promise.resolve().then(() => {});
        const [role, sentence, you] = ['header .soft', '.confirm p', '.confirm .name'].map((each) =>
          document.querySelector(each),
        );
        const sound =
          role &&
          sentence &&
          you &&
          document.querySelector('header .name').textContent === name &&
          you.textContent === name &&
          inOrder(role.firstChild, role.lastChild) &&
          inOrder(you.nextSibling, sentence.lastChild);
        if (!sound || document.documentElement.scrollWidth > innerWidth) harmed.push(JSON.stringify(name));
      }
      return harmed;
    },
    [morning, people] as const,
  );
