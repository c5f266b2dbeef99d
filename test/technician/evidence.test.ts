import { XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { type Evidence, evidenceSheet } from '../../src/technician/evidence.ts';
import { testedParts } from '../../src/technician/parts.ts';
import { everyOutcome, unit } from './sheet-samples.ts';

const sheet = (more: Partial<Evidence> = {}) =>
  evidenceSheet({
    unit,
    selfTest: everyOutcome,
    byHand: [],
    madeAt: new Date('2026-11-22T10:00:00Z'),
    simulated: false,
    ...more,
  });

test('names the unit, its versions, every part with its outcome, and a place to sign', () => {
  const html = sheet();
  for (const words of [unit.readerId, unit.serialNumber, unit.imageSha256, unit.image, unit.module, 'GATE-504', '42 MiB free'])
    expect(html).toContain(words);
  expect(html.match(/<tr class="(ok|failed|notHere)">/g)).toHaveLength(testedParts.length);
  expect(html).toContain('技術者（署名）');
  expect(html).toContain('class="verdict notPassed"');
});

test('is one whole document that fetches nothing', () => {
  const html = sheet();
  const body = html.slice(html.indexOf('<body>'), html.indexOf('</body>') + '</body>'.length);
  expect(XMLValidator.validate(body)).toBe(true);
  expect(html).not.toMatch(/<(script|link|img|iframe)|url\(|@import|https?:\/\/(?!gateway\.example\.jp)/);
});

test('what a device says of itself is text and nothing else', () => {
  const html = sheet({ unit: { ...unit, module: '<img src=x onerror="alert(1)">' } });
  expect(html).not.toContain('<img');
  expect(html).toContain('&#60;img src=x onerror=&#34;alert(1)&#34;&#62;');
});

test('a test by hand is told with its time, or as not made', () => {
  const html = sheet({
    byHand: [
      { test: 'touch', works: true, at: '2026-11-22T09:30:00.000Z' },
      { test: 'pad', works: false, at: '2026-11-22T09:31:00.000Z' },
    ],
  });
  expect(html).toMatch(/<li class="ok"><strong>タッチ画面.*2026-11-22 18:30 JST/);
  expect(html).toMatch(/<li class="failed"><strong>テンキー.*2026-11-22 18:31 JST/);
  expect(html).toMatch(/<li class="untested"><strong>前面の光/);
});

test('a simulator’s sheet says so; a unit’s does not', () => {
  expect(sheet({ simulated: true })).toContain('class="simulated"');
  expect(sheet()).not.toContain('class="simulated"');
});

test('before any self-test nothing is claimed', () => {
  const html = sheet({ selfTest: undefined });
  expect(html).toContain('class="verdict untested"');
  expect(html).not.toContain('合格');
});

test('what is not known of the unit is said to be unknown', () => {
  const html = sheet({ unit: { readerId: 'KZ000001', program: 'kazasu 0.1.0' } });
  expect(html.match(/不明/g)?.length).toBe(7);
});
