import type { Browser, Page, WebSocketRoute } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Dock } from '../../src/bench/dock/dock.ts';
import { serveDock } from './dock-browser.ts';
import { launchChromium, openKiosk, type Scripted, serveScripted, sizes, speak } from './kiosk-browser.ts';
import type { ScriptedDockBench } from './scripted-dock-bench.ts';

const size = sizes[0];
const nonce = '00112233445566778899aabbccddeeff';
const pin = { at: 'entering-pin', triesLeft: 3, digits: 0, rejected: false, face: 'open', visual: true } as const;

const consent = {
  at: 'asking',
  question: { ask: 'consent', items: ['medicines', 'checkups', 'treatment', 'surgery'], checkups: 'specific' },
} as const;

let browser: Browser;
let scripted: Scripted;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium('--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream');
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

const heard = () => scripted.source.heard;
const shown = (at: string) => page.locator(`body[data-screen="${at}"]`).waitFor();
const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const answers = () => intents().flatMap((intent) => (intent.type === 'answer' ? [intent.answer] : []));
const intents = () => heard().flatMap((each) => (each.type === 'intent' ? [each.intent] : []));

describe('touches become intents', () => {
  test('choosing', async () => {
    scripted.source.show({ at: 'choosing', face: 'open', pin: 'open', visual: true });
    await page.locator('.choice').first().click();
    await page.locator('.choice').last().click();
    await press('職員に確認してもらう');
    await press('やめる');
    await vi.waitFor(() =>
      expect(intents()).toEqual([
        { type: 'choose', method: 'face' },
        { type: 'choose', method: 'pin' },
        { type: 'ask-staff' },
        { type: 'stop' },
      ]),
    );
  });

  test('a closed way cannot be chosen and says why', async () => {
    scripted.source.show({ at: 'choosing', face: 'open', pin: 'pin-locked', visual: true });
    await shown('choosing');
    expect(await page.locator('.choice').last().isDisabled()).toBe(true);
    expect(await page.locator('.choice').last().innerText()).toContain('ロックされている');
  });

  test('consent to some: only what was turned on is sent', async () => {
    scripted.source.show(consent);
    await press('選んで提供する');
    for (const index of [0, 1, 1, 3]) await page.locator('.toggle').nth(index).click();
    await press('これで決める');
    await vi.waitFor(() => expect(answers()).toEqual([{ to: 'consent', items: ['medicines', 'surgery'] }]));
  });

  test('consent to all and to nothing is one touch', async () => {
    scripted.source.show(consent);
    await press('すべて提供する');
    await press('提供しない');
    await vi.waitFor(() =>
      expect(answers()).toEqual([
        { to: 'consent', items: ['medicines', 'checkups', 'treatment', 'surgery'] },
        { to: 'consent', items: [] },
      ]),
    );
  });

  test('what a fault offers', async () => {
    scripted.source.show({ at: 'stopped', code: 'PIN-301', offers: ['face', 'pin', 'visual', 'staff', 'take-card'] });
    await press('顔で確認する');
    await press('暗証番号で確認する');
    await press('職員に確認してもらう');
    await press('終わる');
    await vi.waitFor(() =>
      expect(intents()).toEqual([
        { type: 'choose', method: 'face' },
        { type: 'choose', method: 'pin' },
        { type: 'ask-staff' },
        { type: 'stop' },
      ]),
    );
  });
});

describe('the pad for 照合番号B', () => {
  test('has its digits in order, sends one byte a key, and shows what is typed in its three fields', async () => {
    scripted.source.show({ at: 'typing-code', digits: 0, pin: 'open' });
    await shown('typing-code');
    expect((await page.locator('.key.digit').allInnerTexts()).join('')).toBe('1234567890');
    for (const digit of '5502172') await press(digit);
    scripted.source.show({ at: 'typing-code', digits: 7, pin: 'open' });
    await vi.waitFor(async () =>
      expect(await page.locator('.code-fields dd').allInnerTexts()).toEqual(['550217', '2___', '____']),
    );
    expect(heard().map((each) => (each.type === 'key' ? each.key : each.type))).toEqual([...Buffer.from('5502172')]);
    scripted.source.show({ at: 'idle' });
    await shown('idle');
    expect(await page.content()).not.toContain('550217');
  });
});

