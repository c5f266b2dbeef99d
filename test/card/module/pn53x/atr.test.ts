import { expect, test } from 'vitest';
import { composeAtr } from '../../../../src/card/module/pn53x/atr.ts';
import { bytes, hex } from '../../hex.ts';

const atrOf = (target: string) => {
  const atr = composeAtr(bytes(target));
  return atr && hex(atr);
};

test('a My Number card’s ATQB gives the ATR that pcsc-tools lists for it', () => {
  const known = '3B 88 80 01 00 00 05 E0 B3 81 A1 00 7F';
  expect(atrOf('50 DE AD BE EF 00 00 05 E0 B3 81 A1 01 01')).toBe(known);
  expect(atrOf('50 DE AD BE EF 00 00 05 E0 B3 81 A1 00')).toBe(known);
});

test('of the ATTRIB answer the high half counts', () => {
  expect(atrOf('50 DE AD BE EF 00 00 41 E0 B3 81 A1 01 21')).toBe('3B 88 80 01 00 00 41 E0 B3 81 A1 20 1B');
});

test.each([
  ['a card that does not take command APDUs', '50 DE AD BE EF 00 00 05 E0 B3 80 A1 00'],
  ['target data that is cut', '50 DE AD BE EF 00 00 05 E0 B3 81'],
  ['what is no ATQB', '51 DE AD BE EF 00 00 05 E0 B3 81 A1 00'],
  ['nothing', ''],
])('%s gives none', (_name, target) => {
  expect(atrOf(target)).toBeUndefined();
});
