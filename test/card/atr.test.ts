import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAtr } from '../../src/card/atr.ts';
import { bytes, hex } from './hex.ts';

// Both as pcsc-tools lists them for My Number cards.
const contact = bytes('3B DA 13 FF 81 31 FB 46 80 12 39 2F 31 C1 73 C6 01 C0 3B');
const contactless = bytes('3B 88 80 01 00 00 05 E0 B3 81 A1 00 7F');

test('a My Number card in a contact reader', () => {
  const atr = parseAtr(contact);
  expect(atr.ok && { ...atr.value, historical: hex(atr.value.historical) }).toEqual({
    fidi: 0x13,
    negotiable: true,
    guardTime: 0xff,
    protocols: [1, 1],
    t1: { ifsc: 0xfb, bwi: 4, cwi: 6, edc: 'lrc' },
    historical: '80 12 39 2F 31 C1 73 C6 01 C0',
  });
});

test('a My Number card in a contactless reader, with T=1 by its defaults', () => {
  const atr = parseAtr(contactless);
  expect(atr.ok && [atr.value.protocols, atr.value.t1]).toEqual([[0, 1], { ifsc: 32, bwi: 4, cwi: 13, edc: 'lrc' }]);
});

test('a card with T=0 only has no T=1 and no check byte', () => {
  const atr = parseAtr(bytes('3B 02 14 50'));
  expect(atr.ok && [atr.value.protocols, atr.value.t1]).toEqual([[0], undefined]);
});

test('TA2 fixes the mode, TC3 asks for CRC', () => {
  const atr = parseAtr(bytes('3B 80 91 11 41 01 40'));
  expect(atr.ok && atr.value.negotiable).toBe(false);
  expect(atr.ok && atr.value.t1?.edc).toBe('crc');
});

test.each([
  ['contact', contact],
  ['contactless', contactless],
])('%s: no cut is accepted, and no flipped bit gives T=1', (_name, atr) => {
  fc.assert(fc.property(fc.nat(atr.length - 1), (cut) => !parseAtr(atr.subarray(0, cut)).ok));
  fc.assert(
    fc.property(fc.nat(atr.length - 1), fc.nat(7), (place, bit) => {
      const flipped = Uint8Array.from(atr, (byte, index) => (index === place ? byte ^ (1 << bit) : byte));
      const parsed = parseAtr(flipped);
      // TS stands outside the check byte (3F is the inverse convention), and an ATR that comes to offer T=0 alone has none.
      return !parsed.ok || flipped[0] === 0x3f || parsed.value.t1 === undefined;
    }),
  );
});

test('for all bytes: parsing never throws', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (any) => {
      parseAtr(Uint8Array.of(0x3b, ...any));
    }),
  );
});
