/**
 * The slot of a CCID reader at TPDU level (USB CCID 1.1, 6): one message in, one answer out.
 *
 *   answer = type[1] length[4, little-endian] slot[1] sequence[1] bmStatus[1] bError[1] more[1] data[length]
 *   bmStatus: bits 1–0 the card (0 active, 1 there but off, 2 gone), 40 the command failed
 */
import { ascii, concat } from '../card/bytes.ts';
import type { VirtualCard } from '../card/virtual-card.ts';
import { T1Card } from './t1-card.ts';

const messageType = {
  setParameters: 0x61,
  powerOn: 0x62,
  powerOff: 0x63,
  getSlotStatus: 0x65,
  escape: 0x6b,
  getParameters: 0x6c,
  resetParameters: 0x6d,
  transfer: 0x6f,
} as const;

const dataBlock = 0x80;
const slotStatus = 0x81;
const parameters = 0x82;
const escapeAnswer = 0x83;

const FAILED = 0x40;
const NOT_SUPPORTED = 0x00;
const SLOT_NOT_THERE = 0x05;
/** ICC_MUTE: the card did not answer, or there is none. */
export const CARD_MUTE = 0xfe;

const FIRMWARE = 'KAZASU-BENCH-GemTwin-V1.00';
/** F 372 / D 1, T=1 LRC, guard time 0, BWI 4 CWI 5, no clock stop, IFSC 32, NAD 0. */
const DEFAULT_PARAMETERS = Uint8Array.of(0x11, 0x10, 0x00, 0x45, 0x00, 0x20, 0x00);
const PPS = 0xff;

export type CcidSlotOptions = {
  /** Stands between T=1 and the card: each complete command APDU passes here; undefined: the card answers no more. */
  readonly execute: (card: VirtualCard, apdu: Uint8Array) => Uint8Array | undefined;
  readonly waitingTimes?: (apdu: Uint8Array) => number;
  /** Escape 01 01 01: card movements are told only between a command and its answer from now on. */
  readonly onSynchronousNotification: () => void;
};

export class CcidSlot {
  readonly #options: CcidSlotOptions;
  #card: VirtualCard | undefined;
  /** There while the card is powered. */
  #t1: T1Card | undefined;
  /** PPS may come once, before the first block. */
  #ppsAllowed = false;
  #parameters: Uint8Array = DEFAULT_PARAMETERS;

  constructor(options: CcidSlotOptions) {
    this.#options = options;
  }

  get occupied(): boolean {
    return this.#card !== undefined;
  }

  insert(card: VirtualCard): void {
    this.#card = card;
  }

  remove(): void {
    this.powerDown();
    this.#card = undefined;
  }

  powerDown(): void {
    this.#card?.powerOff();
    this.#t1 = undefined;
    this.#parameters = DEFAULT_PARAMETERS;
  }

  /** @param message as long as its header says. Returns the answer's message. */
  answer(message: Uint8Array): Uint8Array {
    const [type = 0] = message;
    if (message[5] !== 0) return this.failure(message, SLOT_NOT_THERE);
    switch (type) {
      case messageType.powerOn:
        return this.#powerOn(message);
      case messageType.powerOff:
        this.powerDown();
        return this.#success(slotStatus, message);
      case messageType.getSlotStatus:
        return this.#success(slotStatus, message);
      case messageType.transfer:
        return this.#transfer(message);
      case messageType.escape:
        return this.#escape(message);
      case messageType.setParameters:
        this.#parameters = message.slice(10);
        return this.#success(parameters, message, this.#parameters);
      case messageType.getParameters:
      case messageType.resetParameters:
        return this.#success(parameters, message, this.#parameters);
      default:
        return this.failure(message, NOT_SUPPORTED);
    }
  }

  /** The answer that a message of this type gets when it fails. */
  failure(message: Uint8Array, error: number): Uint8Array {
    return answerOf(answerType(message[0] ?? 0), message, this.#cardStatus() | FAILED, error);
  }

  #success(type: number, message: Uint8Array, data: Uint8Array = new Uint8Array()): Uint8Array {
    // T=1 is the only protocol: an answer with parameters names it in its last header byte.
    return answerOf(type, message, this.#cardStatus(), 0, type === parameters ? 1 : 0, data);
  }

  #cardStatus(): number {
    if (this.#card === undefined) return 2;
    return this.#t1 === undefined ? 1 : 0;
  }

  #powerOn(message: Uint8Array): Uint8Array {
    const card = this.#card;
    const atr = card?.powerOn();
    this.#t1 = undefined;
    if (card === undefined || atr === undefined) return this.failure(message, CARD_MUTE);
    const { execute, waitingTimes } = this.#options;
    this.#t1 = new T1Card({ atr, execute: (apdu) => execute(card, apdu), ...(waitingTimes && { waitingTimes }) });
    this.#ppsAllowed = true;
    return this.#success(dataBlock, message, atr);
  }

  #transfer(message: Uint8Array): Uint8Array {
    const block = message.slice(10);
    const pps = this.#ppsAllowed && block[0] === PPS;
    this.#ppsAllowed = false;
    const answer = pps ? block : this.#t1?.receive(block);
    if (answer === undefined) return this.failure(message, CARD_MUTE);
    return this.#success(dataBlock, message, answer);
  }

  #escape(message: Uint8Array): Uint8Array {
    const request = Buffer.from(message.slice(10)).toString('hex');
    if (request === '02') return this.#success(escapeAnswer, message, ascii(FIRMWARE));
    if (request !== '010101') return this.failure(message, NOT_SUPPORTED);
    this.#options.onSynchronousNotification();
    return this.#success(escapeAnswer, message);
  }
}

function answerType(type: number): number {
  if (type === messageType.powerOn || type === messageType.transfer) return dataBlock;
  if (type === messageType.escape) return escapeAnswer;
  const ofParameters: readonly number[] = [messageType.setParameters, messageType.getParameters, messageType.resetParameters];
  return ofParameters.includes(type) ? parameters : slotStatus;
}

function answerOf(
  type: number,
  message: Uint8Array,
  status: number,
  error: number,
  last = 0,
  data: Uint8Array = new Uint8Array(),
) {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, data.length, true);
  const [slot = 0, sequence = 0] = message.subarray(5, 7);
  return concat(Uint8Array.of(type), length, Uint8Array.of(slot, sequence, status, error, last), data);
}
