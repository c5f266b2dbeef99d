/** The technician's way on the whole bench, in Chromium: in by the service keys, every part, a card, the sheet. */
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createNoisySensor } from '../../src/bench/faces/noisy-sensor.ts';
import { framesOf } from '../../src/bench/faces/persona-faces.ts';
import { type BenchUnit, composeBench, type ServedPages } from '../../src/compose-bench.ts';
import { BENCH_TECHNICIAN } from '../../src/compose-service.ts';
import { connectWebcam } from '../browser/page-webcam.ts';
import { DeskClient } from '../desk/desk-client.ts';
import { configOnFreePorts } from '../free-ports.ts';
import { launchChromium } from '../kiosk/kiosk-browser.ts';

let browser: Browser;
let context: BrowserContext;
let bench: BenchUnit;
let served: ServedPages;
let kiosk: Page;
let dock: Page;
let pictures: readonly Uint8Array[];
let covered = false;

beforeAll(async () => {
  const composed = await composeBench({ config: configOnFreePorts(), keep: false, gatewayLatencyMs: 300 });
  if (!composed.ok) throw new Error(composed.fault.detail);
  bench = composed.value;
  served = await bench.serve();
  const { kioskUrl, dockUrl } = served;
  browser = await launchChromium();
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  pictures = await framesOf('a');
  const dark = [
    await sharp({ create: { width: 640, height: 480, channels: 3, background: '#010101' } })
      .jpeg()
      .toBuffer(),
  ];
  const throughSensor = createNoisySensor();
  let count = 0;
  const next = (from: readonly Uint8Array[]) => from[count++ % from.length] as Uint8Array;
  await connectWebcam(context, async () => throughSensor(next(covered ? dark : pictures)));
  kiosk = await context.newPage();
  await kiosk.goto(kioskUrl);
  await kiosk.locator('main h1').waitFor();
  dock = await context.newPage();
  await dock.goto(dockUrl);
  await bench.bench.camera.look({ kind: 'page' });
  await kiosk.bringToFront();
});
afterAll(async () => {
  await browser?.close();
  await bench?.close();
});

test('in by the service keys and the password, every part is looked at with what really stands behind it', {
  timeout: 120_000,
}, async () => {
  await dock.getByRole('button', { name: '* と #' }).click();
  await kiosk.locator('dialog.technician').waitFor({ timeout: 30_000 });
  expect(bench.reader.state).toMatchObject({ at: 'unavailable', code: 'SYS-905' });
  await kiosk.keyboard.type(BENCH_TECHNICIAN);
  await kiosk.getByRole('button', { name: 'OK' }).click();
  await kiosk.locator('.tools .main:not(:disabled)').waitFor({ timeout: 60_000 });
  expect(await outcomes()).toEqual({
    正常: [
      ...['カード読取部', '顔カメラ', '前面パネル', '筐体スイッチ', '資格確認ゲートウェイ', '時計', '証明書', 'ディスク'],
      ...['顔認証モデル', '顔写真の復号', '受付の記録', '監査ログ', '基板'],
    ],
    なし: ['券面カメラ', 'ネットワーク', '更新の鍵'],
    未確認: ['タッチ画面', '前面の光', '音', 'テンキー', 'テストカード'],
  });
});

/** Which parts stand how. */
async function outcomes(): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const tile of await kiosk.locator('.tile').allInnerTexts()) {
    const [name = '', outcome = ''] = tile.split('\n');
    all[outcome] = [...(all[outcome] ?? []), name];
  }
  return all;
}

test('certificates are told with their days, the desk’s among them', async () => {
  await kiosk.locator('.tile', { hasText: '証明書' }).click();
  await kiosk.locator('.part-page dd').waitFor();
  expect(await kiosk.locator('.part-page dd').innerText()).toMatch(/^device \d+ days, gateway CA \d+ days, desk 36\d days$/);
  await kiosk.getByRole('button', { name: '一覧へ戻る' }).click();
});

test('a lens that is covered is a camera that fails, and is named', async () => {
  covered = true;
  await kiosk.locator('.tile', { hasText: '顔カメラ' }).click();
  await kiosk.getByRole('button', { name: 'もう一度確認する' }).click();
  await kiosk.locator('.part-page dd', { hasText: 'UNIT-952' }).waitFor({ timeout: 30_000 });
  expect(await kiosk.locator('.part-page').innerText()).toMatch(/dark|暗/);
  covered = false;
  await kiosk.getByRole('button', { name: 'もう一度確認する' }).click();
  await kiosk.locator('.part-page .outcome.ok').waitFor({ timeout: 30_000 });
  await kiosk.getByRole('button', { name: '一覧へ戻る' }).click();
});

test('a card that is placed meanwhile begins no reception; the test of the card reads it', async () => {
  await kiosk.locator('.tile', { hasText: 'テストカード' }).click();
  await kiosk.locator('.hand-page').waitFor();
  const placed = await bench.bench.place('adult');
  expect(placed.ok).toBe(true);
  await kiosk.locator('.tile', { hasText: 'テストカード' }).locator('.outcome.ok').waitFor({ timeout: 30_000 });
  expect(bench.reader.state.at).toBe('unavailable');
  bench.bench.remove();
});

test('the desk’s first administrator joins with the code that stands there, over the certificate that stands there', async () => {
  await kiosk.getByRole('button', { name: '職員の画面' }).click();
  const code = await kiosk.locator('.setup-code strong').innerText();
  expect(await kiosk.locator('.desk-page').innerText()).toContain(served.desk.url);
  const authority = await authorityOf(served.desk.url);
  expect(new X509Certificate(authority).fingerprint256).toBe(await kiosk.locator('.fingerprint').innerText());

  const folder = mkdtempSync(join(tmpdir(), 'kazasu-pc-'));
  writeFileSync(join(folder, 'desk-authority.pem'), authority);
  const pc = new DeskClient({ server: { urls: [served.desk.url] }, folder });
  expect(await pc.join(code, '院長')).toMatchObject({ status: 204 });
  expect((await pc.get('/view')).body).toMatchObject({ you: { name: '院長', role: 'administrator' } });
  await pc.close();
  rmSync(folder, { recursive: true });

  await kiosk.getByRole('button', { name: '一覧へ戻る' }).click();
  await kiosk.getByRole('button', { name: '職員の画面' }).click();
  await kiosk.locator('.desk-page p', { hasText: '管理者は登録済みです' }).waitFor();
  expect(await kiosk.locator('.setup-code').count()).toBe(0);
  await kiosk.getByRole('button', { name: '一覧へ戻る' }).click();
});

/** As a PC that knows nothing of the desk yet: whether it is the right one is for the fingerprint to say. */
async function authorityOf(url: string): Promise<string> {
  const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
  const { body } = await request(`${url}/certificate.crt`, { dispatcher });
  const pem = await body.text();
  await dispatcher.close();
  return pem;
}

test('whoever leaves gives the counter back: the next card is a patient’s', async () => {
  await kiosk.getByRole('button', { name: '終わる' }).click();
  await kiosk.locator('dialog').waitFor({ state: 'detached' });
  await bench.bench.place('adult');
  await kiosk.locator('body[data-screen=choosing]').waitFor({ timeout: 30_000 });
  bench.bench.remove();
});
