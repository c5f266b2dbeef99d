import { beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../eventually.ts';
import { sizes } from './kiosk-browser.ts';
import { useKioskPage } from './use-kiosk.ts';

const pin = { at: 'entering-pin', triesLeft: 3, digits: 0, rejected: false, face: 'open', visual: true } as const;

const the = useKioskPage(sizes[0]);

const heard = () => the.source.heard;
const shown = (at: string) => the.page.locator(`body[data-screen="${at}"]`).waitFor();

describe('the pad for 照合番号B', () => {
  test('has its digits in order, sends one byte a key, and shows what is typed in its three fields', async () => {
    the.source.show({ at: 'typing-code', digits: 0, pin: 'open' });
    await shown('typing-code');
    expect((await the.page.locator('.key.digit').allInnerTexts()).join('')).toBe('1234567890');
    for (const digit of '5502172') await the.press(digit);
    the.source.show({ at: 'typing-code', digits: 7, pin: 'open' });
    await eventually(async () =>
      expect(await the.page.locator('.code-fields dd').allInnerTexts()).toEqual(['550217', '2___', '____']),
    );
    expect(heard().map((each) => (each.type === 'key' ? each.key : each.type))).toEqual([...Buffer.from('5502172')]);
    the.source.show({ at: 'idle' });
    await shown('idle');
    expect(await the.page.content()).not.toContain('550217');
  });
});

describe('the PIN pad', () => {
  beforeEach(async () => {
    the.source.show(pin);
    await shown('entering-pin');
  });

  test('sends one byte a key, and nothing is spent before the OK key', async () => {
    for (const digit of ['4', '0', '9']) await the.press(digit);
    await the.press('消す');
    expect(await the.page.locator('.key.ok').isDisabled()).toBe(true);
    the.source.show({ ...pin, digits: 4 });
    await the.press('確認');
    await eventually(() => expect(heard()).toHaveLength(5));
    expect(heard().map((each) => (each.type === 'key' ? each.key : each.type))).toEqual([0x34, 0x30, 0x39, 0x08, 'intent']);
    expect(the.intents()).toEqual([{ type: 'continue' }]);
  });

  test('has every digit once, mixed afresh each time, in order when asked', async () => {
    const digits = async () => (await the.page.locator('.key.digit').allInnerTexts()).join('');
    const seen = new Set<string>();
    for (let time = 0; time < 5; time++) {
      the.source.show({ at: 'verifying-pin' });
      await shown('verifying-pin');
      the.source.show(pin);
      await shown('entering-pin');
      const order = await digits();
      expect([...order].sort().join('')).toBe('0123456789');
      seen.add(order);
    }
    expect(seen.size).toBeGreaterThan(1);
    await the.press('数字を順番に並べる');
    expect(await digits()).toBe('1234567890');
  });

  test('works from a keypad', async () => {
    await the.page.keyboard.press('7');
    await the.page.keyboard.press('Backspace');
    await the.page.keyboard.press('Enter');
    the.source.show({ ...pin, digits: 4 });
    await the.page.locator('.key.ok:enabled').waitFor();
    await the.page.keyboard.press('Enter');
    await eventually(() => expect(the.intents()).toEqual([{ type: 'continue' }]));
    expect(heard().flatMap((each) => (each.type === 'key' ? [each.key] : []))).toEqual([0x37, 0x08]);
  });

  test('shows how many digits there are, in words too, and never which', async () => {
    the.source.show({ ...pin, digits: 2, triesLeft: 2 });
    await the.page.locator('.dots .filled').nth(1).waitFor();
    expect(await the.page.locator('.entered').innerText()).toMatch(/4桁中2桁\s*残り2回/);
  });

  test('no key looks different while it is touched', async () => {
    const key = the.page.locator('.key.digit').first();
    const box = await key.boundingBox();
    if (!box) throw new Error('no key');
    await the.page.mouse.move(1, 1);
    const before = await the.page.locator('.pin-pad').screenshot();
    await the.page.mouse.move(box.x + 10, box.y + 10);
    await the.page.mouse.down();
    expect(await the.page.locator('.pin-pad').screenshot()).toEqual(before);
    await the.page.mouse.up();
    expect(await the.page.locator('.pin-pad').screenshot()).toEqual(before);
  });
});
