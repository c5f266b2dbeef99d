import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTlv, parseTlvHead, parseTlvs, writeTlv } from '../../src/card/tlv.ts';
import { bytes, hex } from './hex.ts';

const tag = fc.oneof(
  fc.integer({ min: 0, max: 255 }).filter((first) => (first & 0x1f) !== 0x1f),
  fc
    .tuple(fc.constantFrom(0x1f, 0x5f, 0x7f, 0xdf, 0xff), fc.integer({ min: 0, max: 0x7f }))
    .map(([first, last]) => first * 256 + last),
  fc
    .tuple(fc.constantFrom(0x5f, 0xdf), fc.integer({ min: 0x80, max: 0xff }), fc.integer({ min: 0, max: 0x7f }))
    .map(([first, middle, last]) => (first * 256 + middle) * 256 + last),
);
const value = fc.oneof(
  fc.uint8Array({ maxLength: 10 }),
  fc.constantFrom(126, 127, 128, 129, 255, 256, 257, 65535).map((length) => new Uint8Array(length).fill(0x5a)),
);

describe('data objects', () => {
  test('the tags and lengths of My Number cards', () => {
    const file = bytes('FF 20 82 00 0A DF 21 02 00 05 DF 22 81 01 31');
    const outer = parseTlv(file);
    expect(outer.ok && outer.value.tag).toBe(0xff20);
    const inner = outer.ok ? parseTlvs(outer.value.value) : outer;
    expect(inner.ok && inner.value.map((object) => [object.tag.toString(16), hex(object.value), hex(object.whole)])).toEqual([
      ['df21', '00 05', 'DF 21 02 00 05'],
      ['df22', '31', 'DF 22 81 01 31'],
    ]);
  });

  test('a value of 127 bytes has a short length, one of 128 a long one', () => {
    expect(hex(writeTlv(0x90, new Uint8Array(127)).subarray(0, 3))).toBe('90 7F 00');
    expect(hex(writeTlv(0x90, new Uint8Array(128)).subarray(0, 3))).toBe('90 81 80');
  });

  test('for all tags and values: parsing what was written gives both', () => {
    fc.assert(
      fc.property(tag, value, (someTag, someValue) => {
        const whole = writeTlv(someTag, someValue);
        expect(parseTlv(whole)).toEqual({ ok: true, value: { tag: someTag, value: someValue, whole } });
      }),
    );
  });

  test('for all rows of objects: all come back in order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(tag, fc.uint8Array({ maxLength: 200 })), { maxLength: 8 }), (objects) => {
        const parsed = parseTlvs(Buffer.concat(objects.map(([someTag, someValue]) => writeTlv(someTag, someValue))));
        expect(parsed.ok && parsed.value.map((object) => [object.tag, Uint8Array.from(object.value)])).toEqual(objects);
      }),
    );
  });

  test('for all objects: every cut is an error', () => {
    fc.assert(
      fc.property(tag, value, fc.nat(), (someTag, someValue, cut) => {
        const whole = writeTlv(someTag, someValue);
        expect(parseTlv(whole.subarray(0, cut % whole.length)).ok).toBe(false);
      }),
    );
  });

  test('for all bytes: parsing ends without a throw, and what it accepts is in the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (any) => {
        const parsed = parseTlvs(any);
        if (parsed.ok) expect(Uint8Array.from(Buffer.concat(parsed.value.map((object) => object.whole)))).toEqual(any);
      }),
    );
  });

  test.each([
    ['a tag of four bytes', 'DF 81 81 01 00'],
    ['the indefinite length', '30 80 00 00'],
    ['a length of three bytes', '30 83 00 00 01 00'],
  ])('%s is refused', (_name, text) => {
    expect(parseTlvHead(bytes(text))).toMatchObject({ ok: false, fault: { code: 'CARD-104' } });
  });
});
