import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Dock } from '../../src/bench/dock/dock.ts';
import { failed } from '../../src/faults/result.ts';
import { busyView, serveDock } from './dock-browser.ts';
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
const violations = async () =>
  (await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);

describe('the dock', () => {
  test('places the chosen card and takes it away', async () => {
    await page.getByLabel('暗証番号がロック中の人').click();
    await press('カードを置く');
    await page.getByText('置かれています').waitFor();
    expect(bench.view().placed).toBe('pin-locked');
    await press('カードを取る');
    await vi.waitFor(() => expect(bench.view().placed).toBeUndefined());
  });

  test('the holder before the camera changes with the card', async () => {
    await page.getByLabel('暗証番号があと1回の人').click();
    await vi.waitFor(() => expect(bench.view().camera).toEqual({ kind: 'persona', personaId: 'one-try-left' }));
  });

  test('somebody else before the camera stays there when another card is chosen', async () => {
    await page.getByLabel('誰もいない').click();
    await page.getByLabel('暗証番号があと1回の人').click();
    await press('カードを置く');
    await vi.waitFor(() => expect(bench.view().placed).toBe('one-try-left'));
    expect(bench.view().camera).toEqual({ kind: 'nobody' });
  });

  test('lets the camera see another person, nobody, or this computer’s webcam', async () => {
    await page.getByLabel(/別の人/).click();
    await vi.waitFor(() => expect(bench.view().camera).toEqual({ kind: 'persona', personaId: 'rare-name' }));
    await page.getByLabel('誰もいない').click();
    await vi.waitFor(() => expect(bench.view().camera).toEqual({ kind: 'nobody' }));
    await page.getByLabel(/このパソコンのカメラ/).click();
    await vi.waitFor(() => expect(bench.view().camera).toEqual({ kind: 'page' }));
  });

  test('troubles the gateway and the cable', async () => {
    await page.getByLabel('でたらめを返す').click();
    await page.getByLabel('答えるまでの時間').selectOption({ label: '5 s' });
    await press('ケーブルを抜く');
    await page.getByText('抜けている').waitFor();
    expect(bench.view()).toMatchObject({ gateway: { mode: 'garbled', latencyMs: 5000 }, cable: 'pulled' });
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
    expect(await page.locator('video').isHidden()).toBe(true);
    await vi.waitFor(() => expect(bench.view().camera).toEqual({ kind: 'page' }));
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
    bench.change(view);
    await page.getByRole('heading', { name: '試験台' }).waitFor();
    expect(await violations()).toEqual([]);
    await press('English');
    expect(await violations()).toEqual([]);
  });

  test('on the small one', async () => {
    await page.goto(`${dock.url}?compact=1&lang=en`);
    await page.getByRole('button', { name: 'Place card' }).waitFor();
    expect(await violations()).toEqual([]);
  });
});
