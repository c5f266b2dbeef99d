import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resultXml } from '../../src/clinic/result-xml.ts';
import type { ClinicResult } from '../../src/reception/ports.ts';
import type { ConsentItem } from '../../src/reception/qualification.ts';
import { elementsNamed, type OqsElement, readOqs, textOf } from './read-oqs.ts';
import { shortResult } from './whole-result.ts';

const items: readonly ConsentItem[] = ['medicines', 'checkups', 'treatment', 'surgery'];

const read = (one: ClinicResult): OqsElement =>
  readOqs(resultXml(one, { medicalInstitutionCode: '0012345678', encoding: 'utf-8' }).bytes);

describe('consent in a result file', () => {
  const prefixes = {
    medicines: 'PharmacistsInfo',
    checkups: 'SpecificHealthCheckupsInfo',
    treatment: 'DiagnosisInfo',
    surgery: 'OperationInfo',
  } as const;

  test('is what the patient gave, whatever the gateway says', () => {
    const flags = fc.record(
      Object.fromEntries(Object.values(prefixes).map((prefix) => [`${prefix}ConsFlg`, fc.constantFrom('0', '1', '2')])),
    );
    fc.assert(
      fc.property(fc.subarray([...items]), flags, (consents, gateway) => {
        const answers = Object.fromEntries(items.map((item) => [item, consents.includes(item) ? '1' : '0'] as const));
        const file = read(shortResult({ answers }, gateway));
        for (const item of items) {
          const given = consents.includes(item);
          expect(textOf(file, `${prefixes[item]}ConsFlg`)).toBe(given ? '1' : '0');
          if (!given) expect(textOf(file, `${prefixes[item]}ConsTime`)).toBeUndefined();
        }
      }),
    );
  });

  test('holds for 24 hours from when it was given', () => {
    const file = read(shortResult());
    expect(textOf(file, 'PharmacistsInfoConsTime')).toBe('20260402003005');
    expect(textOf(file, 'PharmacistsInfoAvailableTime')).toBe('20260403003005');
  });

  test('keeps the gateway’s own times where it says the same', () => {
    const gateway = {
      PharmacistsInfoConsFlg: '1',
      PharmacistsInfoConsTime: '20260402002900',
      PharmacistsInfoAvailableTime: '20260403002900',
    };
    const file = read(shortResult({}, gateway));
    expect(textOf(file, 'PharmacistsInfoConsTime')).toBe('20260402002900');
    expect(elementsNamed(file, 'PharmacistsInfoConsTime')).toHaveLength(1);
  });

  test('has times also where the gateway gives its flag alone', () => {
    const file = read(shortResult({}, { PharmacistsInfoConsFlg: '1' }));
    expect(textOf(file, 'PharmacistsInfoConsTime')).toBe('20260402003005');
    expect(textOf(file, 'PharmacistsInfoAvailableTime')).toBe('20260403003005');
  });

  test('that could not be asked, or has run out, is said so, without times', () => {
    const file = read(shortResult({ answers: { medicines: '3', treatment: '2' } }));
    expect(textOf(file, 'PharmacistsInfoConsFlg')).toBe('3');
    expect(textOf(file, 'DiagnosisInfoConsFlg')).toBe('2');
    expect(textOf(file, 'DiagnosisInfoAvailableTime')).toBeUndefined();
  });

  test('that was not asked for is not there', () => {
    const file = read(shortResult({ answers: { medicines: '1' } }));
    expect(textOf(file, 'SpecificHealthCheckupsInfoConsFlg')).toBeUndefined();
  });

  test('to 特定疾病 is apart, and has no end', () => {
    const file = read(shortResult({ answers: { 'specific-diseases': '1' } }));
    expect(textOf(file, 'SpecificDiseasesCertificateRelatedConsFlg')).toBe('1');
    expect(textOf(file, 'SpecificDiseasesCertificateRelatedConsTime')).toBe('20260402003005');
    expect(textOf(file, 'SpecificDiseasesCertificateRelatedAvailableTime')).toBeUndefined();
  });

  test('to 特定疾病, refused, keeps the certificate out of the file', () => {
    const list = {
      SpecificDiseasesCertificateList: { SpecificDiseasesCertificateInfo: { SpecificDiseasesDiseaseCategory: '1' } },
    };
    expect(textOf(read(shortResult({}, list)), 'SpecificDiseasesDiseaseCategory')).toBe('1');
    const refused = read(shortResult({ answers: { 'specific-diseases': '0' } }, list));
    expect(textOf(refused, 'SpecificDiseasesDiseaseCategory')).toBeUndefined();
  });
});