describe('the PIN pad', () => {
  beforeEach(async () => {
    scripted.source.show(pin);
    await shown('entering-pin');
  });

  test('sends one byte a key, and nothing is spent before the OK key', async () => {
    for (const digit of ['4', '0', '9']) await press(digit);
    await press('消す');
    expect(await page.locator('.key.ok').isDisabled()).toBe(true);
    scripted.source.show({ ...pin, digits: 4 });
    await press('確認');
    await vi.waitFor(() => expect(heard()).toHaveLength(5));
    expect(heard().map((each) => (each.type === 'key' ? each.key : each.type))).toEqual([0x34, 0x30, 0x39, 0x08, 'intent']);
    expect(intents()).toEqual([{ type: 'continue' }]);
  });

  test('has every digit once, mixed afresh each time, in order when asked', async () => {
    const digits = async () => (await page.locator('.key.digit').allInnerTexts()).join('');
    const seen = new Set<string>();
    for (let time = 0; time < 5; time++) {
      scripted.source.show({ at: 'verifying-pin' });
      await shown('verifying-pin');
      scripted.source.show(pin);
      await shown('entering-pin');
      const order = await digits();
      expect([...order].sort().join('')).toBe('0123456789');
      seen.add(order);
    }
    expect(seen.size).toBeGreaterThan(1);
    await press('数字を順番に並べる');
    expect(await digits()).toBe('1234567890');
  });

  test('works from a keypad', async () => {
    await page.keyboard.press('7');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Enter');
    scripted.source.show({ ...pin, digits: 4 });
    await page.locator('.key.ok:enabled').waitFor();
    await page.keyboard.press('Enter');
    await vi.waitFor(() => expect(intents()).toEqual([{ type: 'continue' }]));
    expect(heard().flatMap((each) => (each.type === 'key' ? [each.key] : []))).toEqual([0x37, 0x08]);
  });

  test('shows how many digits there are, in words too, and never which', async () => {
    scripted.source.show({ ...pin, digits: 2, triesLeft: 2 });
    await page.locator('.dots .filled').nth(1).waitFor();
    expect(await page.locator('.entered').innerText()).toMatch(/4桁中2桁\s*残り2回/);
  });

  test('no key looks different while it is touched', async () => {
    const key = page.locator('.key.digit').first();
    const box = await key.boundingBox();
    if (!box) throw new Error('no key');
    await page.mouse.move(1, 1);
    const before = await page.locator('.pin-pad').screenshot();
    await page.mouse.move(box.x + 10, box.y + 10);
    await page.mouse.down();
    expect(await page.locator('.pin-pad').screenshot()).toEqual(before);
    await page.mouse.up();
    expect(await page.locator('.pin-pad').screenshot()).toEqual(before);
  });
});

describe('the camera', () => {
  const matching = { at: 'matching-face', hint: 'look-here', pin: 'open' } as const;

  test('of this machine is sent as JPEG of the named capture, and closed when the screen is left', async () => {
    scripted.source.show({ ...matching, capture: { source: 'page', nonce } });
    await shown('matching-face');
    await vi.waitFor(
      async () => {
        await page.clock.runFor(100);
        expect(heard().filter(({ type }) => type === 'frame').length).toBeGreaterThan(2);
      },
      { timeout: 10_000 },
    );
    for (const each of heard()) {
      if (each.type !== 'frame') continue;
      expect(each.nonce).toBe(nonce);
      expect(each.jpeg.length).toBeGreaterThan(1000);
    }
    const track = await page.locator('video').evaluateHandle((video) => {
      const { srcObject } = video as unknown as { srcObject: { getTracks(): { readyState: string }[] } };
      return srcObject.getTracks()[0];
    });
    scripted.source.show({ ...pin });
    await shown('entering-pin');
    expect(await track.evaluate((each) => each?.readyState)).toBe('ended');
    await page.clock.runFor(1000);
    const sent = heard().length;
    await page.clock.runFor(1000);
    expect(heard().length).toBe(sent);
  });

  test('that is refused is told of once', async () => {
    await page.evaluate(() => {
      const { navigator } = globalThis as unknown as { navigator: { mediaDevices: { getUserMedia: unknown } } };
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('no camera'));
    });
    scripted.source.show({ ...matching, capture: { source: 'page', nonce } });
    await vi.waitFor(() => expect(heard()).toEqual([{ type: 'camera-failed', nonce }]));
  });

  test('hints are spoken by a screen reader, and PIN and stop stand beside', async () => {
    scripted.source.show({ ...matching, capture: { source: 'reader' } });
    await shown('matching-face');
    scripted.source.show({ ...matching, hint: 'come-closer', capture: { source: 'reader' } });
    await page.locator('[role=status]', { hasText: 'もう少し近づいてください' }).waitFor();
    await press('暗証番号で確認する');
    await press('やめる');
    await vi.waitFor(() => expect(intents()).toEqual([{ type: 'choose', method: 'pin' }, { type: 'stop' }]));
  });
});

