import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LOST_AFTER_MS } from '../../src/desk/heartbeat.ts';
import { axeViolations } from '../kiosk/axe-violations.ts';
import { asking, busyReceptions, idle, pendingQueries, troubledHealth } from './busy-morning.ts';
import { launchClinicBrowser, openDesk, sizes } from './desk-browser.ts';
import { expectOk, type ServedDesk, serveDesk } from './serve-desk.ts';
import { tooWide } from './too-wide.ts';

let desk: ServedDesk;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  desk = await serveDesk();
  browser = await launchClinicBrowser(desk);
  page = await openDesk(browser, desk, sizes[0], (opening) => opening.clock.install());
});
afterAll(async () => {
  await browser.close();
  await desk.close();
});

async function expectSound(): Promise<void> {
  expect(await axeViolations(page)).toEqual([]);
  for (const size of sizes) {
    await page.setViewportSize(size);
    expect(await tooWide(page)).toEqual([]);
  }
}

const switchLanguage = () => page.locator('header button[lang]').click();
const openTab = (place: number) => page.locator('nav button').nth(place).click();

describe.each(['ja', 'en'])('axe finds nothing, and nothing is too wide: %s', (language) => {
  beforeAll(async () => {
    if (language === 'en') await switchLanguage();
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
  });

  test('the sign-in', async () => {
    if (language === 'en') await page.locator('header button').last().click();
    await page.locator('.sign-in').waitFor();
    await expectSound();
  });

  test('a sign-in that is refused', async () => {
    await join('院長', 'ABCDE-FGHJK');
    await page.locator('.problem').waitFor();
    await expectSound();
  });

  test('the desk on a quiet morning', async () => {
    desk.source.show({ now: idle, receptions: [], pending: [], health: [] });
    if (language === 'ja') await join('<b>院長</b>一二三四五六七八九十一二三四五六七八九十一二三四');
    else await page.locator('.sign-in button.main').click();
    await page.locator('.now').waitFor();
    await openTab(0);
    await expectSound();
  });

  test('the list on a busy morning, with a confirmation and details', async () => {
    const joined = desk.audited.find(({ name }) => name === 'desk.joined');
    const approver = joined && 'person' in joined ? joined.person : '';
    desk.source.glyphsOf.set('r-8', { replaced: [{ path: 'XmlMsg/Name', text: '髙橋　𠮷子'.repeat(8) }] });
    desk.source.show({ now: asking, receptions: busyReceptions(approver), pending: pendingQueries, health: troubledHealth });
    await page.locator('.now button').click();
    await page.locator('button.row').nth(1).click();
    await page.locator('.glyphs button').click();
    await page.locator('.glyph').waitFor();
    await expectSound();
  });

  test('a card left behind', async () => {
    desk.source.show({ now: { ...idle, state: 'take-card', cardLeft: true } });
    await page.locator('.mark').waitFor();
    await expectSound();
  });

  test('the word of an approval', async () => {
    desk.source.show({ now: asking });
    await page.locator('.now button').click();
    await page.locator('.confirm .main').click();
    await page.locator('.now [role=status]').waitFor();
    await expectSound();
  });

  test.each(['pending', 'health', 'settings', 'people', 'audit'])('%s', async (tab) => {
    await openTab(['receptions', 'pending', 'health', 'settings', 'people', 'audit'].indexOf(tab));
    await page.locator('main h2').waitFor();
    if (tab === 'people') await page.locator('.buttons button').first().click();
    if (tab === 'people') await page.locator('.large').waitFor();
    if (tab === 'people') await page.locator('tbody button').first().click();
    if (tab === 'settings') await page.locator('main button[type=submit]').click();
    if (tab === 'settings') await page.locator('main [role=status]').waitFor();
    if (tab === 'audit') await exportAudit();
    await expectSound();
  });

  test('a line to the reader that is cut', async () => {
    await page.context().setOffline(true);
    await page.clock.runFor(LOST_AFTER_MS);
    await page.locator('.lost').waitFor();
    await expectSound();
    await page.context().setOffline(false);
    await page.clock.runFor(LOST_AFTER_MS);
    await page.locator('.lost').waitFor({ state: 'detached' });
  });
});

async function join(name: string, code = desk.server.setupCode() ?? ''): Promise<void> {
  const form = page.locator('form').last();
  await form.locator('input').first().fill(code);
  await form.locator('input').last().fill(name);
  await form.locator('button').click();
}

async function exportAudit(): Promise<void> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('main button').click()]);
  expect(download.suggestedFilename()).toBe('audit-KZ000001.sqlite');
  const { bytes } = expectOk(desk.source.exportAnswer);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  expect(Buffer.concat(chunks)).toEqual(bytes);
}
