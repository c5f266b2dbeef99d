/**
 * The structure of the export against what FHIR R4 and JP Core ask of it, as far as is needed here. No validator of
 * profiles can be installed without a network; this schema is our own.
 */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coverageJson, coverageName } from '../../src/clinic/fhir-coverage.ts';
import type { ClinicResult } from '../../src/reception/ports.ts';
import type { OqsGroup, QualificationValidity } from '../../src/reception/qualification.ts';
import { result } from './arbitrary-results.ts';
import { wholeResult } from './whole-result.ts';

const schema = JSON.parse(readFileSync('test/clinic/fhir-coverage.schema.json', 'utf8'));
const isValid = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);

type Entry = { readonly fullUrl: string; readonly resource: Record<string, unknown> };
const entriesOf = (one: ClinicResult): Entry[] => JSON.parse(coverageJson(one) ?? '{"entry":[]}').entry;

function coverageOf(group: OqsGroup, validity: QualificationValidity = '1') {
  const answer = { segmentOfResult: '1', validity, qualifications: [group] } as const;
  return entriesOf({ ...wholeResult, answer })[0]?.resource;
}

function errorsOf(one: ClinicResult): unknown {
  const json = coverageJson(one);
  return json === undefined || isValid(JSON.parse(json)) ? [] : isValid.errors;
}

test('whatever the result, the export is a Bundle of Coverages as FHIR wants them', () => {
  fc.assert(
    fc.property(result, (one) => {
      expect(errorsOf(one)).toEqual([]);
      expect(entriesOf(one)).toHaveLength(one.answer.qualifications.length);
    }),
    { numRuns: 100 },
  );
});

test('the schema can refuse', () => {
  const bundle = JSON.parse(coverageJson(wholeResult) ?? '');
  for (const missing of ['status', 'beneficiary', 'payor']) {
    const { [missing]: _left, ...resource } = bundle.entry[0].resource;
    expect(isValid({ ...bundle, entry: [{ ...bundle.entry[0], resource }] })).toBe(false);
  }
  expect(isValid({ ...bundle, note: 'x' })).toBe(false);
});

describe('a Coverage', () => {
  test('has 記号, 番号 and 枝番 where JP Core has them', () => {
    const coverage = coverageOf(wholeResult.answer.qualifications[0] ?? {});
    const core = 'http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Coverage_InsuredPerson';
    expect(coverage).toMatchObject({
      meta: { profile: ['http://jpfhir.jp/fhir/core/StructureDefinition/JP_Coverage'] },
      extension: [
        { url: `${core}Symbol`, valueString: '１２' },
        { url: `${core}Number`, valueString: '0034' },
        { url: `${core}SubNumber`, valueString: '01' },
      ],
      identifier: [{ system: 'http://jpfhir.jp/fhir/clins/Idsystem/JP_Insurance_memberID', value: '06139990:１２:0034:01' }],
      subscriberId: '１２:0034',
      dependent: '01',
      relationship: { coding: [{ code: '2' }] },
      period: { start: '2024-04-01', end: '2025-03-31' },
      costToBeneficiary: [{ valueQuantity: { value: 20, code: '%' } }],
    });
  });

  test('names person and insurer, and no day that there is not', () => {
    // 1950 had no 29 February.
    expect(coverageOf(wholeResult.answer.qualifications[0] ?? {})?.['contained']).toEqual([
      expect.not.objectContaining({ birthDate: expect.anything() }),
      expect.objectContaining({
        identifier: [{ system: 'http://jpfhir.jp/fhir/core/mhlw/IdSystem/InsurerNumber', value: '06139990' }],
        name: '見本健康保険組合',
      }),
    ]);
    expect(coverageOf({ Birthdate: '19520229', Sex1: '1', Name: '髙橋　澪' })?.['contained']).toMatchObject([
      { birthDate: '1952-02-29', gender: 'male', name: [{ text: '髙橋 澪' }] },
      {},
    ]);
  });

  test('has the insurer’s number in eight digits, and an empty 記号 where there is none', () => {
    expect(coverageOf({ InsurerNumber: ' 6139990', InsuredIdentificationNumber: '12345678' })).toMatchObject({
      identifier: [{ value: '06139990::12345678:' }],
      subscriberId: ':12345678',
    });
  });

  test.each([
    ['1', 'active'],
    ['2', 'cancelled'],
    ['3', 'cancelled'],
    ['5', 'active'],
    ['6', 'active'],
  ] as const)('of validity %s is %s', (validity, status) => {
    expect(coverageOf({}, validity)?.['status']).toBe(status);
  });
});

test('where nobody was found there is no file', () => {
  const answer = { segmentOfResult: '1', validity: '4', qualifications: [] } as const;
  expect(coverageJson({ ...wholeResult, answer })).toBeUndefined();
});

test('what a bench makes is marked as test data', () => {
  expect(coverageJson(wholeResult)).toContain('HTEST');
  expect(coverageJson({ ...wholeResult, simulated: false })).not.toContain('HTEST');
});

test('several eligibilities of one reception have their own addresses, the same each time', () => {
  const answer = { segmentOfResult: '1', validity: '5', qualifications: [{ Name: 'A' }, { Name: 'B' }] } as const;
  const [first, second] = entriesOf({ ...wholeResult, answer });
  expect(first?.fullUrl).not.toBe(second?.fullUrl);
  expect(entriesOf({ ...wholeResult, answer })[0]?.fullUrl).toBe(first?.fullUrl);
});

test('the file is named as its result', () => {
  expect(coverageName('OQSsiquc01res_face_a-b_20260402003005.xml')).toBe('OQSsiquc01res_face_a-b_20260402003005.fhir.json');
});
