import type { Page } from 'playwright-core';

/** The little of the DOM that is measured here; the root program is type-checked without a browser's types. */
type Box = {
  readonly x: number;
  readonly y: number;
  readonly right: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
};
type Element = {
  readonly tagName: string;
  readonly className: unknown;
  readonly textContent: string;
  readonly scrollWidth: number;
  readonly scrollHeight: number;
  readonly clientWidth: number;
  readonly clientHeight: number;
  getBoundingClientRect(): Box;
  querySelectorAll(selector: string): Iterable<Element>;
  closest(selector: string): Element | null;
};
type Globals = {
  readonly document: { readonly documentElement: Element };
  readonly innerWidth: number;
  readonly innerHeight: number;
};

/** @returns what does not fit, in words; an empty list when everything is whole and inside */
export const misfits = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { document, innerWidth, innerHeight } = globalThis as unknown as Globals;
    const root = document.documentElement;
    const name = (element: Element) => `${element.tagName}.${element.className} «${element.textContent.slice(0, 30)}»`;
    const found: string[] = [];
    if (root.scrollWidth > innerWidth || root.scrollHeight > innerHeight) found.push('the page scrolls');
    const stage = [...root.querySelectorAll('main')][0];
    const top = [...root.querySelectorAll('.top-bar')][0]?.getBoundingClientRect().bottom ?? 0;
    const bottom = [...root.querySelectorAll('.bench-band')][0]?.getBoundingClientRect().y ?? innerHeight;
    for (const element of root.querySelectorAll('h1, p, button, li, strong, span, small, .picture > *')) {
      const box = element.getBoundingClientRect();
      if (box.width === 0 || element.closest('.given-name')) continue;
      if (box.x < 0 || box.right > innerWidth + 0.5 || box.y < 0 || box.bottom > innerHeight + 0.5)
        found.push(`${name(element)} leaves the screen`);
      const onStage = stage !== undefined && element.closest('main') !== null;
      if (onStage && (box.y < top - 0.5 || box.bottom > bottom + 0.5)) found.push(`${name(element)} runs under the frame`);
      if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
        found.push(`${name(element)} is cut in width`);
      if (element.scrollHeight > element.clientHeight + 6 && element.clientHeight > 0)
        found.push(`${name(element)} is cut in height`);
    }
    return found;
  });

/** @returns the pairs of targets that lie over one another */
export const overlaps = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { document } = globalThis as unknown as Globals;
    // What lies under an open dialog cannot be touched.
    const top = [...document.documentElement.querySelectorAll('dialog[open]')][0] ?? document.documentElement;
    const targets = [...top.querySelectorAll('button, h1, main p')].map((element) => ({
      box: element.getBoundingClientRect(),
      text: element.textContent.slice(0, 20),
    }));
    return targets.flatMap((one, index) =>
      targets
        .slice(index + 1)
        .filter(({ box }) => {
          const width = Math.min(box.right, one.box.right) - Math.max(box.x, one.box.x);
          const height = Math.min(box.bottom, one.box.bottom) - Math.max(box.y, one.box.y);
          return width > 1 && height > 1;
        })
        .map(({ text }) => `${one.text} × ${text}`),
    );
  });

/** @returns the targets that a finger would miss: smaller than 44 px a side, or a digit key smaller than its screen's */
export const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { document, innerWidth } = globalThis as unknown as Globals;
    const key = innerWidth >= 1280 ? { width: 112, height: 96 } : { width: 80, height: 64 };
    return [...document.documentElement.querySelectorAll('button')]
      .filter((target) => {
        const least = target.closest('.key') ? key : { width: 44, height: 44 };
        const { width, height } = target.getBoundingClientRect();
        return width < least.width || height < least.height;
      })
      .map(({ textContent }) => `${textContent.slice(0, 20)} is too small a target`);
  });
