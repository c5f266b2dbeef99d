/** Byte builders of the bench. They share nothing with the driver's, so that one can be judged by the other. */

export function hex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
}

export function ascii(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'latin1'));
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

export function u16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 0xff);
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** One BER-TLV object, definite length in the fewest bytes: up to 7F, 81 LL, or 82 LL LL (ISO 7816-4, 5.2.2). */
export function tlv(tag: string, value: Uint8Array): Uint8Array {
  return concat(hex(tag), berLength(value.length), value);
}

function berLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  if (length < 0x100) return Uint8Array.of(0x81, length);
  return concat(Uint8Array.of(0x82), u16(length));
}
