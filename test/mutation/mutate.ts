/** What can happen to bytes on their way: one to three damages, drawn by chance. */
import type { SeededRandom } from './seeded-random.ts';

type Damage = (bytes: Uint8Array, random: SeededRandom, other: Uint8Array) => Uint8Array;

const flipBit: Damage = (bytes, random) => {
  const changed = Uint8Array.from(bytes);
  const at = random.int(bytes.length);
  changed[at] = (changed[at] ?? 0) ^ (1 << random.int(8));
  return changed;
};

const changeByte: Damage = (bytes, random) => {
  const changed = Uint8Array.from(bytes);
  changed[random.int(bytes.length)] = random.int(256);
  return changed;
};

/** Values at which lengths and counters turn over, near the front where heads are. */
const changeLength: Damage = (bytes, random) => {
  const changed = Uint8Array.from(bytes);
  changed[random.int(Math.min(bytes.length, 12))] = random.oneOf([0x00, 0x01, 0x7f, 0x80, 0x81, 0x82, 0xfe, 0xff]);
  return changed;
};

const stepByte: Damage = (bytes, random) => {
  const changed = Uint8Array.from(bytes);
  const at = random.int(bytes.length);
  changed[at] = (changed[at] ?? 0) + random.oneOf([1, -1]);
  return changed;
};

const insert: Damage = (bytes, random) => {
  const at = random.int(bytes.length + 1);
  return joined(bytes.subarray(0, at), random.bytes(1 + random.int(4)), bytes.subarray(at));
};

const remove: Damage = (bytes, random) => {
  const at = random.int(bytes.length);
  return joined(bytes.subarray(0, at), bytes.subarray(at + 1 + random.int(4)));
};

const cut: Damage = (bytes, random) => bytes.slice(0, random.int(bytes.length));

const cutFront: Damage = (bytes, random) => bytes.slice(1 + random.int(bytes.length));

const repeatPart: Damage = (bytes, random) => {
  const from = random.int(bytes.length);
  const to = from + 1 + random.int(8);
  return joined(bytes.subarray(0, to), bytes.subarray(from));
};

const swapBytes: Damage = (bytes, random) => {
  const changed = Uint8Array.from(bytes);
  const [a, b] = [random.int(bytes.length), random.int(bytes.length)];
  [changed[a], changed[b]] = [changed[b] ?? 0, changed[a] ?? 0];
  return changed;
};

const splice: Damage = (bytes, random, other) =>
  joined(bytes.subarray(0, random.int(bytes.length + 1)), other.subarray(random.int(other.length + 1)));

const garbage: Damage = (_bytes, random) => random.bytes(random.int(64));

/** Small damages are what lines do; they come more often than what only a defect would. */
const damages: readonly Damage[] = [
  ...[flipBit, changeByte, changeLength, stepByte, flipBit, changeByte, changeLength, stepByte],
  ...[insert, remove, cut, cutFront, repeatPart, swapBytes, splice, garbage],
];

/** @param other another valid input, for splices */
export function mutate(original: Uint8Array, other: Uint8Array, random: SeededRandom): Uint8Array {
  let bytes = original;
  for (let left = 1 + random.int(3); left > 0 && bytes.length > 0; left--) bytes = random.oneOf(damages)(bytes, random, other);
  return bytes;
}

/** The same bytes in pieces of 1 to 40, as a line might hand them over. */
export function inPieces(bytes: Uint8Array, random: SeededRandom): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 1 + random.int(40);
    pieces.push(bytes.subarray(at, end));
    at = end;
  }
  return pieces;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}
