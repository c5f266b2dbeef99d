import type { WebSocketRoute } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Dock } from '../../src/bench/dock/dock.ts';
import { eventually } from '../eventually.ts';
import { serveDock } from './dock-browser.ts';
import { type Scripted, serveScripted, sizes, speak } from './kiosk-browser.ts';
import type { ScriptedDockBench } from './scripted-dock-bench.ts';
import { useKioskPage } from './use-kiosk.ts';

const nonce = '00112233445566778899aabbccddeeff';
const pin = { at: 'entering-pin', triesLeft: 3, digits: 0, rejected: false, face: 'open', visual: true } as const;

const consent = {
  at: 'asking',
  question: { ask: 'consent', items: ['medicines', 'checkups', 'treatment', 'surgery'], checkups: 'specific' },
} as const;

const the = useKioskPage(sizes[0], '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream');

const heard = () => the.source.heard;
const shown = (at: string) => the.page.locator(`body[data-screen="${at}"]`).waitFor();
const answers = () => the.intents().flatMap((intent) => (intent.type === 'answer' ? [intent.answer] : []));

describe('touches become intents', () => {
  test('choosing', async () => {
    the.source.show({ at: 'choosing', face: 'open', pin: 'open', visual: true });
    await the.page.locator('.choice').first().click();
    await the.page.locator('.choice').last().click();
    await the.press('職員に確認してもらう');
    await the.press('やめる');
    await eventually(() =>
      expect(the.intents()).toEqual([
        { type: 'choose', method: 'face' },
        { type: 'choose', method: 'pin' },
        { type: 'ask-staff' },
        { type: 'stop' },
      ]),
    );
  });

  test('a closed way cannot be chosen and says why', async () => {
    the.source.show({ at: 'choosing', face: 'open', pin: 'pin-locked', visual: true });
    await shown('choosing');
    expect(await the.page.locator('.choice').last().isDisabled()).toBe(true);
    expect(await the.page.locator('.choice').last().innerText()).toContain('ロックされている');
  });

  test('consent to some: only what was turned on is sent', async () => {
    the.source.show(consent);
    await the.press('選んで提供する');
    for (const index of [0, 1, 1, 3]) await the.page.locator('.toggle').nth(index).click();
    await the.press('これで決める');
    await eventually(() => expect(answers()).toEqual([{ to: 'consent', items: ['medicines', 'surgery'] }]));
  });

  test('consent to all and to nothing is one touch', async () => {
    the.source.show(consent);
    await the.press('すべて提供する');
    await the.press('提供しない');
    await eventually(() =>
      expect(answers()).toEqual([
        { to: 'consent', items: ['medicines', 'checkups', 'treatment', 'surgery'] },
        { to: 'consent', items: [] },
      ]),
    );
  });

  test('what a fault offers', async () => {
    the.source.show({ at: 'stopped', code: 'PIN-301', offers: ['face', 'pin', 'visual', 'staff', 'take-card'] });
    await the.press('顔で確認する');
    await the.press('暗証番号で確認する');
    await the.press('職員に確認してもらう');
    await the.press('終わる');
    await eventually(() =>
      expect(the.intents()).toEqual([
        { type: 'choose', method: 'face' },
        { type: 'choose', method: 'pin' },
        { type: 'ask-staff' },
        { type: 'stop' },
      ]),
    );
  });
});

describe('the camera', () => {
  const matching = { at: 'matching-face', hint: 'look-here', pin: 'open' } as const;

  test('of this machine is sent as JPEG of the named capture, and closed when the screen is left', async () => {
    the.source.show({ ...matching, capture: { source: 'page', nonce } });
    await shown('matching-face');
    await eventually(async () => {
      await the.page.clock.runFor(100);
      expect(heard().filter(({ type }) => type === 'frame').length).toBeGreaterThan(2);
    });
    for (const each of heard()) {
      if (each.type !== 'frame') continue;
      expect(each.nonce).toBe(nonce);
      expect(each.jpeg.length).toBeGreaterThan(1000);
    }
    const track = await the.page.locator('video').evaluateHandle((video) => {
      const { srcObject } = video as unknown as { srcObject: { getTracks(): { readyState: string }[] } };
      return srcObject.getTracks()[0];
    });
    the.source.show({ ...pin });
    await shown('entering-pin');
    await eventually(async () => expect(await track.evaluate((each) => each?.readyState)).toBe('ended'));
    await the.page.clock.runFor(1000);
    const sent = heard().length;
    await the.page.clock.runFor(1000);
    expect(heard().length).toBe(sent);
  });

  test('that is refused is told of once', async () => {
    await the.page.evaluate(() => {
      const { navigator } = globalThis as unknown as { navigator: { mediaDevices: { getUserMedia: unknown } } };
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('no camera'));
    });
    the.source.show({ ...matching, capture: { source: 'page', nonce } });
    await eventually(() => expect(heard()).toEqual([{ type: 'camera-failed', nonce }]));
  });

  test('hints are spoken by a screen reader, and PIN and stop stand beside', async () => {
    the.source.show({ ...matching, capture: { source: 'reader' } });
    await shown('matching-face');
    the.source.show({ ...matching, hint: 'come-closer', capture: { source: 'reader' } });
    await the.page.locator('[role=status]', { hasText: 'もう少し近づいてください' }).waitFor();
    await the.press('暗証番号で確認する');
    await the.press('やめる');
    await eventually(() => expect(the.intents()).toEqual([{ type: 'choose', method: 'pin' }, { type: 'stop' }]));
  });
});

