import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Block,
  decodeBlock,
  encodeBlock,
  iBlock,
  rBlock,
  sRequest,
  sResponse,
} from '../../../../src/card/module/t1/block.ts';
import { bytes, hex } from '../../hex.ts';

const bit = fc.constantFrom(0 as const, 1 as const);
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.tuple(bit, fc.boolean(), fc.uint8Array({ maxLength: 254 })).map(([ns, more, inf]) => iBlock(ns, more, inf)),
  fc.tuple(bit, fc.constantFrom('fine' as const, 'damaged' as const, 'other' as const)).map(([nr, reason]) => rBlock(nr, reason)),
  fc.constantFrom(sRequest('resynch'), sRequest('abort'), sResponse('resynch', new Uint8Array(0))),
  fc.nat(255).map((value) => sRequest('wtx', value)),
  fc.nat(255).map((value) => sResponse('ifs', Uint8Array.of(value))),
);

test.each([
  ['an I-block', iBlock(1, true, bytes('00 A4')), '00 60 02 00 A4 C6'],
  ['R(0) for a damaged block', rBlock(0, 'damaged'), '00 81 00 81'],
  ['R(1)', rBlock(1, 'fine'), '00 90 00 90'],
  ['S(RESYNCH request)', sRequest('resynch'), '00 C0 00 C0'],
  ['S(IFS request) of 254 bytes', sRequest('ifs', 0xfe), '00 C1 01 FE 3E'],
  ['S(WTX response)', sResponse('wtx', bytes('02')), '00 E3 01 02 E0'],
])('%s', (_name, some, expected) => {
  expect(hex(encodeBlock(some))).toBe(expected);
});

test('for all blocks: decoding what was encoded gives the block', () => {
  fc.assert(
    fc.property(block, (some) => {
      expect(decodeBlock(encodeBlock(some))).toEqual({ ok: true, value: some });
    }),
  );
});

test('for all blocks: no cut and no flipped byte is accepted', () => {
  fc.assert(
    fc.property(block, fc.nat(), fc.integer({ min: 1, max: 255 }), (some, place, mask) => {
      const encoded = encodeBlock(some);
      expect(decodeBlock(encoded.subarray(0, place % encoded.length)).ok).toBe(false);
      const at = place % encoded.length;
      encoded[at] = (encoded[at] ?? 0) ^ mask;
      expect(decodeBlock(encoded).ok).toBe(false);
    }),
  );
});

test('for all bytes: decoding never throws, and what it accepts encodes to the same bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), (any) => {
      const decoded = decodeBlock(any);
      if (decoded.ok) expect(hex(encodeBlock(decoded.value))).toBe(hex(any));
    }),
  );
});
