import type { Page } from 'playwright-core';
import { TRAP } from './hostile-names.ts';

/** The little of the DOM that is used here; the root program is type-checked without a browser's types. */
type Violation = { readonly violatedDirective: string; readonly blockedURI: string };
type Globals = {
  readonly document: { addEventListener(type: 'securitypolicyviolation', listener: (event: Violation) => void): void };
  nameTrapNote(what: string): void;
};

/**
 * Listens for everything that a name could do but be read: call the script that the hostile names carry, be stopped by the
 * page's policy only, open a dialog, ask for something, go elsewhere, or break the page's own script. To be set before the
 * page is loaded. @returns what has happened so far; `expected` addresses begin with the page's own `origin`
 */
export async function setNameTrap(page: Page, origin: string): Promise<() => readonly string[]> {
  const happened: string[] = [];
  await page.exposeFunction(TRAP, () => happened.push('a script ran'));
  await page.exposeFunction('nameTrapNote', (what: string) => happened.push(what));
  await page.addInitScript(() => {
    const { document, nameTrapNote } = globalThis as unknown as Globals;
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      nameTrapNote(`stopped by the policy alone: ${violatedDirective} ${blockedURI}`),
    );
  });
  page.on('dialog', (dialog) => {
    happened.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', ({ message }) => happened.push(`the page broke: ${message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(data|blob):/.test(url)) happened.push(`asked for ${url}`);
  });
  page.on('popup', (popup) => happened.push(`opened ${popup.url()}`));
  return () => happened;
}
