import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encode, writable } from '../../src/clinic/character-code.ts';
import { text } from './arbitrary-results.ts';

const inJis = (value: string) => writable(value, 'shift_jis');

describe('in Shift_JIS', () => {
  test.each([
    ['見本　花子', '見本　花子'],
    ['ﾐﾎﾝ ﾊﾞﾅｺ', 'ﾐﾎﾝ ﾊﾞﾅｺ'],
    ['凜 熙', '凜 熙'],
    ['100\\ ~?●', '100\\ ~?●'],
  ])('%s stands as it is', (value, written) => {
    expect(inJis(value)).toEqual({ text: written, lost: false });
  });

  test.each([
    ['髙橋', '●橋', 'a vendor’s kanji, IBM'],
    ['﨑', '●', 'a vendor’s kanji, IBM'],
    ['\uFA19', '●', 'a compatibility ideograph, which is not its plain form 神'],
    ['①㈱', '●●', 'vendors’ row 13'],
    ['𠮷野', '●野', 'beyond the basic plane: one character, two units'],
    ['葛\u{E0100}城', '●城', 'a variant of a kanji that is there'],
    ['e\u0301a', '●a', 'a letter with its mark'],
    ['鷗', '●', 'JIS X 0213 alone'],
    ['👨‍👩‍👧', '●', 'several joined into one'],
    ['\uE000', '●', 'private use'],
    ['\u00A0', '●', 'a space that is no space'],
  ])('%s becomes %s: %s', (value, written) => {
    expect(inJis(value)).toEqual({ text: written, lost: true });
  });

  test('a character that Unicode names twice is no loss', () => {
    expect(inJis('1−2〜3—‖¢£¬')).toEqual({ text: '1－2～3―∥￠￡￢', lost: false });
  });

  test('kana with its mark apart is the same kana', () => {
    expect(inJis('か\u3099')).toEqual({ text: 'が', lost: false });
  });

  test('what is written can be read by a decoder that knows JIS X 0208 alone, and says the same', () => {
    const values = fc.sample(text, { numRuns: 2_000, seed: 1 }).map((value) => inJis(value).text);
    const lines = `${values.join('\n')}\n`;
    const decoded = spawnSync('iconv', ['-f', 'SHIFT_JIS', '-t', 'UTF-8'], { input: encode(lines, 'shift_jis') });
    expect(decoded.stderr.toString()).toBe('');
    expect(inJis(decoded.stdout.toString().replaceAll('\n', '')).lost).toBe(false);
    expect(encode(inJis(decoded.stdout.toString().replaceAll('\n', ' ')).text, 'shift_jis')).toEqual(
      encode(lines.replaceAll('\n', ' '), 'shift_jis'),
    );
  });
});

describe('in UTF-8', () => {
  test('every character stands as it is, variants and marks too', () => {
    for (const value of ['髙﨑𠮷', '葛\u{E0100}', 'か\u3099', '神\uFA19', '—〜']) {
      expect(writable(value, 'utf-8')).toEqual({ text: value, lost: false });
    }
  });
});

describe.each(['utf-8', 'shift_jis'] as const)('%s', (code) => {
  test('has no character that XML forbids, and no line end: each is one ●', () => {
    for (const forbidden of ['\0', '\t', '\n', '\r', '\u001B', '\u0085', '\uFFFE', '\uFFFF', '\uD800', '\uDC00']) {
      expect(writable(`a${forbidden}b`, code)).toEqual({ text: 'a●b', lost: true });
    }
    expect(writable('a\r\nb', code).text).toBe('a●b');
  });

  test('writes what it has written', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), (value) => {
        const once = writable(value, code).text;
        expect(writable(once, code)).toEqual({ text: once, lost: false });
      }),
      { numRuns: 500 },
    );
  });
});
