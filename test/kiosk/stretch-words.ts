import type { Page } from 'playwright-core';

/** The little of the DOM that is used here; the root program is type-checked without a browser's types. */
type Words = { data: string; readonly parentElement: { closest(selector: string): unknown } | null };
type Globals = {
  readonly document: {
    readonly documentElement: unknown;
    createTreeWalker(root: unknown, what: number): { nextNode(): unknown };
  };
  readonly MutationObserver: new (listener: () => void) => { observe(root: unknown, what: Record<string, boolean>): void };
};

/**
 * Makes this page speak a language that nobody does: every word of the interface is 40 % longer, as Vietnamese and
 * Portuguese can be. Digits, what others have written and the bench's own band stay as they are.
 */
export async function stretchWords(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { document, MutationObserver } = globalThis as unknown as Globals;
    const TEXT_NODES = 4;
    const stretched = new WeakMap<Words, string>();
    const longer = (words: string) => {
      const more = words.slice(0, Math.ceil(words.length * 0.4)).trim();
      return /[a-z]/i.test(more) ? `${words} ${more}` : `${words}${more}`;
    };
    const stretchAll = () => {
      const walker = document.createTreeWalker(document.documentElement, TEXT_NODES);
      for (let node = walker.nextNode() as Words | null; node; node = walker.nextNode() as Words | null) {
        if (stretched.get(node) === node.data || !/\p{L}/u.test(node.data)) continue;
        if (node.parentElement?.closest('script, style, title, .given-name, .number strong, .bench-band, .languages')) continue;
        node.data = longer(node.data);
        stretched.set(node, node.data);
      }
    };
    new MutationObserver(stretchAll).observe(document, { childList: true, characterData: true, subtree: true });
  });
}
