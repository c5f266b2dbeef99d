/** The slot of a CCID reader: one message in, one answer out. */
import type { VirtualCard } from '../card/virtual-card.ts';
import type { CardLink } from './card-link.ts';
import { ABSENT, answerOf, dataBlock, escapeAnswer, failureOf, messageType, parameters, slotStatus } from './ccid-answer.ts';

const NOT_SUPPORTED = 0x00;
/** The only protocol: an answer with parameters names it in its last header byte. */
const PROTOCOL_T1 = 1;

/** ICC_MUTE: the card did not answer, or there is none. */
export const CARD_MUTE = 0xfe;

/** F 372 / D 1, T=1 LRC, guard time 0, BWI 4 CWI 5, no clock stop, IFSC 32, NAD 0. */
const DEFAULT_PARAMETERS = Uint8Array.of(0x11, 0x10, 0x00, 0x45, 0x00, 0x20, 0x00);

/** A card that has just got power: what it says of itself and the way to it. */
type Contact = { readonly atr: Uint8Array; readonly link: CardLink };

export type CcidSlotOptions = {
  /** Every card when absent. */
  readonly senses?: (card: VirtualCard) => boolean;
  /** Undefined: no chip answers. */
  readonly connect: (card: VirtualCard) => Contact | undefined;
  /** Undefined: the reader does not know this Escape. @param request lower-case hexadecimal */
  readonly escape: (request: string) => Uint8Array | undefined;
  /** False: IccPowerOff changes nothing, as in a slot whose cards have no contacts. */
  readonly powersOff?: boolean;
  /** bError of an answer that has not failed, where a card is there; 0 when absent. */
  readonly errorOfSuccess?: number;
};

export class CcidSlot {
  readonly #options: CcidSlotOptions;
  #card: VirtualCard | undefined;
  /** There while the card is powered. */
  #link: CardLink | undefined;
  #parameters: Uint8Array = DEFAULT_PARAMETERS;

  constructor(options: CcidSlotOptions) {
    this.#options = options;
  }

  get occupied(): boolean {
    return this.#card !== undefined;
  }

  /** Whether it can know that this card is there. */
  senses(card: VirtualCard): boolean {
    return this.#options.senses?.(card) ?? true;
  }

  insert(card: VirtualCard): void {
    if (this.senses(card)) this.#card = card;
  }

  remove(): void {
    this.powerDown();
    this.#card = undefined;
  }

  powerDown(): void {
    this.#card?.powerOff();
    this.#link = undefined;
    this.#parameters = DEFAULT_PARAMETERS;
  }

  /** @param message as long as its header says. Returns the answer's message. */
  answer(message: Uint8Array): Uint8Array {
    const [type = 0] = message;
    switch (type) {
      case messageType.powerOn:
        return this.#powerOn(message);
      case messageType.powerOff:
        if (this.#options.powersOff ?? true) this.powerDown();
        return this.#success(slotStatus, message);
      case messageType.getSlotStatus:
        return this.#success(slotStatus, message);
      case messageType.transfer:
        return this.#transfer(message);
      case messageType.escape:
        return this.#escape(message);
      case messageType.setParameters:
        this.#parameters = message.slice(10);
        return this.#success(parameters, message, this.#parameters, PROTOCOL_T1);
      case messageType.getParameters:
      case messageType.resetParameters:
        return this.#success(parameters, message, this.#parameters, PROTOCOL_T1);
      default:
        return this.failure(message, NOT_SUPPORTED);
    }
  }

  /** The answer that a message of this type gets when it fails. */
  failure(message: Uint8Array, error: number): Uint8Array {
    return failureOf(message, error, this.#cardStatus());
  }

  #success(type: number, message: Uint8Array, data: Uint8Array = new Uint8Array(), last = 0): Uint8Array {
    const error = this.occupied ? (this.#options.errorOfSuccess ?? 0) : 0;
    return answerOf(type, message, this.#cardStatus(), error, last, data);
  }

  #cardStatus(): number {
    if (this.#card === undefined) return ABSENT;
    return this.#link === undefined ? 1 : 0;
  }

  #powerOn(message: Uint8Array): Uint8Array {
    const contact = this.#card && this.#options.connect(this.#card);
    this.#link = contact?.link;
    return contact ? this.#success(dataBlock, message, contact.atr) : this.failure(message, CARD_MUTE);
  }

  #transfer(message: Uint8Array): Uint8Array {
    const [level = 0] = message.subarray(8, 9);
    const reply = this.#link?.transfer(message.slice(10), level);
    return reply ? this.#success(dataBlock, message, reply.data, reply.chain) : this.failure(message, CARD_MUTE);
  }

  #escape(message: Uint8Array): Uint8Array {
    const answer = this.#options.escape(Buffer.from(message.slice(10)).toString('hex'));
    return answer ? this.#success(escapeAnswer, message, answer) : this.failure(message, NOT_SUPPORTED);
  }
}
