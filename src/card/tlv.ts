/**
 * BER-TLV data objects (ISO/IEC 7816-4 §6.3, X.690 §8.1) as far as cards use them.
 *
 *   tag     1 byte, or when its low five bits are all ones 2–3 bytes; more follow while bit 8 is set: FF 20, DF 81 21
 *   length  00–7F | 81 LL | 82 LL LL; no indefinite form
 *   value   length bytes
 */
import { failed, ok, type Result } from '../faults/result.ts';

export type Tlv = {
  /** The tag's bytes as one number: 0x5F37. */
  readonly tag: number;
  readonly value: Uint8Array;
  /** The whole object with its tag and length; it and `value` are views on what was parsed. */
  readonly whole: Uint8Array;
};

export type TlvHead = { readonly tag: number; readonly headLength: number; readonly valueLength: number };

const cut = () => failed('CARD-104', 'data object cut');

/** Tag and length at the beginning of `bytes`; the value need not be there. Faults: CARD-104. */
export function parseTlvHead(bytes: Uint8Array): Result<TlvHead> {
  let at = 0;
  let tag = bytes[at++];
  if (tag === undefined) return cut();
  if ((tag & 0x1f) === 0x1f) {
    for (;;) {
      const next = bytes[at++];
      if (next === undefined) return cut();
      tag = tag * 256 + next;
      if (next < 0x80) break;
      if (at === 3) return failed('CARD-104', 'tag longer than three bytes');
    }
  }
  const first = bytes[at++];
  if (first === undefined) return cut();
  if (first < 0x80) return ok({ tag, headLength: at, valueLength: first });
  if (first !== 0x81 && first !== 0x82) return failed('CARD-104', 'length form not allowed');
  const high = first === 0x82 ? bytes[at++] : 0;
  const low = bytes[at++];
  if (high === undefined || low === undefined) return cut();
  return ok({ tag, headLength: at, valueLength: high * 256 + low });
}

/** The data object at the beginning of `bytes`, which may be longer. Faults: CARD-104. */
export function parseTlv(bytes: Uint8Array): Result<Tlv> {
  const head = parseTlvHead(bytes);
  if (!head.ok) return head;
  const { tag, headLength, valueLength } = head.value;
  const end = headLength + valueLength;
  if (bytes.length < end) return cut();
  return ok({ tag, value: bytes.subarray(headLength, end), whole: bytes.subarray(0, end) });
}

/** The data objects that fill `bytes` exactly, in order. Faults: CARD-104. */
export function parseTlvs(bytes: Uint8Array): Result<readonly Tlv[]> {
  const objects: Tlv[] = [];
  for (let rest = bytes; rest.length > 0; ) {
    const object = parseTlv(rest);
    if (!object.ok) return object;
    objects.push(object.value);
    rest = rest.subarray(object.value.whole.length);
  }
  return ok(objects);
}

/** A data object with the shortest length form. `tag` as in `Tlv`; the value has at most 65535 bytes. */
export function writeTlv(tag: number, value: Uint8Array): Uint8Array {
  const tagBytes = tag > 0xffff ? [tag >> 16, (tag >> 8) & 0xff, tag & 0xff] : tag > 0xff ? [tag >> 8, tag & 0xff] : [tag];
  const length = value.length;
  if (length > 0xffff) throw new RangeError(`value of ${length} bytes`);
  const lengthBytes = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Uint8Array.of(...tagBytes, ...lengthBytes, ...value);
}
