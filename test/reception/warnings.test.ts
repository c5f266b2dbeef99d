import { describe, expect, test } from 'vitest';
import { warningsOf } from '../../src/reception/warnings.ts';

const today = '2026-11-22';
const of = (elements: Record<string, string>, validity = '1') =>
  warningsOf(elements, validity, today).map((warning) => warning.of);

describe('a burden that nobody of that age has', () => {
  test.each([
    ['20061122', '020', ['ratio']],
    ['20061122', '030', []],
    ['20061122', '', []],
    ['20230101', '020', []],
    ['20230101', '030', ['ratio']],
    ['20200101', '020', []],
    ['19511122', '010', []],
    ['19511122', '000', ['ratio']],
  ])('born %s: %s', (Birthdate, InsuredPartialContributionRatio, expected) =>
    expect(of({ Birthdate, InsuredPartialContributionRatio })).toEqual(expected),
  );

  test('is told in tenths', () =>
    expect(warningsOf({ Birthdate: '20061122', InsuredPartialContributionRatio: '020' }, '1', today)).toEqual([
      { of: 'ratio', tenths: '2' },
    ]));
});

test('marked as before school age at eight years', () =>
  expect([
    of({ Birthdate: '20180101', PreschoolClassification: '1' }),
    of({ Birthdate: '20220101', PreschoolClassification: '1' }),
  ]).toEqual([['preschool'], []]));

test('an insurer of those of 75 and older, for somebody of 40', () =>
  expect([
    of({ Birthdate: '19861122', InsurerNumber: '39139999' }),
    of({ Birthdate: '19500101', InsurerNumber: '39139999' }),
  ]).toEqual([['elderly-insurer'], []]));

describe('dates that contradict', () => {
  test.each([
    [{ QualificationDate: '20250401', DisqualificationDate: '20240401' }, '2', ['dates']],
    [{ QualificationDate: '20240401', DisqualificationDate: '20250401' }, '2', []],
    [{ QualificationDate: '20240401', DisqualificationDate: '20250401' }, '1', ['dates']],
    [{ QualificationDate: '20270401' }, '1', ['dates']],
    [{ QualificationDate: '20240401' }, '1', []],
    [{ QualificationDate: '不明' }, '1', []],
  ])('%o with validity %s', (elements, validity, expected) =>
    expect(of(elements as Record<string, string>, validity)).toEqual(expected),
  );
});
