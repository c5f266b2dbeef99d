/** The panel's pad on the kiosk page: ways on, digits of a PIN, keys that are held. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Screen } from '../../src/kiosk/protocol.ts';
import { guideFor } from '../../src/kiosk/voice/guide/index.ts';
import { launchChromium, openKiosk, type Scripted, serveScripted, sizes } from '../kiosk/kiosk-browser.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const soon = { timeout: 50_000 };
const HELD_MS = 1_100;

let browser: Browser;
let scripted: Scripted;
let page: Page;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  scripted = await serveScripted();
  page = await openKiosk(browser, scripted, sizes[0]);
});
afterEach(async () => {
  await page.context().close();
  await scripted.server.close();
});

const down = (key: string) => scripted.server.padKey(key.charCodeAt(0), true);
const up = (key: string) => scripted.server.padKey(key.charCodeAt(0), false);
const press = (keys: string) => {
  for (const key of keys) {
    down(key);
    up(key);
  }
};
const heard = (said: unknown[]) => vi.waitFor(() => expect(scripted.source.heard).toEqual(said), soon);
async function show(screen: Screen): Promise<void> {
  scripted.source.show(screen);
  await page.locator(`body[data-screen="${screen.at}"]`).waitFor();
}
const choosing: Screen = { at: 'choosing', face: 'open', pin: 'open', visual: false };
const entering = (digits: number): Screen => ({
  ...{ at: 'entering-pin', triesLeft: 3, digits, rejected: false, face: 'open', visual: false },
});

test('digits are typed once each, however the digits on the screen stand; * erases and # is OK', async () => {
  await show(entering(0));
  press('4711');
  const digits = [0x34, 0x37, 0x31, 0x31].map((key) => ({ type: 'key', key }));
  await heard(digits);
  await show(entering(4));
  await page.locator('.key.ok:not(:disabled)').waitFor();
  press('*#');
  await vi.waitFor(() => expect(scripted.source.heard).toHaveLength(6), soon);
  expect(scripted.source.heard[4]).toEqual({ type: 'key', key: 8 });
  expect(scripted.source.heard[5]).toMatchObject({ type: 'intent', intent: { type: 'continue' } });
});

test('elsewhere a key is a way on, and no digit goes anywhere', async () => {
  await show(choosing);
  press('2');
  await vi.waitFor(() => expect(scripted.source.heard).toHaveLength(1), soon);
  expect(scripted.source.heard[0]).toMatchObject({ type: 'intent', intent: { type: 'choose', method: 'pin' } });
});

test('* held for a second turns the spoken guidance on; pressed shortly it does not', async () => {
  const guidance = page.getByRole('switch', { name: new RegExp(guideFor('ja').name) });
  press('*');
  // On the same way as the key: once this is seen, it has gone down and up.
  await show(choosing);
  await show({ at: 'idle' });
  await page.clock.runFor(HELD_MS);
  expect(await guidance.getAttribute('aria-checked')).toBe('false');
  down('*');
  await vi.waitFor(async () => {
    await page.clock.runFor(HELD_MS);
    expect(await guidance.getAttribute('aria-checked')).toBe('true');
  }, soon);
  up('*');
});

test('while a window stands over the screen the keys behind it do nothing', async () => {
  await show(choosing);
  await page.locator('.language-switch').click();
  await page.locator('dialog').waitFor();
  press('2');
  // On the same way as the key: once this is seen, the key has come too.
  scripted.source.show(choosing, { hurry: true });
  await page.locator('.hurry').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  press('1');
  await vi.waitFor(() => expect(scripted.source.heard).toHaveLength(1), soon);
  expect(scripted.source.heard[0]).toMatchObject({ type: 'intent', intent: { type: 'choose', method: 'face' } });
});
