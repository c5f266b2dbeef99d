import type { Result } from '../../faults/result.ts';

/** Where a card can lie. */
export type SlotKind = 'contact' | 'contactless';

export type Slot = {
  readonly kind: SlotKind;
  /** READ BINARY of so many bytes fills one answer of this module: longer ones only cost another round. 1–256. */
  readonly readLength: number;
};

export type SlotEvent =
  | { readonly type: 'card-in'; readonly slot: number }
  | { readonly type: 'card-out'; readonly slot: number }
  /** The line or the module is gone; the module works at its return and says `ready`. */
  | { readonly type: 'lost'; readonly code: 'MOD-201' | 'MOD-202' | 'MOD-203' }
  | { readonly type: 'ready' };

/**
 * A serial card module, whatever its protocol: what GemPC Twin, ACR1281S and PN532 have in common.
 * Calls are serialised: a second one waits for the first. Nothing is repeated that could count against the card:
 * a command whose answer was lost ends in CARD-104 or MOD-* and the caller decides.
 */
export interface CardModule {
  readonly name: string;
  /** Those of the module last found. */
  readonly slots: readonly Slot[];
  /** Opens the line, finds the module, and keeps it: after a loss it tries again by itself, with back-off.
   *  Faults: MOD-201 (no answer), MOD-202 (no line), MOD-203 (not this protocol). */
  start(signal: AbortSignal): Promise<Result<void>>;
  /** Tells of events; a card that lies there already is told of at once. Returns the way to stop. */
  watch(listener: (event: SlotEvent) => void): () => void;
  /** Powers the card on. Value: its ATR. Faults: CARD-101 (no card), CARD-102 (mute), CARD-103 (a contactless card of a
   *  kind that cannot be a My Number card), MOD-*. */
  powerOn(slot: number, signal: AbortSignal): Promise<Result<Uint8Array>>;
  powerOff(slot: number, signal: AbortSignal): Promise<Result<void>>;
  /** Sends one command APDU. Value: data and SW1 SW2. Faults: CARD-101, CARD-104, MOD-*. */
  transmit(slot: number, command: Uint8Array, signal: AbortSignal): Promise<Result<Uint8Array>>;
  /** Closes the line for good; may be called twice. */
  close(): Promise<void>;
}
