/** In what one family of CCID readers differs from another, seen from the host's end of the line. */
import type { VirtualCard } from '../card/virtual-card.ts';
import type { AnswerFraming } from './answer-faults.ts';
import type { CcidSlot } from './ccid-slot.ts';
import type { FrameMatch, HostFrame } from './host-frames.ts';
import type { Uart } from './uart.ts';

/** What a family's slots can have done. */
export type CcidCore = {
  readonly uart: Uart;
  /** Carries a command out on a slot's card, as the faults allow; undefined when the card answers no more. */
  execute(slot: CcidSlot, card: VirtualCard, command: Uint8Array): Uint8Array | undefined;
  /** Does `action` when the answer to what is being worked on has left. */
  onceAnswered(action: () => void): void;
};

export type CcidFamily = AnswerFraming & {
  readonly slots: readonly CcidSlot[];
  match(bytes: readonly number[]): FrameMatch;
  /** What is sent as soon as a frame is in. @param refusal why it is not taken: the status where the family has several */
  acknowledge(frame: HostFrame, refusal: { readonly status?: number } | undefined): Uint8Array;
  /** What is sent when a card has come or gone; empty where nothing is. */
  movement(slot: number, present: boolean): Uint8Array;
  /** Movements are told only between a command and its answer. */
  readonly holdsMovements: boolean;
  /** What is sent about a frame that is never completed; absent where it is forgotten silently. */
  readonly lateFrame?: Uint8Array;
  /** Nothing is heard as long as a command is being carried out. */
  readonly deafAtWork: boolean;
  /** How long the module itself waits when the card asks for more time; absent where the host speaks the card's protocol. */
  readonly waitMs?: number;
  /** The module has lost its power and has it again. */
  restart(): void;
};
