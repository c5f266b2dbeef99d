/** What an office does is played on the dock's page, and met at the counter: every tap goes through both pages, in Chromium. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BenchUnit, composeBench } from '../../src/compose-bench.ts';
import { ja } from '../../src/texts/ja.ts';
import { configOnFreePorts } from '../free-ports.ts';
import { launchChromium } from '../kiosk/kiosk-browser.ts';

let browser: Browser;
let bench: BenchUnit;
let kiosk: Page;
let dock: Page;

beforeAll(async () => {
  const composed = await composeBench({ config: configOnFreePorts(), keep: false, gatewayLatencyMs: 0 });
  if (!composed.ok) throw new Error(composed.fault.detail);
  bench = composed.value;
  const { kioskUrl, dockUrl } = await bench.serve();
  browser = await launchChromium();
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
  kiosk = await context.newPage();
  dock = await context.newPage();
  await Promise.all([kiosk.goto(kioskUrl), dock.goto(dockUrl)]);
});
afterAll(async () => {
  await browser?.close();
  await bench?.close();
});

const on = (screen: string) => kiosk.locator(`body[data-screen="${screen}"]`).waitFor({ timeout: 20_000 });
const press = (name: string, page: Page) => page.getByRole('button', { name, exact: true }).click();

async function provesByPin(): Promise<void> {
  await press('カードを置く', dock);
  await on('choosing');
  await kiosk.getByRole('button', { name: ja.choosing.pin.replaceAll('\n', ' ') }).click();
  await on('entering-pin');
  for (const digit of '1234') await press(digit, kiosk);
  await press(ja.pin.ok, kiosk);
}

test('registered at the portal, a patient who was turned away is received, and the clinic is told what was agreed to', async () => {
  await dock.getByRole('radio', { name: '大人（ふつうのカード）', exact: true }).check();
  await dock.getByRole('radio', { name: '未登録', exact: true }).click();
  await provesByPin();
  await on('offering-registration');
  await press(ja.registration.no, kiosk);
  await on('stopped');
  await dock.getByText('GATE-508').waitFor();
  await press('カードを取る', dock);
  await on('idle');

  await dock.getByRole('radio', { name: 'マイナポータル', exact: true }).click();
  await provesByPin();
  await on('asking');
  await press(ja.consent.none, kiosk);
  await on('done');
  await dock.getByText('accepted').waitFor();
  await press('薬剤情報を照会', dock);
  await dock.getByText('薬剤情報：答えられません（同意がない）').waitFor();
  await press('カードを取る', dock);
  await on('idle');

  await provesByPin();
  await on('asking');
  await press(ja.consent.all, kiosk);
  await on('done');
  await dock.getByText('accepted').nth(1).waitFor();
  await press('薬剤情報を照会', dock);
  await dock.getByText('見本錠５ｍｇ（架空）').waitFor();
  expect(bench.bench.gateway.informationLog().map(({ item, outcome }) => `${item} ${outcome}`)).toEqual([
    'medicines no-consent',
    'medicines answered',
  ]);
});
