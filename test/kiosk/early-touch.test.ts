import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium, openKiosk, serveScripted, sizes } from './kiosk-browser.ts';

const consent = { at: 'asking', question: { ask: 'consent', items: ['medicines'], checkups: 'specific' } } as const;

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

test('a touch in the first moment of a screen does nothing, and the same touch after it does', async () => {
  const scripted = await serveScripted();
  const { source, server } = scripted;
  try {
    const page = await openKiosk(browser, scripted, sizes[0]);
    source.show(consent);
    const button = page.getByRole('button', { name: '提供しない' });
    const place = await button.boundingBox();
    if (!place) throw new Error('there is no button');
    const touch = () => page.mouse.click(place.x + place.width / 2, place.y + place.height / 2);
    source.show({ at: 'proving', method: 'pin' });
    await page.locator('body[data-screen=proving]').waitFor();
    source.show(consent);
    await page.locator('body[data-screen=asking]').waitFor();
    await touch();
    expect(source.heard).toEqual([]);
    // Playwright waits until the button takes a touch.
    await button.click();
    await expect
      .poll(() => source.heard)
      .toMatchObject([{ type: 'intent', intent: { type: 'answer', answer: { to: 'consent', items: [] } } }]);
  } finally {
    await server.close();
  }
});
