/** Random numbers that a seed repeats (xorshift32, G. Marsaglia 2003). */
export type SeededRandom = {
  /** A whole number from 0 to `below` − 1. */
  int(below: number): number;
  bytes(length: number): Uint8Array;
  oneOf<T>(values: readonly T[]): T;
};

export function createSeededRandom(seed: number): SeededRandom {
  // Zero would stay zero for ever; neighbouring seeds are driven apart by Knuth's multiplicative hash.
  let state = Math.imul(seed | 1, 2_654_435_761) | 1;

  function int(below: number): number {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.floor(((state >>> 0) / 0x1_0000_0000) * below);
  }

  return {
    int,
    bytes(length) {
      const made = new Uint8Array(length);
      for (let at = 0; at < length; at++) made[at] = int(256);
      return made;
    },
    oneOf<T>(values: readonly T[]): T {
      const value = values[int(values.length)];
      if (value === undefined) throw new RangeError('one of none');
      return value;
    },
  };
}
