/**
 * InDataExchange (NXP UM0701-02 §7.3.8): command APDUs to the card that was listed, in frames of at most 262 bytes.
 *
 *   40 Tg data   → 41 status data        Tg 41, or 40 in the status: more follows
 */
import { concat } from '../../card/bytes.ts';
import type { VirtualCard } from '../../card/virtual-card.ts';
import type { ContactlessField } from './contactless-field.ts';

/** What a card makes of a command APDU: a number is the status to report instead of an answer. */
export type CardWork = { readonly answer: Uint8Array | number; readonly workMs: number };
export type Execute = (card: VirtualCard, apdu: Uint8Array) => CardWork;

export const STATUS = { done: 0x00, timeout: 0x01, wrongState: 0x27 } as const;

const MORE = 0x40;
const MOST_DATA = 262;
const NOTHING = new Uint8Array();

type Answer = { readonly data: Uint8Array; readonly afterMs: number };

export class DataExchange {
  readonly #field: ContactlessField;
  readonly #execute: Execute;
  /** The command as far as its chain has come, the answer as far as it has not been fetched. */
  #received: Uint8Array[] = [];
  #toSend = NOTHING;

  constructor(field: ContactlessField, execute: Execute) {
    this.#field = field;
    this.#execute = execute;
  }

  /** Half a command, or half an answer, is worth nothing any more. */
  drop(): void {
    this.#received = [];
    this.#toSend = NOTHING;
  }

  exchange([number = 0, ...data]: readonly number[]): Answer {
    const { target, waitMs } = this.#field;
    if (target === 'none' || (number & ~MORE) !== 1) return answerOf(STATUS.wrongState);
    if (target === 'gone') return this.#fail(STATUS.timeout, waitMs);
    if (data.length === 0 && this.#toSend.length > 0) return this.#sendNext(0);
    this.#toSend = NOTHING;
    this.#received.push(Uint8Array.from(data));
    if (number & MORE) return answerOf(STATUS.done);
    const { answer, workMs } = this.#execute(target, concat(...this.#received.splice(0)));
    // A card that was taken away meanwhile answers nothing more.
    if (this.#field.target === 'gone') return this.#fail(STATUS.timeout, workMs + waitMs);
    if (typeof answer === 'number') return this.#fail(answer, workMs);
    this.#toSend = Uint8Array.from(answer);
    return this.#sendNext(workMs);
  }

  #sendNext(afterMs: number): Answer {
    const piece = this.#toSend.slice(0, MOST_DATA);
    this.#toSend = this.#toSend.slice(piece.length);
    return answerOf(this.#toSend.length > 0 ? MORE : STATUS.done, piece, afterMs);
  }

  #fail(status: number, afterMs: number): Answer {
    this.drop();
    this.#field.forget();
    return answerOf(status, NOTHING, afterMs);
  }
}

function answerOf(status: number, data: Uint8Array = NOTHING, afterMs = 0): Answer {
  return { data: concat(Uint8Array.of(status), data), afterMs };
}
