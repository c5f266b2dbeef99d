import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../kiosk/kiosk-browser.ts';
import { type ServedDesk, urlOf } from './serve-desk.ts';

/** The reader's own name on the clinic's network. */
const NAME = 'kz000001.local';
export const sizes = [
  { width: 1280, height: 900 },
  { width: 1024, height: 768 },
] as const;

/** A clinic's PC: it finds the reader by its name, and its certificate has been trusted there once. */
export function launchClinicBrowser({ folder }: Pick<ServedDesk, 'folder'>): Promise<Browser> {
  const certificate = new X509Certificate(readFileSync(join(folder, 'desk-authority.pem')));
  const publicKey = certificate.publicKey.export({ type: 'spki', format: 'der' });
  return launchChromium(
    `--host-resolver-rules=MAP ${NAME} 127.0.0.1`,
    `--ignore-certificate-errors-spki-list=${createHash('sha256').update(publicKey).digest('base64')}`,
  );
}

/**
 * The desk's page on a PC with an authenticator of its own (CDP WebAuthn), whose owner always agrees.
 * @param prepare what is done to the page before it is loaded from `origin`
 */
export async function openDesk(
  browser: Browser,
  { server }: Pick<ServedDesk, 'server'>,
  size: (typeof sizes)[number] = sizes[0],
  prepare?: (page: Page, origin: string) => Promise<void>,
): Promise<Page> {
  const context = await browser.newContext({ viewport: size });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  });
  const url = urlOf(server, NAME);
  await prepare?.(page, new URL(url).origin);
  await page.goto(url);
  await page.locator('h2').first().waitFor();
  return page;
}

/** Presses Tab until what has the focus is called `name`, as a keyboard's user would; throws after a whole round. */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    if ((await focusedName(page)) === name) return;
  }
  throw new Error(`no Tab leads to ${name}`);
}

export async function pressByKey(page: Page, name: string): Promise<void> {
  if ((await focusedName(page)) !== name) await tabTo(page, name);
  await page.keyboard.press('Enter');
}

/** The little of the DOM that is asked here; the root program is type-checked without a browser's types. */
type Element = { readonly innerText: string; getAttribute(name: string): string | null };
type Globals = { readonly document: { readonly activeElement: Element & { readonly labels?: readonly Element[] } } };

function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement: focused } = (globalThis as unknown as Globals).document;
    const name = focused.getAttribute('aria-label') ?? focused.labels?.[0]?.innerText ?? focused.innerText;
    return name.trim();
  });
}
