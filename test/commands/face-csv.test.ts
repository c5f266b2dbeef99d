import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvRow, parseCsv } from '../../src/commands/csv.ts';

const fieldsOf = (text: string) => parseCsv(text).rows.map(({ fields }) => fields);

describe('comma-separated values', () => {
  test('what is written is read again, whatever the fields hold', () => {
    const row = fc.array(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', '顔') }), {
      minLength: 2,
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        expect(fieldsOf(rows.map(csvRow).join(''))).toEqual(rows);
      }),
    );
  });

  test.each([
    ['lines ended by CRLF', 'a,b\r\nc,d\r\n'],
    ['a byte order mark', '\uFEFFa,b\nc,d\n'],
    ['a last line without an end', 'a,b\nc,d'],
    ['empty lines', 'a,b\n\n\r\nc,d\n\n'],
    ['quotation marks without need', '"a",b\n"c","d"\n'],
  ])('are read with %s', (_, text) => {
    expect(fieldsOf(text)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  test('tell the line that a row begins on, and whether it ended', () => {
    const { rows } = parseCsv('a,"1\n2"\nb,3\nc,4');
    expect(rows.map(({ line, ended }) => [line, ended])).toEqual([
      [1, true],
      [3, true],
      [4, false],
    ]);
  });

  test.each([
    ['a quotation mark that is not closed', 'a,b\nc,"d\n', 2],
    ['one inside a plain field', 'a,b\nc,d"e\nf,g\n', 2],
    ['one that is followed by more', '"a"b,c\n', 1],
  ])('are not read beyond %s', (_, text, brokenLine) => {
    expect(parseCsv(text)).toMatchObject({ brokenLine });
  });

  test('any text is read without end or error', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r') }), (text) => void parseCsv(text)));
  });
});