describe('the language', () => {
  test('is the patient’s until the reader is idle again', async () => {
    await speak(the.page, 'en');
    the.source.show({ at: 'reading' });
    await the.page.getByRole('heading', { name: 'Reading your card' }).waitFor();
    the.source.show({ at: 'idle' });
    await the.page.getByRole('heading', { name: 'マイナンバーカードを' }).waitFor();
  });

  test('chosen at the idle screen goes back after a minute', async () => {
    await speak(the.page, 'en');
    await the.page.getByRole('heading', { name: 'Please place your' }).waitFor();
    await the.page.clock.runFor(61_000);
    await the.page.getByRole('heading', { name: 'マイナンバーカードを' }).waitFor();
  });
});

test('waiting says more after 3 and 7 seconds', async () => {
  the.source.show({ at: 'querying', cardGone: false });
  await shown('querying');
  expect(await the.page.locator('.steps, .wait-room .note').count()).toBe(0);
  await the.page.clock.runFor(3000);
  expect(await the.page.locator('.steps .now').innerText()).toContain('資格の確認');
  expect(await the.page.locator('.wait-room .note').count()).toBe(0);
  await the.page.clock.runFor(4000);
  expect(await the.page.locator('.wait-room .note').innerText()).toContain('いつもより時間');
});

describe('the link to the reader', () => {
  test('that breaks is waited for calmly, and the page comes back by itself', async () => {
    const links: WebSocketRoute[] = [];
    await the.page.routeWebSocket('**/link', (link) => {
      links.push(link);
      link.connectToServer();
    });
    await the.page.reload();
    the.source.show(consent);
    await shown('asking');
    await links[0]?.close();
    await shown('restarting');
    expect(await the.page.locator('h1').innerText()).toBe('準備をしています');
    await the.page.clock.runFor(600);
    await shown('asking');
  });

  test('stays waited for while there is no reader', async () => {
    await the.server.close();
    await shown('restarting');
    await the.page.clock.runFor(5000);
    await shown('restarting');
  });
});

describe('the bench drawer', () => {
  let dock: Dock;
  let bench: ScriptedDockBench;
  let withDock: Scripted;

  beforeEach(async () => {
    let kioskOrigin = '';
    ({ bench, dock } = await serveDock(() => kioskOrigin));
    withDock = await serveScripted({ simulated: ['card'], dockUrl: dock.url }, dock.origin);
    kioskOrigin = withDock.server.origin;
    await the.page.goto(withDock.server.bootUrl);
  });
  afterEach(async () => {
    await withDock.server.close();
    await dock.close();
  });

  test('opens inside the kiosk, places a card with a finger, and closes when the card is read', async () => {
    await the.press('試験台をひらく');
    const inside = the.page.frameLocator('iframe');
    await inside.getByLabel('カメラに映るもの').selectOption({ label: '誰もいない' });
    await eventually(() => expect(bench.view().camera).toEqual({ kind: 'nobody' }));
    await inside.getByRole('button', { name: 'カードを置く' }).click();
    await eventually(() => expect(bench.view().placed).toBe('adult'));
    withDock.source.show({ at: 'reading' });
    await the.page.locator('iframe').waitFor({ state: 'detached' });
  });

  test('is not there on a real unit', async () => {
    const real = await serveScripted({ simulated: [] });
    await the.page.goto(real.server.bootUrl);
    await shown('idle');
    expect(await the.page.locator('.bench-band').count()).toBe(0);
    await real.server.close();
  });
});
