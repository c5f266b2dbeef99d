import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CharacterCode, writable } from '../../src/clinic/character-code.ts';
import { resultXml } from '../../src/clinic/result-xml.ts';
import type { ClinicResult } from '../../src/reception/ports.ts';
import type { OqsGroup } from '../../src/reception/qualification.ts';
import { layoutOf, qualification } from './arbitrary-results.ts';
import { elementsNamed, type OqsElement, readOqs, textOf } from './read-oqs.ts';
import { sameCharacters } from './same-character.ts';
import { shortResult, wholeResult } from './whole-result.ts';

const INSTITUTION = '0012345678';

const write = (one: ClinicResult, encoding: CharacterCode = 'utf-8') =>
  resultXml(one, { medicalInstitutionCode: INSTITUTION, encoding });
const read = (one: ClinicResult, encoding?: CharacterCode) => readOqs(write(one, encoding).bytes);
const textIn = (one: ClinicResult, encoding?: CharacterCode) => Buffer.from(write(one, encoding).bytes).toString('latin1');

/** What a reader should find of a group: elements in the format's order, those it does not know after them. */
function expected(from: OqsGroup, name: string, code: CharacterCode): OqsElement[] {
  const order = layoutOf(name).map((element) => (typeof element === 'string' ? element : element.name));
  const rank = ([key]: [string, unknown]) => (order.includes(key) ? order.indexOf(key) : order.length);
  const entries = Object.entries(from).sort((a, b) => rank(a) - rank(b));
  return entries.flatMap(([key, content]) => {
    if (typeof content === 'string') return [{ name: key, children: [], text: sameCharacters(writable(content, code).text) }];
    return [content].flat().map((one) => ({ name: key, children: expected(one, key, code), text: '' }));
  });
}

const isConsent = ({ name }: OqsElement) => /(Info|SpecificDiseases\w+)(ConsFlg|ConsTime|AvailableTime)$/.test(name);
const withSameCharacters = ({ name, children, text }: OqsElement): OqsElement => ({
  name,
  children: children.map(withSameCharacters),
  text: sameCharacters(text),
});

describe('a result file', () => {
  test.each(['utf-8', 'shift_jis'] as const)('in %s gives back every value of any result, in the format’s order', (code) => {
    fc.assert(
      fc.property(qualification, (group) => {
        const [found] = elementsNamed(read(shortResult({}, group), code), 'ResultOfQualificationConfirmation');
        const values = found?.children.filter((child) => !isConsent(child)).map(withSameCharacters);
        const wanted = expected(group, 'ResultOfQualificationConfirmation', code).filter((child) => !isConsent(child));
        expect(values).toEqual(wanted);
      }),
      { numRuns: 150 },
    );
  });

  test('in UTF-8 has the very characters that came', () => {
    const name = '髙﨑𠮷 葛\u{E0100} か\u3099 1−2〜3 ①';
    expect(textOf(read(shortResult({}, { Name: name })), 'Name')).toBe(name);
    expect(write(shortResult({}, { Name: name })).replaced).toEqual([]);
  });

  test('has header and body in the format’s order, in Japan’s time', () => {
    const [header, body] = read(wholeResult).children;
    expect(header?.children.map(({ name, text }) => `${name} ${text}`)).toEqual([
      'ProcessExecutionTime 20260402003005',
      'QualificationConfirmationDate 20260402',
      'MedicalInstitutionCode 0012345678',
      'ArbitraryFileIdentifier reception-1',
      'ReferenceClassification 1',
      'SegmentOfResult 1',
      'CharacterCodeIdentifier 0',
    ]);
    expect(body?.children.map(({ name, text }) => `${name} ${text}`.trim())).toEqual([
      'PrescriptionIssueSelect 1',
      'ProcessingResultStatus 1',
      'ProcessingResultCode 00000',
      'ProcessingResultMessage あと3か月で有効期限',
      'QualificationValidity 1',
      'ResultList',
    ]);
  });

  test('says by declaration and by header which character code it has', () => {
    expect(textIn(wholeResult)).toMatch(/^<\?xml version="1\.0" encoding="UTF-8" standalone="no"\?>\n/);
    expect(textIn(wholeResult, 'shift_jis')).toMatch(/^<\?xml version="1\.0" encoding="Shift_JIS" standalone="no"\?>\n/);
    expect(textOf(read(wholeResult), 'CharacterCodeIdentifier')).toBe('0');
    expect(textOf(read(wholeResult, 'shift_jis'), 'CharacterCodeIdentifier')).toBe('1');
  });

  test('keeps leading zeros and spaces', () => {
    const kept = { InsurerNumber: ' 6139990', InsuredIdentificationNumber: '0034', InsuredPartialContributionRatio: '010' };
    for (const code of ['utf-8', 'shift_jis'] as const) {
      const file = read(shortResult({}, kept), code);
      for (const [name, value] of Object.entries(kept)) expect(textOf(file, name)).toBe(value);
    }
  });

  test('has an abnormal end with its code, and says nothing of validity', () => {
    const answer = { segmentOfResult: '9', errorCode: 'E1', errorMessage: '<異常>', validity: '4', qualifications: [] } as const;
    const [header, body] = read(shortResult({ answer })).children;
    expect(header?.children.map(({ name }) => name).slice(-4)).toEqual([
      'SegmentOfResult',
      'ErrorCode',
      'ErrorMessage',
      'CharacterCodeIdentifier',
    ]);
    expect(header && textOf(header, 'SegmentOfResult')).toBe('9');
    expect(header && textOf(header, 'ErrorMessage')).toBe('<異常>');
    expect(body && textOf(body, 'ProcessingResultStatus')).toBe('2');
    expect(body && textOf(body, 'QualificationValidity')).toBeUndefined();
  });

  test('has each eligibility when there are several', () => {
    const answer = { segmentOfResult: '1', validity: '5', qualifications: [{ Name: 'A' }, { Name: 'B' }] } as const;
    expect(elementsNamed(read(shortResult({ answer })), 'Name').map(({ text }) => text)).toEqual(['A', 'B']);
  });

  test('says that it is simulated exactly when it is', () => {
    expect(textIn(shortResult({ simulated: true }))).toContain('SIMULATED');
    expect(textIn(shortResult())).not.toContain('SIMULATED');
  });
});

describe('a name that Shift_JIS does not have', () => {
  test('stands as ● in the file, and staff are told where and how it is written', () => {
    const two = [{ Name: '髙橋　𠮷子', Address: '葛\u{E0100}城市' }, { Name: '見本　花子' }];
    const answer = { segmentOfResult: '1', validity: '5', qualifications: two } as const;
    const { bytes, replaced } = write(shortResult({ answer }), 'shift_jis');
    expect(elementsNamed(readOqs(bytes), 'Name').map(({ text }) => text)).toEqual(['●橋　●子', '見本　花子']);
    const person = 'XmlMsg/MessageBody/ResultList/ResultOfQualificationConfirmation[1]';
    expect(replaced).toEqual([
      { path: `${person}/Name`, text: '髙橋　𠮷子' },
      { path: `${person}/Address`, text: '葛\u{E0100}城市' },
    ]);
  });

  test('that the service has as ● already is no news', () => {
    expect(write(shortResult({}, { Name: '●橋' }), 'shift_jis').replaced).toEqual([]);
  });
});
