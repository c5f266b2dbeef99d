/** The sheet as an administrator saves it at the desk, and as a browser prints it. */
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { evidenceSheet } from '../../src/technician/evidence.ts';
import { DeskClient } from '../desk/desk-client.ts';
import { type ServedDesk, serveDesk } from '../desk/serve-desk.ts';
import { axeViolations } from '../kiosk/axe-violations.ts';
import { launchChromium, root } from '../kiosk/kiosk-browser.ts';
import { everyOutcome, unit } from './sheet-samples.ts';

describe('at the desk', () => {
  let desk: ServedDesk;
  let client: DeskClient;
  beforeEach(async () => {
    desk = await serveDesk();
    client = new DeskClient(desk);
  });
  afterEach(async () => {
    await client.close();
    await desk.close();
  });

  test('an administrator saves it as a file, and that is noted', async () => {
    await client.join(desk.server.setupCode ?? '', '院長');
    desk.audited.length = 0;
    const { status, headers, body } = await client.get('/evidence.html');
    expect({ status, body }).toEqual({ status: 200, body: '<!doctype html><title>証跡シート</title>' });
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-disposition']).toMatch(/^attachment; filename="evidence-KZ000001-\d{4}-\d\d-\d\d\.html"$/);
    expect(desk.audited).toMatchObject([{ name: 'desk.evidence-saved' }]);
  });

  test('nobody else does', async () => {
    expect(await client.get('/evidence.html')).toMatchObject({ status: 401, body: { reason: 'signed-out' } });
    await desk.password.set(Buffer.from('246810'));
    await client.signInByPassword('受付', '246810');
    expect(await client.get('/evidence.html')).toMatchObject({ status: 403, body: { reason: 'role' } });
    expect(desk.audited.filter(({ name }) => name === 'desk.evidence-saved')).toEqual([]);
  });
});

test('it is one A4 page with everything on it, also at its fullest, and a screen reader can read it', {
  timeout: 60_000,
}, async () => {
  const browser = await launchChromium();
  const page = await browser.newPage();
  const at = '2026-11-22T09:30:00.000Z';
  const byHand = [{ test: 'touch', works: true, at } as const, { test: 'pad', works: false, at } as const];
  await page.setContent(evidenceSheet({ unit, selfTest: everyOutcome, byHand, madeAt: new Date(at), simulated: true }));
  expect(await axeViolations(page)).toEqual([]);
  const pdf = await page.pdf({ preferCSSPageSize: true, path: join(root, 'build/evidence.pdf') });
  // PDF 32000-1 §7.7.3.2: the page tree's root counts its leaves; A4 is 595 × 842 points.
  expect(pdf.toString('latin1').match(/\/Count (\d+)/)?.[1]).toBe('1');
  expect(pdf.toString('latin1')).toMatch(/\/MediaBox \[0 0 59[45]\S* 84[12]/);
  await browser.close();
});
