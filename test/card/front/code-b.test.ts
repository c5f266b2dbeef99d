import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeCodeB, isCodeB } from '../../../src/card/front/code-b.ts';

const today = new Date('2026-04-01T09:00:00+09:00');
const ascii = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
const composed = (birth: string, expiry: string, securityCode = '2285', now = today) => {
  const code = composeCodeB({ birth: ascii(birth), expiry: ascii(expiry), securityCode: ascii(securityCode) }, now);
  return code && Buffer.from(code).toString('latin1');
};

describe('composed from the print', () => {
  test.each([
    ['born 昭和55年2月17日', ' S550217', '20350217', '55021720352285'],
    ['the first day of 大正', ' T010730', '20350730', '01073020352285'],
    ['the last day of 大正', ' T151224', '20351224', '15122420352285'],
    ['the first day of 昭和', ' S011225', '20351225', '01122520352285'],
    ['the last day of 昭和', ' S640107', '20350107', '64010720352285'],
    ['the first day of 平成', ' H010108', '20350108', '01010820352285'],
    ['the last day of 平成', ' H310430', '20350430', '31043020352285'],
    ['the first day of 令和', ' R010501', '20290501', '01050120292285'],
    ['29 February, ending on the 28th', ' S350229', '20270228', '35022920272285'],
    ['29 February, ending on 1 March', ' S350229', '20270301', '35022920272285'],
    ['a foreign holder, ending with the permitted stay', '19870325', '20300911', '87032520302285'],
    ['ten years ahead to the day', ' S550401', '20360401', '55040120362285'],
    ['a card that has ended', ' S480808', '20250808', '48080820252285'],
  ])('%s', (_name, birth, expiry, expected) => {
    expect(composed(birth, expiry)).toBe(expected);
  });

  test.each([
    ['a day that does not exist', ' S560229', '20350228'],
    ['the day before 昭和', ' S011224', '20351224'],
    ['the day after 昭和', ' S640108', '20350108'],
    ['the day after 平成', ' H310501', '20350501'],
    ['year 0', ' S000217', '20350217'],
    ['a letter that stands for no era', ' X550217', '20350217'],
    ['an expiry on another day', ' S550217', '20350218'],
    ['an expiry in another month', ' S550217', '20350317'],
    ['an expiry more than ten years ahead', ' S550402', '20360402'],
    ['an expiry before any card can end', ' S550217', '20190217'],
    ['an expiry within five years of birth', ' R070618', '20290618'],
    ['born tomorrow', ' R080402', '20310402'],
    ['older than anybody', ' M010217', '20350217'],
    ['a blank in the date', ' S55 217', '20350217'],
    ['a foreign holder born on no day', '19870231', '20300911'],
    ['nothing', '', ''],
  ])('%s is no 照合番号B', (_name, birth, expiry) => {
    expect(composed(birth, expiry)).toBeUndefined();
  });

  test.each(['228', '22855', '２２８', '22 5'])('security code "%s" is none', (securityCode) => {
    expect(composed(' S550217', '20350217', securityCode)).toBeUndefined();
  });

  test('a misread day or month never passes: it is printed twice', () => {
    const place = fc.integer({ min: 4, max: 7 });
    const digit = fc.integer({ min: 0, max: 9 }).map(String);
    fc.assert(
      fc.property(place, digit, fc.boolean(), (at, other, inBirth) => {
        const misread = (text: string) => text.slice(0, at) + other + text.slice(at + 1);
        const [birth, expiry] = [' S550217', '20350217'];
        const read = inBirth ? composed(misread(birth), expiry) : composed(birth, misread(expiry));
        return read === undefined || read === '55021720352285';
      }),
    );
  });
});

describe('typed', () => {
  const typed = (text: string) => isCodeB(ascii(text), today);
  test('what a card can have printed', () => {
    expect(typed('55021720352285')).toBe(true);
    expect(typed('35022920270000')).toBe(true);
  });
  test.each([
    ['too short', '5502172035228'],
    ['too long', '550217203522850'],
    ['letters', '550217203522O5'],
    ['month 13', '55131720352285'],
    ['30 February', '55023020352285'],
    ['an expiry too far ahead', '55021720372285'],
    ['an expiry before any card can end', '55021720192285'],
  ])('%s is refused', (_name, text) => {
    expect(typed(text)).toBe(false);
  });
});
