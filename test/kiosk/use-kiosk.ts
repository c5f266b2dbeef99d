import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { Intent } from '../../src/reception/state.ts';
import { launchChromium, openKiosk, type Scripted, serveScripted, type sizes } from './kiosk-browser.ts';

/** Chromium and one scripted reader for all tests of the file, which open their pages themselves. */
export function useKioskBrowser(): { readonly browser: Browser; readonly scripted: Scripted } {
  let browser: Browser;
  let scripted: Scripted;
  beforeAll(async () => {
    browser = await launchChromium();
    scripted = await serveScripted();
  });
  afterAll(async () => {
    await browser.close();
    await scripted.server.close();
  });
  return {
    get browser() {
      return browser;
    },
    get scripted() {
      return scripted;
    },
  };
}

/** A fresh kiosk page for each test of the file, over a scripted reader of its own. */
export function useKioskPage(size: (typeof sizes)[number], ...flags: readonly string[]) {
  let browser: Browser;
  let scripted: Scripted;
  let page: Page;
  beforeAll(async () => {
    browser = await launchChromium(...flags);
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    scripted = await serveScripted();
    page = await openKiosk(browser, scripted, size);
  });
  afterEach(async () => {
    await page.context().close();
    await scripted.server.close();
  });
  return {
    get page() {
      return page;
    },
    get source() {
      return scripted.source;
    },
    get server() {
      return scripted.server;
    },
    /** Touches the button of this name. */
    press: (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click(),
    /** What the page has asked the reader for, in order. */
    intents: (): Intent[] => scripted.source.heard.flatMap((each) => (each.type === 'intent' ? [each.intent] : [])),
  };
}
