/**
 * Bytes of what must not outlive its use: PIN, 照合番号B, portrait. Each has memory of its own, unlike those of
 * Buffer.from and Buffer.allocUnsafe, which share a pool that Node never wipes; and memory that stays where it is: V8 puts
 * a typed array of up to 64 bytes into its own heap unless an ArrayBuffer is given, and leaves a copy behind wherever a
 * collection moves it.
 */

export function secretBytes(length: number): Uint8Array {
  return new Uint8Array(new ArrayBuffer(length));
}

export function secretCopy(bytes: Uint8Array): Uint8Array {
  const copy = secretBytes(bytes.length);
  copy.set(bytes);
  return copy;
}

export function wipe(...buffers: readonly (Uint8Array | undefined)[]): void {
  for (const buffer of buffers) buffer?.fill(0);
}

/** One buffer of all parts in order; the parts are wiped. */
export function joinAndWipe(parts: readonly Uint8Array[]): Uint8Array {
  const whole = secretBytes(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
    wipe(part);
  }
  return whole;
}
