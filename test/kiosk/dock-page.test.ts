import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Dock } from '../../src/bench/dock/dock.ts';
import { failed } from '../../src/faults/result.ts';
import { eventually } from '../eventually.ts';
import { axeViolations } from './axe-violations.ts';
import { afterAQuery, busyView, serveDock } from './dock-browser.ts';
import { launchChromium } from './kiosk-browser.ts';
import type { ScriptedDockBench } from './scripted-dock-bench.ts';

let browser: Browser;
let page: Page;
let bench: ScriptedDockBench;
let dock: Dock;

beforeAll(async () => {
  browser = await launchChromium('--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream');
});
afterAll(() => browser.close());

beforeEach(async () => {
  ({ bench, dock } = await serveDock());
  // Playwright's pages are made with a context of their own, as axe needs it.
  page = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage();
  await page.goto(dock.url);
});
afterEach(async () => {
  await page.context().close();
  await dock.close();
});

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
describe('the dock', () => {
  test('places the chosen card and takes it away', async () => {
    await page.getByLabel('暗証番号がロック中の人').click();
    await press('カードを置く');
    await page.getByText('置かれています').waitFor();
    expect(bench.view().placed).toBe('pin-locked');
    await press('カードを取る');
    await eventually(() => expect(bench.view().placed).toBeUndefined());
  });

  test('the holder before the camera changes with the card', async () => {
    await page.getByLabel('暗証番号があと1回の人').click();
    await eventually(() => expect(bench.view().camera).toEqual({ kind: 'persona', personaId: 'one-try-left' }));
  });

  test('somebody else before the camera stays there when another card is chosen', async () => {
    await page.getByLabel('誰もいない').click();
    await page.getByLabel('暗証番号があと1回の人').click();
    await press('カードを置く');
    await eventually(() => expect(bench.view().placed).toBe('one-try-left'));
    expect(bench.view().camera).toEqual({ kind: 'nobody' });
  });

  test('lets the camera see another person, nobody, or this computer’s webcam', async () => {
    await page.getByLabel(/別の人/).click();
    await eventually(() => expect(bench.view().camera).toEqual({ kind: 'persona', personaId: 'rare-name' }));
    await page.getByLabel('誰もいない').click();
    await eventually(() => expect(bench.view().camera).toEqual({ kind: 'nobody' }));
    await page.getByLabel(/このパソコンのカメラ/).click();
    await eventually(() => expect(bench.view().camera).toEqual({ kind: 'page' }));
  });

  test('troubles the gateway and the cable', async () => {
    await page.getByLabel('でたらめを返す').click();
    await page.getByLabel('答えるまでの時間').selectOption({ label: '5 s' });
    await press('ケーブルを抜く');
    await page.getByText('抜けている').waitFor();
    expect(bench.view()).toMatchObject({ gateway: { mode: 'garbled', latencyMs: 5000 }, cable: 'pulled' });
  });

  test('registers, insures and issues a card for the person whose card is chosen', async () => {
    const person = () => bench.view().outside.people.find(({ personaId }) => personaId === 'rare-name');
    await page.getByRole('radio', { name: '名前に髙・﨑のある人', exact: true }).click();
    await page.getByRole('radio', { name: '未登録', exact: true }).click();
    await eventually(() => expect(person()).toMatchObject({ channel: null }));
    await page.getByRole('radio', { name: 'マイナポータル', exact: true }).click();
    await page.getByRole('combobox', { name: '保険', exact: true }).selectOption({ label: '医療扶助（医療券あり）' });
    await page.getByRole('combobox', { name: 'カード', exact: true }).selectOption({ label: '証明書があと60日' });
    await press('このカードを作り直す');
    await page.getByText('作り直しました').waitFor();
    expect(person()).toEqual({ personaId: 'rare-name', channel: 'portal', insuranceCase: 'welfare-ticket', card: 'ending' });
  });

  test('has nothing to register for a card that is nobody’s', async () => {
    await page.getByText('保険証としての利用登録').waitFor();
    await page.getByLabel('運転免許証').click();
    await page.getByText('保険証としての利用登録').waitFor({ state: 'detached' });
  });

  test('troubles the gateway’s answers, its maintenance, and what the facility asks for', async () => {
    const outside = () => bench.view().outside;
    await page.getByLabel('「処理中」と答える回数').selectOption('3');
    await eventually(() => expect(outside().trouble.inProgress).toBe(3));
    await page.getByLabel('資格確認が異常終了する').click();
    await eventually(() => expect(outside().trouble).toEqual({ inProgress: 3, abnormal: true, loseAnswers: 0 }));
    await page.getByLabel('公的個人認証').click();
    await eventually(() => expect(outside().maintenance).toHaveLength(1));
    await page.getByLabel('手術情報').click();
    await eventually(() => expect(outside().facility.consentItems).toEqual(['medicines', 'checkups', 'surgery']));
    await page.getByLabel('たずねる時').selectOption({ label: '読み取り機でたずねる' });
    await eventually(() => expect(outside().facility.prescriptionAsked).toBe('2'));
  });

  test('shows what the clinic is told of its last patient, and the log', async () => {
    bench.change(afterAQuery(bench.view()));
    await page.getByText('最後の患者：大人').waitFor();
    await page.getByText('見本錠').waitFor();
    await page.getByText('照会の記録').click();
    expect(await page.locator('tr', { hasText: '手術情報' }).innerText()).toContain('同意がない');
    await press('手術情報を照会');
    await page.getByText('手術情報：答えられません（同意がない）').waitFor();
  });

  test('shows the last result readable, and what a fault code tells staff', async () => {
    bench.change(busyView);
    expect(await page.locator('.fields', { hasText: 'QualificationValidity' }).innerText()).toContain('髙﨑　澪');
    expect(await page.locator('tr', { hasText: 'GATE-502' }).innerText()).toContain('時間内に答えない');
  });
});

describe('a test card with one’s own face', () => {
  test('is made of a few pictures of the webcam, which is closed after', async () => {
    await press('カメラをひらく');
    await press('撮って、カードを作る');
    await page.getByText('できました').waitFor();
    expect(bench.issued[0]?.map((picture) => [picture[0], picture[1]])).toEqual(Array(3).fill([0xff, 0xd8]));
    await page.locator('video').waitFor({ state: 'hidden' });
    await eventually(() => expect(bench.view().camera).toEqual({ kind: 'page' }));
  });

  test('tells why it could not be made', async () => {
    bench.issueAnswer = failed('FACE-402');
    await press('カメラをひらく');
    await press('撮って、カードを作る');
    await page.getByText('カードを作れませんでした：顔がうまく映りませんでした').waitFor();
  });
});

describe('axe finds nothing', () => {
  test.each([{}, busyView])('on the full page %#', async (view) => {
    bench.change({ ...afterAQuery(bench.view()), ...view });
    await page.getByRole('heading', { name: '試験台' }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await press('English');
    expect(await axeViolations(page)).toEqual([]);
  });

  test('on the small one', async () => {
    await page.goto(`${dock.url}?compact=1&lang=en`);
    await page.getByRole('button', { name: 'Place card' }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });
});
