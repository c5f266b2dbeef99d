/** Bytes as specifications print them: `00 A4 04 0C`. */
export function bytes(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));
}

export function hex(data: Uint8Array): string {
  return Buffer.from(data)
    .toString('hex')
    .toUpperCase()
    .replace(/(..)(?!$)/g, '$1 ');
}

/** The gem frame around a CCID message, written here anew from the layout `03 06 <CCID> LRC`. */
export function gem(message: string): Uint8Array {
  const frame = [0x03, 0x06, ...bytes(message)];
  let lrc = 0;
  for (const byte of frame) lrc ^= byte;
  return Uint8Array.of(...frame, lrc);
}

/** Cuts `data` at the given places, whatever they are. */
export function pieces(data: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [...new Set(cuts.map((cut) => cut % (data.length + 1)))].sort((a, b) => a - b);
  const ends = [...places, data.length];
  return ends.map((end, index) => data.subarray(index === 0 ? 0 : ends[index - 1], end));
}
