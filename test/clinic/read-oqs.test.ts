/** The reader that our result files are tested with must itself refuse what a strict consumer would. */
import { expect, test } from 'vitest';
import { readOqs, textOf } from './read-oqs.ts';

const declared = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>\n`;

test('the declaration decides the character code, not CharacterCodeIdentifier', () => {
  const body = '<M><CharacterCodeIdentifier>1</CharacterCodeIdentifier><Name>表</Name></M>';
  expect(textOf(readOqs(Buffer.from(declared('UTF-8') + body)), 'Name')).toBe('表');
  const inShiftJis = Buffer.from(`${declared('Shift_JIS')}<M><Name>\x95\x5c</Name></M>`, 'latin1');
  expect(textOf(readOqs(inShiftJis), 'Name')).toBe('表');
});

test.each([
  ['no declaration', '<a></a>'],
  ['another code', `${declared('EUC-JP')}<a></a>`],
  ['an attribute', `${declared('UTF-8')}<a b="1"></a>`],
  ['an element that is not closed', `${declared('UTF-8')}<a><b></a>`],
  ['something after the root', `${declared('UTF-8')}<a></a><b></b>`],
  ['an entity that there is not', `${declared('UTF-8')}<a>&nbsp;</a>`],
  ['a loose ampersand', `${declared('UTF-8')}<a>a & b</a>`],
  ['text beside elements', `${declared('UTF-8')}<a>x<b></b></a>`],
  ['a file cut short', `${declared('UTF-8')}<a><b>1</b>`],
])('%s is refused', (_what, file) => {
  expect(() => readOqs(Buffer.from(file))).toThrow();
});

test('bytes that are not of the declared code are refused', () => {
  expect(() => readOqs(Buffer.from(`${declared('UTF-8')}<a>\x95\x5c</a>`, 'latin1'))).toThrow();
  expect(() => readOqs(Buffer.from(`${declared('Shift_JIS')}<a>\xfd</a>`, 'latin1'))).toThrow();
});
