/** Result files read by libxml2, which knows nothing of ours, and held against a schema of what is known of the format. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Layout, MESSAGE } from '../../src/clinic/oqs-layout.ts';
import { resultXml } from '../../src/clinic/result-xml.ts';
import { result } from './arbitrary-results.ts';
import { readOqs } from './read-oqs.ts';
import { sameCharacters } from './same-character.ts';
import { wholeResult } from './whole-result.ts';
import { canonical, canonicalByXmllint, schemaErrors } from './xmllint.ts';

const SCHEMA = resolve('test/clinic/oqs-result.xsd');
const codes = ['utf-8', 'shift_jis'] as const;
const file = (one: Parameters<typeof resultXml>[0], encoding: (typeof codes)[number]) =>
  resultXml(one, { medicalInstitutionCode: '0012345678', encoding }).bytes;

describe.each(codes)('a result file in %s', (code) => {
  test('says to libxml2 what it says to our reader, whatever the result', () => {
    fc.assert(
      fc.property(fc.array(result, { minLength: 20, maxLength: 20 }), (results) => {
        const files = results.map((one) => file(one, code));
        const theirs = canonicalByXmllint(files).map(sameCharacters);
        expect(theirs.length).toBe(files.length);
        const ours = files.map((bytes) => sameCharacters(canonical(readOqs(bytes))));
        expect(theirs.findIndex((one, n) => one !== ours[n])).toBe(-1);
      }),
      { numRuns: 15, endOnFailure: true },
    );
  });

  test('has elements and codes as the schema wants them, in its order', () => {
    const answers = { segmentOfResult: '9', errorCode: 'E1', errorMessage: '異常', validity: '4', qualifications: [] } as const;
    const files = [wholeResult, { ...wholeResult, answer: answers }, { ...wholeResult, answers: { medicines: '3' as const } }];
    expect(
      schemaErrors(
        SCHEMA,
        files.map((one) => file(one, code)),
      ),
    ).toBe('');
  });

  test('out of order, or with a code that there is not, is refused by the schema', () => {
    const good = Buffer.from(file(wholeResult, code)).toString('latin1');
    const swapped = good.replace(/(<Sex1>.*?<\/Sex1>)(\s*)(<Sex2>.*?<\/Sex2>)/, '$3$2$1');
    const unknown = good.replace('<QualificationValidity>1<', '<QualificationValidity>7<');
    for (const bad of [swapped, unknown]) {
      expect(bad).not.toBe(good);
      expect(schemaErrors(SCHEMA, [Buffer.from(bad, 'latin1')])).toContain('fails to validate');
    }
  });
});

test('the schema and the table of the format name the same elements', () => {
  const inSchema = [...readFileSync(SCHEMA, 'utf8').matchAll(/<xs:element name="(\w+)"/g)].map((match) => match[1]);
  const namesIn = (layout: Layout): string[] =>
    layout.flatMap((element) => (typeof element === 'string' ? [element] : [element.name, ...namesIn(element.of)]));
  expect([...new Set(inSchema)].sort()).toEqual([...new Set(namesIn(MESSAGE))].sort());
});
