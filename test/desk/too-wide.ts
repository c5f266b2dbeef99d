import type { Page } from 'playwright-core';

/** The little of the DOM that is measured here; the root program is type-checked without a browser's types. */
type Element = { readonly outerHTML: string; getBoundingClientRect(): { readonly x: number; readonly right: number } };
type Globals = {
  readonly innerWidth: number;
  readonly document: {
    readonly documentElement: { readonly scrollWidth: number };
    querySelectorAll(selector: string): Iterable<Element>;
  };
};

/** @returns whatever would have to be scrolled sideways to be read; downwards is how a list is read, and a name may be cut off */
export const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { document, innerWidth } = globalThis as never as Globals;
    const wide = [...document.querySelectorAll('body *:not(bdi)')].filter((element) => {
      const { x, right } = element.getBoundingClientRect();
      return x < -1 || right > innerWidth + 1;
    });
    const scrolls = document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : [];
    return [...scrolls, ...wide.map(({ outerHTML }) => outerHTML.slice(0, 120))];
  });
