import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LOST_AFTER_MS } from '../../src/desk/heartbeat.ts';
import { eventually } from '../eventually.ts';
import { asking, busyReceptions, idle } from './busy-morning.ts';
import { launchClinicBrowser, openDesk, pressByKey, tabTo } from './desk-browser.ts';
import { expectOk, type ServedDesk, serveDesk } from './serve-desk.ts';

let desk: ServedDesk;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  desk = await serveDesk();
  expectOk(await desk.password.set(Buffer.from('246810')));
  browser = await launchClinicBrowser(desk);
});
beforeEach(async () => {
  desk.source.show({ now: idle, receptions: [] });
  page = await openDesk(browser, desk);
});
afterEach(() => page.context().close());
afterAll(async () => {
  await browser.close();
  await desk.close();
});

const now = () => page.locator('.now');
const typeInto = async (label: string, text: string) => {
  await tabTo(page, label);
  await page.keyboard.type(text);
};
const button = (name: string) => page.getByRole('button', { name, exact: true });

async function signInByPassword(name: string): Promise<void> {
  const form = page.locator('form', { hasText: '施設パスワードでサインイン' });
  await form.getByLabel('あなたの名前').fill(name);
  await form.getByLabel('施設パスワード（数字6〜12桁）').fill('246810');
  await form.getByRole('button').click();
  await now().waitFor();
}

describe('by keyboard alone', () => {
  test('the first administrator joins, signs out and in again, approves, changes settings, and signs out', async () => {
    await typeInto('招待コード', desk.server.setupCode() ?? '');
    await typeInto('あなたの名前', '院長');
    await page.keyboard.press('Enter');
    await now().waitFor();

    await pressByKey(page, 'サインアウト');
    await page.getByRole('heading', { name: 'サインイン', exact: true }).waitFor();
    await pressByKey(page, 'パスキーでサインイン');
    await now().waitFor();

    desk.source.show({ now: asking });
    await page.getByText('職員が呼ばれています').waitFor();
    await pressByKey(page, '目視確認を承認する');
    await page.getByText('カードの写真と本人を見比べましたか。院長 の承認として記録します。').waitFor();
    await pressByKey(page, '見比べた。承認する');
    await page.getByText('承認しました。').waitFor();
    const handle = desk.audited.find(({ name }) => name === 'desk.joined');
    expect(desk.source.approvals).toEqual([{ receptionId: 'r-9', approver: handle && 'person' in handle && handle.person }]);

    await pressByKey(page, '設定');
    await tabTo(page, '手術');
    await page.keyboard.press('Space');
    await tabTo(page, '災害時の案内を表示する');
    await page.keyboard.press('Space');
    await pressByKey(page, '保存する');
    await page.getByText('保存しました。').waitFor();
    expect(desk.source.settings()).toEqual({
      consentItems: ['medicines', 'checkups', 'surgery'],
      visual: true,
      disaster: true,
      pad: 'scrambled',
    });

    await pressByKey(page, 'サインアウト');
    await button('パスキーでサインイン').waitFor();
    expect(await page.context().cookies()).toEqual([]);
    await eventually(() => expect(desk.source.listeners).toBe(0));
    expect(desk.audited.map(({ name }) => name)).toEqual([
      'desk.joined',
      'desk.signed-in',
      'desk.signed-out',
      'desk.signed-in',
      'desk.approved',
      'desk.settings-changed',
      'desk.signed-out',
    ]);
  });
});

