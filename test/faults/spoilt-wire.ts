/** The line from the module to the host, damaged on the way whatever the module meant to say. */
import type { PeerWire } from '../../src/bench/module/peer-wire.ts';

/**
 * flip-bit: one bit in the middle of each thing that the module says to one message, with the check byte as it was.
 * replay: its last answer, to the message before, comes once more first.
 */
export type LineDamage = 'flip-bit' | 'replay';

/** Acknowledgements and news of card movements are shorter; such news, when it comes twice, means another card. */
const SHORTEST_ANSWER = 10;

export function spoilWire(wire: PeerWire): PeerWire & { damage: LineDamage | undefined } {
  let last = new Uint8Array(0);
  const spoilt = {
    ...wire,
    damage: undefined as LineDamage | undefined,
    write(bytes: Uint8Array) {
      const said = Uint8Array.from(bytes);
      if (spoilt.damage === 'replay') {
        spoilt.damage = undefined;
        wire.write(last);
      }
      if (said.length >= SHORTEST_ANSWER) last = said;
      wire.write(spoilt.damage === 'flip-bit' ? withFlippedBit(said) : said);
    },
  };
  return spoilt;
}

function withFlippedBit(bytes: Uint8Array): Uint8Array {
  const middle = bytes.length >> 1;
  return bytes.map((byte, index) => (index === middle ? byte ^ 0x10 : byte));
}
