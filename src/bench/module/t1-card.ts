/**
 * The card's side of T=1 (ISO/IEC 7816-3, 11): one block in, one block out.
 *
 *   NAD[1] PCB[1] LEN[1] INF[LEN] LRC[1]         LRC = XOR of all before
 *
 *   PCB  0 N(S) M 00000          I-block; M: more of the chain follows
 *        1 0 0 N(R) 00 e         R-block; e: 0 no error, 1 LRC, 2 other
 *        1 1 r type              S-block; r: response; type 0 RESYNCH, 1 IFS, 2 ABORT, 3 WTX
 *
 * Every block that comes is answered by one, so it never hangs; a command is executed once, whatever is repeated.
 */
import { concat } from '../card/bytes.ts';
import { longestBlockOf } from './atr.ts';

const MORE = 0x20;
const EDC_ERROR = 1;
const OTHER_ERROR = 2;
const RESYNCH_REQUEST = 0xc0;
const IFS_REQUEST = 0xc1;
const ABORT_REQUEST = 0xc2;
const WTX_REQUEST = 0xc3;
const RESPONSE = 0x20;
/** What the host is taken to hold until it says otherwise by S(IFS). */
const FIRST_IFSD = 32;

export type T1CardOptions = {
  readonly atr: Uint8Array;
  /** Carries out a complete command APDU; undefined when the card can answer no more. */
  readonly execute: (apdu: Uint8Array) => Uint8Array | undefined;
  /** How many times the card asks for more time before it answers this command. */
  readonly waitingTimes?: (apdu: Uint8Array) => number;
};

export class T1Card {
  readonly #options: T1CardOptions;
  readonly #ifsc: number;
  #ifsd = FIRST_IFSD;
  /** N(S) expected next from the host, and of the card's own next I-block. */
  #expected = 0;
  #ownNext = 0;
  /** The command as far as its chain has come, the answer as far as it has not gone. */
  #received: Uint8Array[] = [];
  #toSend = new Uint8Array();
  #waitsLeft = 0;
  #heldCommand: Uint8Array | undefined;
  #last: Uint8Array | undefined;

  constructor(options: T1CardOptions) {
    this.#options = options;
    this.#ifsc = longestBlockOf(options.atr);
  }

  /** Returns undefined only when the card itself can answer no more. */
  receive(block: Uint8Array): Uint8Array | undefined {
    const [nad = 0, pcb = 0, length = 0] = block;
    if (block.length < 4 || block.reduce((sum, byte) => sum ^ byte, 0) !== 0) return this.#complain(EDC_ERROR);
    if (nad !== 0 || block.length !== length + 4 || length > this.#ifsc) return this.#complain(OTHER_ERROR);
    const information = block.slice(3, 3 + length);
    if ((pcb & 0x80) === 0) return this.#receiveInformation(pcb, information);
    if ((pcb & 0x40) === 0) return this.#receiveReady(pcb);
    return this.#receiveSupervisory(pcb, information);
  }

  #receiveInformation(pcb: number, information: Uint8Array): Uint8Array | undefined {
    const sequence = (pcb >> 6) & 1;
    const outOfTurn = this.#toSend.length > 0 || this.#heldCommand !== undefined;
    if (sequence !== this.#expected || outOfTurn) return this.#complain(OTHER_ERROR);
    this.#expected ^= 1;
    this.#received.push(information);
    if (pcb & MORE) return this.#say(0x80 | (this.#expected << 4));
    const command = concat(...this.#received);
    this.#received = [];
    this.#waitsLeft = this.#options.waitingTimes?.(command) ?? 0;
    return this.#proceed(command);
  }

  /** Asks for time as often as wanted, then answers. */
  #proceed(command: Uint8Array): Uint8Array | undefined {
    if (this.#waitsLeft > 0) {
      this.#waitsLeft--;
      this.#heldCommand = command;
      return this.#say(WTX_REQUEST, Uint8Array.of(1));
    }
    this.#heldCommand = undefined;
    const answer = this.#options.execute(command);
    if (answer === undefined) return undefined;
    this.#toSend = Uint8Array.from(answer);
    return this.#sendNext();
  }

  #sendNext(): Uint8Array {
    const piece = this.#toSend.slice(0, this.#ifsd);
    this.#toSend = this.#toSend.slice(piece.length);
    const pcb = (this.#ownNext << 6) | (this.#toSend.length > 0 ? MORE : 0);
    this.#ownNext ^= 1;
    return this.#say(pcb, piece);
  }

  #receiveReady(pcb: number): Uint8Array {
    const acknowledges = ((pcb >> 4) & 1) === this.#ownNext;
    if (acknowledges && this.#toSend.length > 0) return this.#sendNext();
    return this.#last ?? this.#complain(OTHER_ERROR);
  }

  #receiveSupervisory(pcb: number, information: Uint8Array): Uint8Array | undefined {
    if (pcb === (WTX_REQUEST | RESPONSE) && this.#heldCommand !== undefined) return this.#proceed(this.#heldCommand);
    const [size = 0] = information;
    if (pcb === IFS_REQUEST && information.length === 1 && size >= 1 && size <= 254) this.#ifsd = size;
    else if (pcb === RESYNCH_REQUEST && information.length === 0) this.#resynchronise();
    else if (pcb === ABORT_REQUEST && information.length === 0) this.#abandon();
    else return this.#complain(OTHER_ERROR);
    return this.#say(pcb | RESPONSE, information);
  }

  #resynchronise(): void {
    this.#abandon();
    this.#expected = 0;
    this.#ownNext = 0;
    this.#ifsd = FIRST_IFSD;
  }

  #abandon(): void {
    this.#received = [];
    this.#toSend = new Uint8Array();
    this.#heldCommand = undefined;
    this.#waitsLeft = 0;
  }

  #complain(error: number): Uint8Array {
    return blockOf(0x80 | (this.#expected << 4) | error, new Uint8Array());
  }

  /** Keeps the block for a host that asks for it again; complaints are not kept. */
  #say(pcb: number, information: Uint8Array = new Uint8Array()): Uint8Array {
    this.#last = blockOf(pcb, information);
    return this.#last;
  }
}

function blockOf(pcb: number, information: Uint8Array): Uint8Array {
  const head = concat(Uint8Array.of(0, pcb, information.length), information);
  return concat(head, Uint8Array.of(head.reduce((sum, byte) => sum ^ byte, 0)));
}
