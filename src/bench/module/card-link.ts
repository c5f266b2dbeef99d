/** What a CCID slot passes on to a card that has power: T=1 blocks (TPDU level) or command APDUs (APDU level). */
import { concat } from '../card/bytes.ts';
import { T1Card, type T1CardOptions } from './t1-card.ts';

type CardReply = {
  readonly data: Uint8Array;
  /** bChainParameter. */
  readonly chain?: number;
};

export interface CardLink {
  /** @param level wLevelParameter. Returns undefined when the card answers no more. */
  transfer(data: Uint8Array, level: number): CardReply | undefined;
}

const PPS = 0xff;

/** The host speaks T=1 with the card; before the first block it may ask for another rate by PPS. */
export function createBlockLink(options: T1CardOptions): CardLink {
  const card = new T1Card(options);
  let ppsAllowed = true;
  return {
    transfer(block) {
      const pps = ppsAllowed && block[0] === PPS;
      ppsAllowed = false;
      const data = pps ? block : card.receive(block);
      return data && { data };
    },
  };
}

/** wLevelParameter's bits: a command goes on in the next message; it has begun before. */
const GOES_ON = 0x01;
const HAS_BEGUN = 0x02;
const WANT_COMMAND = 0x10;

/**
 * The module speaks the card's protocol. A command may come in pieces, each but the last answered by the wish for the next
 * (CCID 1.1 §6.1.4, extended APDU level). That the real module takes pieces is inferred. Answers fit one message.
 */
export function createApduLink(execute: (apdu: Uint8Array) => Uint8Array | undefined): CardLink {
  let begun: Uint8Array[] = [];
  return {
    transfer(data, level) {
      if ((level & HAS_BEGUN) === 0) begun = [];
      begun.push(data);
      if (level & GOES_ON) return { data: new Uint8Array(), chain: WANT_COMMAND };
      const answer = execute(concat(...begun.splice(0)));
      return answer && { data: answer };
    },
  };
}
