import { expect, test } from 'vitest';
import { eventually } from '../eventually.ts';
import { sizes } from './kiosk-browser.ts';
import { useKioskPage } from './use-kiosk.ts';

const consent = { at: 'asking', question: { ask: 'consent', items: ['medicines', 'surgery'], checkups: 'specific' } } as const;

const the = useKioskPage(sizes[0]);

test('a touch in the first moment of a screen does nothing, and one after it does', async () => {
  const { page, source } = the;
  source.show(consent);
  const place = await page.getByRole('button', { name: '提供しない' }).boundingBox();
  if (!place) throw new Error('there is no button');
  // The first moment is an animation: it is made to last until the touch has surely come.
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Animation.enable');
  await devTools.send('Animation.setPlaybackRate', { playbackRate: 0 });
  source.show({ at: 'proving', method: 'pin' });
  await page.locator('body[data-screen=proving]').waitFor();
  source.show(consent);
  await page.locator('body[data-screen=asking]').waitFor();
  await page.mouse.click(place.x + place.width / 2, place.y + place.height / 2);
  await devTools.send('Animation.setPlaybackRate', { playbackRate: 1 });
  // Playwright waits until the button takes a touch. Had the early one counted, it would be heard before this one.
  await the.press('すべて提供する');
  await eventually(() =>
    expect(the.intents()).toEqual([{ type: 'answer', answer: { to: 'consent', items: ['medicines', 'surgery'] } }]),
  );
});