describe('the language', () => {
  test('is the patient’s until the reader is idle again', async () => {
    await speak(page, 'en');
    scripted.source.show({ at: 'reading' });
    await page.getByRole('heading', { name: 'Reading your card' }).waitFor();
    scripted.source.show({ at: 'idle' });
    await page.getByRole('heading', { name: 'マイナンバーカードを' }).waitFor();
  });

  test('chosen at the idle screen goes back after a minute', async () => {
    await speak(page, 'en');
    await page.getByRole('heading', { name: 'Please place your' }).waitFor();
    await page.clock.runFor(61_000);
    await page.getByRole('heading', { name: 'マイナンバーカードを' }).waitFor();
  });
});

test('waiting says more after 3 and 7 seconds', async () => {
  scripted.source.show({ at: 'querying', cardGone: false });
  await shown('querying');
  expect(await page.locator('.steps, .wait-room .note').count()).toBe(0);
  await page.clock.runFor(3000);
  expect(await page.locator('.steps .now').innerText()).toContain('資格の確認');
  expect(await page.locator('.wait-room .note').count()).toBe(0);
  await page.clock.runFor(4000);
  expect(await page.locator('.wait-room .note').innerText()).toContain('いつもより時間');
});

describe('the link to the reader', () => {
  test('that breaks is waited for calmly, and the page comes back by itself', async () => {
    const links: WebSocketRoute[] = [];
    await page.routeWebSocket('**/link', (link) => {
      links.push(link);
      link.connectToServer();
    });
    await page.reload();
    scripted.source.show(consent);
    await shown('asking');
    await links[0]?.close();
    await shown('restarting');
    expect(await page.locator('h1').innerText()).toBe('準備をしています');
    await page.clock.runFor(600);
    await shown('asking');
  });

  test('stays waited for while there is no reader', async () => {
    await scripted.server.close();
    await shown('restarting');
    await page.clock.runFor(5000);
    await shown('restarting');
  });
});

describe('the bench drawer', () => {
  let dock: Dock;
  let bench: ScriptedDockBench;

  beforeEach(async () => {
    let kioskOrigin = '';
    ({ bench, dock } = await serveDock(() => kioskOrigin));
    await scripted.server.close();
    scripted = await serveScripted({ simulated: ['card'], dockUrl: dock.url }, dock.origin);
    kioskOrigin = scripted.server.origin;
    await page.goto(scripted.server.bootUrl);
  });
  afterEach(() => dock.close());

  test('opens inside the kiosk, places a card with a finger, and closes when the card is read', async () => {
    await press('試験台をひらく');
    const inside = page.frameLocator('iframe');
    await inside.getByLabel('カメラに映るもの').selectOption({ label: '誰もいない' });
    await vi.waitFor(() => expect(bench.view().camera).toEqual({ kind: 'nobody' }));
    await inside.getByRole('button', { name: 'カードを置く' }).click();
    await vi.waitFor(() => expect(bench.view().placed).toBe('adult'));
    scripted.source.show({ at: 'reading' });
    await page.locator('iframe').waitFor({ state: 'detached' });
  });

  test('is not there on a real unit', async () => {
    const real = await serveScripted({ simulated: [] });
    await page.goto(real.server.bootUrl);
    await shown('idle');
    expect(await page.locator('.bench-band').count()).toBe(0);
    await real.server.close();
  });
});
