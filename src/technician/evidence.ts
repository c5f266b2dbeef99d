/**
 * The evidence sheet: what this unit is, what was tested and with what outcome, on A4 and in both languages of the staff.
 * One file without anything from elsewhere, so that it can be kept, sent and printed years later. No personal data.
 */
import type { TestByHand } from './parts.ts';
import { testsByHand } from './parts.ts';
import type { SelfTestReport, SelfTestRow } from './self-test.ts';
import { sheetStyle } from './sheet-style.ts';
import { languages } from './texts/index.ts';
import type { UnitFacts } from './unit-facts.ts';

/** What the person at the unit said of a part. */
export type HandResult = { readonly test: TestByHand; readonly works: boolean; readonly at: string };

export type Evidence = {
  readonly unit: UnitFacts;
  /** Absent: none was made since the reader started. */
  readonly selfTest?: SelfTestReport | undefined;
  /** The newest of each test; what was not tested is absent. */
  readonly byHand: readonly HandResult[];
  readonly madeAt: Date;
  /** Of the bench: the sheet says so. */
  readonly simulated: boolean;
};

/** Everything that stands in an element; markup in it has no effect. */
const escaped = (words: string): string => words.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);

/** Japanese, with English small below it. */
const both = (ja: string, en: string): string => `${escaped(ja)}<small lang="en">${escaped(en)}</small>`;

const { ja, en } = languages;

/** @returns an HTML document */
export function evidenceSheet({ unit, selfTest, byHand, madeAt, simulated }: Evidence): string {
  const verdict = selfTest === undefined ? 'untested' : selfTest.passed ? 'passed' : 'notPassed';
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<title>${escaped(ja.evidence.title)} ${escaped(unit.readerId)}</title>
<style>${sheetStyle}</style>
</head>
<body>
<header>
<h1>${both(ja.evidence.title, en.evidence.title)}</h1>
<p class="verdict ${verdict}">${both(ja.evidence[verdict], en.evidence[verdict])}</p>
</header>
<main>
${simulated ? `<p class="simulated">${both(ja.evidence.simulated, en.evidence.simulated)}</p>` : ''}
<section><h2>${both(ja.evidence.unit, en.evidence.unit)}</h2>${unitTable(unit, selfTest?.at, madeAt)}</section>
<section><h2>${both(ja.evidence.results, en.evidence.results)}</h2>
<table class="results"><thead>${headOf(['part', 'outcome', 'detail'])}</thead>
<tbody>${selfTest?.parts.map(partRow).join('\n') ?? ''}</tbody></table></section>
<section><h2>${both(ja.evidence.byHand, en.evidence.byHand)}</h2>
<ul class="by-hand">${testsByHand.map((test) => handItem(test, byHand)).join('\n')}</ul></section>
<section class="signing"><p class="remarks">${both(ja.evidence.remarks, en.evidence.remarks)}</p>
<p>${both(ja.evidence.technician, en.evidence.technician)}</p>
<p>${both(ja.evidence.clinic, en.evidence.clinic)}</p>
<p>${both(ja.evidence.date, en.evidence.date)}</p></section>
</main>
<footer>${both(ja.evidence.noPersonalData, en.evidence.noPersonalData)}</footer>
</body>
</html>
`;
}

type UnitWord =
  | 'readerId'
  | 'institution'
  | 'board'
  | 'image'
  | 'imageHash'
  | 'slot'
  | 'program'
  | 'module'
  | 'panel'
  | 'testedAt'
  | 'printedAt';

function unitTable(unit: UnitFacts, testedAt: string | undefined, madeAt: Date): string {
  const facts: readonly (readonly [UnitWord, string | undefined])[] = [
    ['readerId', unit.readerId],
    ['institution', unit.institutionCode],
    ['board', [unit.serialNumber, unit.board].filter(Boolean).join(' · ') || undefined],
    ['program', unit.program],
    ['image', unit.image],
    ['slot', unit.slot],
    ['module', unit.module],
    ['panel', unit.panel],
    ['testedAt', testedAt && japanTime(new Date(testedAt))],
    ['printedAt', japanTime(madeAt)],
    ['imageHash', unit.imageSha256],
  ];
  const entries = facts.map(([word, value]) => {
    const shown = value === undefined ? both(ja.evidence.notKnown, en.evidence.notKnown) : escaped(value);
    return `<div class="${word}"><dt>${both(ja.evidence[word], en.evidence[word])}</dt><dd>${shown}</dd></div>`;
  });
  return `<dl>${entries.join('\n')}</dl>`;
}

/** As the paper's readers tell the time. */
const japanTime = (time: Date): string =>
  `${time.toLocaleString('sv-SE', { timeZone: 'Asia/Tokyo', dateStyle: 'short', timeStyle: 'short' })} JST`;

type HeadWord = 'part' | 'outcome' | 'detail';

const headOf = (words: readonly HeadWord[]): string =>
  `<tr>${words.map((word) => `<th scope="col">${both(ja.evidence[word], en.evidence[word])}</th>`).join('')}</tr>`;

/** What was found is technical and English; what a code means stands in both languages. */
function partRow(row: SelfTestRow): string {
  const at = 'notHere' in row ? 'notHere' : row.ok ? 'ok' : 'failed';
  const said = row.ok ? ('notHere' in row ? row.notHere : (row.found ?? '')) : [row.code, row.detail].filter(Boolean).join(': ');
  const name = both(ja.parts[row.part].name, en.parts[row.part].name);
  return `<tr class="${at}"><th scope="row">${name}</th><td>${both(ja.outcomes[at], en.outcomes[at])}</td><td lang="en">${escaped(said)}</td></tr>`;
}

function handItem(test: TestByHand, results: readonly HandResult[]): string {
  const result = results.find((each) => each.test === test);
  const at = result === undefined ? 'untested' : result.works ? 'ok' : 'failed';
  const time = result === undefined ? '' : `<time>${japanTime(new Date(result.at))}</time>`;
  const name = both(ja.byHand[test].name, en.byHand[test].name);
  return `<li class="${at}"><strong>${name}</strong>${both(ja.outcomes[at], en.outcomes[at])}${time}</li>`;
}
