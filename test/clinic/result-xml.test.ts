import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resultXml } from '../../src/clinic/result-xml.ts';
import type { ClinicResult } from '../../src/reception/ports.ts';
import type { ConsentItem, OqsGroup } from '../../src/reception/qualification.ts';
import { elementsNamed, type OqsElement, readOqs, textOf } from './read-oqs.ts';

const INSTITUTION = '0012345678';
const items: readonly ConsentItem[] = ['medicines', 'checkups', 'treatment', 'surgery'];

function result(changes: Partial<ClinicResult> = {}, qualification: OqsGroup = { Name: '見本　花子' }): ClinicResult {
  return {
    receptionId: 'reception-1',
    method: 'face',
    at: new Date('2026-04-01T15:30:05Z'),
    consents: ['medicines'],
    answer: { segmentOfResult: '1', validity: '1', qualifications: [qualification] },
    simulated: false,
    ...changes,
  };
}

const read = (one: ClinicResult) => readOqs(resultXml(one, INSTITUTION));

/** Whatever may stand in a value of the format: all of Unicode but controls, surrogates and non-characters. */
const value = fc.string({ unit: 'binary', maxLength: 30 }).filter((text) => /^[^\p{Cc}\p{Cs}\uFFFE\uFFFF]*$/u.test(text));
const awkward = fc.oneof(
  value,
  fc.constantFrom(
    '0',
    '007',
    '  12',
    '12  ',
    ' ',
    '',
    '<a>&b;',
    '"\'',
    ']]>',
    '<!--',
    '&amp;',
    '髙﨑𠮷',
    '１２３',
    'true',
    '1e5',
    '-0',
    '\u3000',
  ),
);
const elementName = fc
  .stringMatching(/^[A-Z][A-Za-z0-9]{0,12}$/)
  .filter((name) => !/(ConsFlg|ConsTime|AvailableTime)$/.test(name));
const group: fc.Arbitrary<OqsGroup> = fc.letrec<{ group: OqsGroup }>((tie) => ({
  group: fc.dictionary(
    elementName,
    fc.oneof({ depthSize: 'small', maxDepth: 3 }, awkward, tie('group'), fc.array(tie('group'), { minLength: 1, maxLength: 3 })),
    { maxKeys: 6 },
  ) as fc.Arbitrary<OqsGroup>,
})).group;

/** The group as the reader should find it: elements in order, a list as its elements one after another. */
function expected(from: OqsGroup): OqsElement[] {
  return Object.entries(from).flatMap(([name, content]) => {
    if (typeof content === 'string') return [{ name, children: [], text: content }];
    const groups = Array.isArray(content) ? content : [content];
    return groups.map((one) => ({ name, children: expected(one), text: '' }));
  });
}

/** An element without content says the same whether it was a value or a group. */
const isConsent = ({ name }: OqsElement) => /(ConsFlg|ConsTime|AvailableTime)$/.test(name);

describe('a result file', () => {
  test('gives back every value of any result as it was', () => {
    fc.assert(
      fc.property(group, (qualification) => {
        const [found] = elementsNamed(read(result({}, qualification)), 'ResultOfQualificationConfirmation');
        expect(found?.children.filter((child) => !isConsent(child))).toEqual(expected(qualification));
      }),
      { numRuns: 300 },
    );
  });

  test('has the header that the format wants, in Japan’s time', () => {
    const file = read(result());
    expect(file.name).toBe('XmlMsg');
    expect(file.children.map(({ name }) => name)).toEqual(['MessageHeader', 'MessageBody']);
    const header = Object.fromEntries((file.children[0]?.children ?? []).map(({ name, text }) => [name, text]));
    expect(header).toEqual({
      ProcessExecutionTime: '20260402003005',
      QualificationConfirmationDate: '20260402',
      MedicalInstitutionCode: '0012345678',
      ArbitraryFileIdentifier: 'reception-1',
      ReferenceClassification: '1',
      SegmentOfResult: '1',
      CharacterCodeIdentifier: '0',
    });
    expect(textOf(file, 'ProcessingResultStatus')).toBe('1');
    expect(textOf(file, 'QualificationValidity')).toBe('1');
  });

  test('has an abnormal end with its code, and says nothing of validity', () => {
    const answer = { segmentOfResult: '9', errorCode: 'E1', errorMessage: '<異常>', validity: '4', qualifications: [] } as const;
    const file = read(result({ answer }));
    expect(textOf(file, 'SegmentOfResult')).toBe('9');
    expect(textOf(file, 'ErrorMessage')).toBe('<異常>');
    expect(textOf(file, 'ProcessingResultStatus')).toBe('2');
    expect(textOf(file, 'QualificationValidity')).toBeUndefined();
  });

  test('has each eligibility when there are several', () => {
    const answer = { segmentOfResult: '1', validity: '5', qualifications: [{ Name: 'A' }, { Name: 'B' }] } as const;
    expect(elementsNamed(read(result({ answer })), 'Name').map(({ text }) => text)).toEqual(['A', 'B']);
  });

  test('says that it is simulated exactly when it is', () => {
    expect(resultXml(result({ simulated: true }), INSTITUTION)).toContain('SIMULATED');
    expect(resultXml(result(), INSTITUTION)).not.toContain('SIMULATED');
  });
});

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
        const file = read(result({ consents }, gateway));
        for (const item of items) {
          const given = consents.includes(item);
          expect(textOf(file, `${prefixes[item]}ConsFlg`)).toBe(given ? '1' : '0');
          if (!given) expect(textOf(file, `${prefixes[item]}ConsTime`)).toBeUndefined();
        }
      }),
    );
  });

  test('holds for 24 hours from when it was given', () => {
    const file = read(result());
    expect(textOf(file, 'PharmacistsInfoConsTime')).toBe('20260402003005');
    expect(textOf(file, 'PharmacistsInfoAvailableTime')).toBe('20260403003005');
  });

  test('keeps the gateway’s own times where it says the same', () => {
    const gateway = {
      PharmacistsInfoConsFlg: '1',
      PharmacistsInfoConsTime: '20260402002900',
      PharmacistsInfoAvailableTime: '20260403002900',
    };
    const file = read(result({}, gateway));
    expect(textOf(file, 'PharmacistsInfoConsTime')).toBe('20260402002900');
    expect(elementsNamed(file, 'PharmacistsInfoConsTime')).toHaveLength(1);
  });
});
