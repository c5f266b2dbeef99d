import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeCommand, decodeResponse, encodeCommand } from '../../src/card/apdu.ts';
import { selectApplication, sign } from '../../src/card/commands.ts';
import { MY_NUMBER_CARD } from '../../src/card/my-number/my-number-card.ts';
import { bytes, hex } from './hex.ts';

const byte = fc.integer({ min: 0, max: 255 });
const data = fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.uint8Array({ minLength: 250, maxLength: 700 }));
const le = fc.oneof(fc.integer({ min: 1, max: 260 }), fc.constantFrom(256, 257, 65535, 65536));
const command = fc
  .record({ cla: byte, ins: byte, p1: byte, p2: byte, data, le }, { requiredKeys: ['cla', 'ins', 'p1', 'p2'] })
  .map((fields) => fields as { cla: number; ins: number; p1: number; p2: number; data?: Uint8Array; le?: number });

describe('command APDUs', () => {
  test.each([
    ['SELECT JPKI', encodeCommand(selectApplication(MY_NUMBER_CARD.jpki.aid)), '00 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01'],
    ['READ BINARY of 256 bytes', encodeCommand({ cla: 0, ins: 0xb0, p1: 1, p2: 0, le: 256 }), '00 B0 01 00 00'],
    ['VERIFY without data', encodeCommand({ cla: 0, ins: 0x20, p1: 0, p2: 0x80 }), '00 20 00 80'],
    ['a signature', encodeCommand(sign('selected-key', bytes('30 31'))), '80 2A 00 80 02 30 31 00'],
    ['extended Le alone', encodeCommand({ cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 65536 }), '00 B0 00 00 00 00 00'],
    [
      'short data, extended Le',
      encodeCommand({ cla: 0, ins: 0xb0, p1: 0, p2: 0, data: bytes('AA'), le: 257 }),
      '00 B0 00 00 00 00 01 AA 01 01',
    ],
  ])('%s', (_name, encoded, expected) => {
    expect(hex(encoded)).toBe(expected);
  });

  test('307 bytes of data need the extended form', () => {
    const encoded = encodeCommand({ cla: 0x80, ins: 0xa2, p1: 6, p2: 0xc1, data: new Uint8Array(307) });
    expect(hex(encoded.subarray(0, 7))).toBe('80 A2 06 C1 00 01 33');
    expect(encoded.length).toBe(7 + 307);
  });

  test('for all commands: decoding what was encoded gives the same command', () => {
    fc.assert(
      fc.property(command, (fields) => {
        const decoded = decodeCommand(encodeCommand(fields));
        expect(decoded).toEqual({ ok: true, value: fields });
      }),
    );
  });

  test('for all commands: no cut one is taken for the whole', () => {
    fc.assert(
      fc.property(command, fc.nat(), (fields, cut) => {
        const encoded = encodeCommand(fields);
        const decoded = decodeCommand(encoded.subarray(0, cut % encoded.length));
        if (decoded.ok) expect(decoded.value).not.toEqual(fields);
      }),
    );
  });

  test('for all bytes: decoding never throws, and what it accepts encodes to a command that decodes the same', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (any) => {
        const decoded = decodeCommand(any);
        if (decoded.ok) expect(decodeCommand(encodeCommand(decoded.value))).toEqual(decoded);
      }),
    );
  });

  test('more than an APDU can hold is a defect of the caller', () => {
    expect(() => encodeCommand({ cla: 0, ins: 0, p1: 0, p2: 0, data: new Uint8Array(65_536) })).toThrow(RangeError);
    expect(() => encodeCommand({ cla: 0, ins: 0, p1: 0, p2: 0, le: 0 })).toThrow(RangeError);
  });
});

describe('response APDUs', () => {
  test('for all data and status words: both come back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 0x60, max: 0x9f }), byte, (body, sw1, sw2) => {
        expect(decodeResponse(Uint8Array.of(...body, sw1, sw2))).toEqual({
          ok: true,
          value: { data: body, sw: sw1 * 256 + sw2 },
        });
      }),
    );
  });

  test.each(['', '90', '00 00', 'AA 5F 00', 'A0 00'])('"%s" has no status word', (text) => {
    expect(decodeResponse(bytes(text))).toMatchObject({ ok: false, fault: { code: 'CARD-104' } });
  });
});