describe('at the reception', () => {
  test('an approval asks again before it counts, and can be left', async () => {
    await signInByPassword('佐藤');
    const before = desk.source.approvals.length;
    desk.source.show({ now: asking });
    await button('目視確認を承認する').click();
    await button('やめる').click();
    await button('目視確認を承認する').waitFor();
    expect(desk.source.approvals).toHaveLength(before);
  });

  test('a confirmation does not carry over to the next patient', async () => {
    await signInByPassword('佐藤');
    desk.source.show({ now: asking });
    await button('目視確認を承認する').click();
    await button('見比べた。承認する').waitFor();
    desk.source.show({ now: { ...asking, approvable: 'r-10' } });
    await button('目視確認を承認する').waitFor();
    expect(await button('見比べた。承認する').count()).toBe(0);
  });

  test('an approval that comes too late says so', async () => {
    await signInByPassword('佐藤');
    desk.source.show({ now: asking });
    await button('目視確認を承認する').click();
    await page.route('**/approve', async (route) => {
      desk.source.show({ now: idle });
      await route.continue();
    });
    await button('見比べた。承認する').click();
    await page.getByText('この受付はもう終わったか、目視確認を待っていません。').waitFor();
  });

  test('the characters behind ● are shown when asked for, and hidden again', async () => {
    await signInByPassword('佐藤');
    const onePixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==';
    desk.source.glyphsOf.set('r-8', {
      namePng: Buffer.from(onePixel, 'base64'),
      replaced: [{ path: 'XmlMsg/MessageBody/ResultList/ResultOfQualificationConfirmation/Name', text: '髙橋　𠮷子' }],
    });
    desk.source.show({ receptions: busyReceptions('p-0') });
    expect(await page.content()).not.toContain('𠮷');
    await button('10:28').click();
    await button('●の文字を見る').click();
    await page.getByText('髙橋　𠮷子').waitFor();
    const picture = page.getByAltText('カードのICチップにある氏名の画像');
    const width = () => picture.evaluate((image) => (image as never as { naturalWidth: number }).naturalWidth);
    await eventually(async () => expect(await width()).toBe(1));
    await button('隠す').click();
    expect(await page.content()).not.toContain('𠮷');
    desk.source.glyphsOf.clear();
    await button('●の文字を見る').click();
    await page.getByText('表示できる期間（10分）を過ぎました。').waitFor();
  });

  test('signing out in one window signs out the other', async () => {
    await signInByPassword('佐藤');
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.getByRole('button', { name: 'サインアウト' }).click();
    await page.getByRole('heading', { name: 'サインイン', exact: true }).waitFor();
  });

  test('a line that is cut without a word is told of, and mended', async () => {
    await page.clock.install();
    await signInByPassword('佐藤');
    await page.context().setOffline(true);
    await page.clock.runFor(LOST_AFTER_MS);
    const told = page.getByText('読み取り機につながりません');
    await told.waitFor();
    await page.context().setOffline(false);
    await page.clock.runFor(LOST_AFTER_MS);
    await told.waitFor({ state: 'detached' });
  });

  test('sounds when staff come to be wanted, once, and not when switched off', async () => {
    const tones: string[] = [];
    await page.exposeFunction('toneStarted', () => tones.push('tone'));
    await page.evaluate(() => {
      type Tone = { prototype: { start(when: number): void } };
      const { OscillatorNode, toneStarted } = globalThis as never as { OscillatorNode: Tone; toneStarted(): void };
      const { start } = OscillatorNode.prototype;
      OscillatorNode.prototype.start = function (when) {
        toneStarted();
        start.call(this, when);
      };
    });
    await signInByPassword('佐藤');
    desk.source.show({ now: asking });
    await eventually(() => expect(tones).toHaveLength(2));
    await eventually(async () => expect(await page.title()).toBe('● 職員が呼ばれています'));
    desk.source.show({ now: idle });
    await eventually(async () => expect(await page.title()).toBe('かざす 受付デスク'));
    await button('音：入').click();
    desk.source.show({ now: asking });
    await eventually(async () => expect(await page.title()).toBe('● 職員が呼ばれています'));
    expect(tones).toHaveLength(2);
  });

  test('an approval is shown with the name of whoever gave it', async () => {
    await signInByPassword('鈴木');
    const entered = desk.audited.findLast(({ name }) => name === 'desk.signed-in');
    const receptions = busyReceptions(entered && 'person' in entered ? entered.person : '');
    desk.source.show({
      receptions: [...receptions, { ...receptions[2], receptionId: 'r-1', approver: 'p-gone' } as (typeof receptions)[0]],
    });
    await page.getByText('承認：鈴木').waitFor();
    await page.getByText('承認：施設パスワード').waitFor();
    await page.getByText('承認：外された職員').waitFor();
  });

  test('a name of markup is a name', async () => {
    await signInByPassword('<img src=x onerror=alert(1)>');
    expect(await page.locator('header').innerText()).toContain('<img src=x onerror=alert(1)>');
    expect(await page.locator('header img').count()).toBe(0);
  });
});
