/** The sheet on paper: printed by a browser, and read back from the PDF by Poppler. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Evidence, evidenceSheet } from '../../src/technician/evidence.ts';
import { testedParts, testsByHand } from '../../src/technician/parts.ts';
import { languages } from '../../src/technician/texts/index.ts';
import { axeViolations } from '../kiosk/axe-violations.ts';
import { launchChromium, root } from '../kiosk/kiosk-browser.ts';
import { everyOutcome, unit } from './sheet-samples.ts';

const { ja, en } = languages;
const full: Evidence = {
  unit,
  selfTest: everyOutcome,
  byHand: [
    { test: 'touch', works: true, at: '2026-11-22T09:30:00.000Z' },
    { test: 'pad', works: false, at: '2026-11-22T09:31:00.000Z' },
  ],
  madeAt: new Date('2026-11-22T10:02:00Z'),
  simulated: true,
};

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

async function printed(evidence: Evidence): Promise<Buffer> {
  const page = await browser.newPage();
  await page.setContent(evidenceSheet(evidence));
  expect(await axeViolations(page)).toEqual([]);
  const pdf = await page.pdf({ preferCSSPageSize: true, path: join(root, 'build/evidence.pdf') });
  await page.close();
  return pdf;
}

/** What stands on the paper, line by line as it lies there. */
function linesOf(pdf: Buffer): readonly string[] {
  const { error, status, stdout, stderr } = spawnSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' });
  if (error) throw new Error(`${error.message}. On Debian: apt-get install poppler-utils`);
  if (status !== 0) throw new Error(`pdftotext cannot read what was printed: ${stderr}`);
  return stdout.split('\n').map((line) => line.replaceAll(/\s+/g, ' ').trim());
}

test('it is one A4 page, also at its fullest, and a screen reader can read it', async () => {
  const pdf = (await printed(full)).toString('latin1');
  // PDF 32000-1 §7.7.3.2: the page tree's root counts its leaves; A4 is 595 × 842 points.
  expect(pdf.match(/\/Count (\d+)/)?.[1]).toBe('1');
  expect(pdf).toMatch(/\/MediaBox \[0 0 59[45]\S* 84[12]/);
});

test('the paper names unit, image, versions, serial, results and times', async () => {
  const lines = linesOf(await printed(full));
  /** Whether one line has all of these, in this order. */
  const together = (...words: readonly string[]) =>
    lines.some((line) => {
      let from = 0;
      return words.every((word) => {
        const at = line.indexOf(word, from);
        from = at + word.length;
        return at >= 0;
      });
    });
  const rows: readonly (readonly string[])[] = [
    [ja.evidence.title, ja.evidence.notPassed],
    [en.evidence.title, en.evidence.notPassed],
    [ja.evidence.readerId, unit.readerId, ja.evidence.institution, unit.institutionCode],
    [ja.evidence.board, unit.serialNumber, ja.evidence.program, unit.program],
    [ja.evidence.image, unit.image, ja.evidence.slot, unit.slot],
    [ja.evidence.module, unit.module, ja.evidence.panel, unit.panel],
    [ja.evidence.testedAt, '2026-11-22 18:55 JST', ja.evidence.printedAt, '2026-11-22 19:02 JST'],
    // Too long to be cut: the whole of it on one line.
    [unit.imageSha256],
    ...everyOutcome.parts.map((row) => {
      const outcome = 'notHere' in row ? 'notHere' : row.ok ? 'ok' : 'failed';
      return [ja.parts[row.part].name, `${ja.outcomes[outcome]} ${en.outcomes[outcome]}`, ...(row.ok ? [] : [`${row.code}:`])];
    }),
    [ja.evidence.remarks],
    [ja.evidence.technician, ja.evidence.clinic, ja.evidence.date],
    [ja.evidence.noPersonalData],
  ];
  expect(rows.filter((words) => !together(...words))).toEqual([]);
  expect(rows.length).toBeGreaterThan(testedParts.length + 10);
  const byHand = lines.slice(lines.findIndex((line) => line.startsWith(ja.evidence.byHand))).join(' ');
  for (const one of testsByHand) expect(byHand).toContain(ja.byHand[one].name);
  expect(byHand.match(new RegExp(ja.outcomes.untested, 'g'))).toHaveLength(testsByHand.length - 2);
  expect(byHand).toContain('2026-11-22 18:30');
  expect(byHand).toContain('2026-11-22 18:31');
  expect(together(ja.evidence.simulated)).toBe(true);
});

test('a unit that was not tested yet has a sheet that claims nothing', async () => {
  const bare = {
    ...full,
    unit: { readerId: 'KZ000001', program: 'kazasu 0.1.0' },
    selfTest: undefined,
    byHand: [],
    simulated: false,
  };
  const text = linesOf(await printed(bare)).join('\n');
  expect(text).toContain(`${ja.evidence.title} ${ja.evidence.untested}`);
  for (const claim of [ja.evidence.passed, ja.outcomes.ok, ja.evidence.simulated]) expect(text).not.toContain(claim);
  expect(text.match(new RegExp(ja.evidence.notKnown, 'g'))).toHaveLength(8);
});
