/** What one protocol of serial card modules is to the rest: how it is found on a line, and what it does there. */
import type { Clock } from '../../clock.ts';
import type { Result } from '../../faults/result.ts';
import type { Slot } from './card-module.ts';
import type { LineSettings, SerialLine } from './serial-line.ts';

export type ProtocolId = 'gem' | 'acs' | 'pn532';

export type ModuleProtocol = {
  readonly id: ProtocolId;
  /** The family's name, for people. */
  readonly name: string;
  readonly line: Omit<LineSettings, 'baudRate'>;
  /** Rates at which such a module may be found, the likeliest first: that one is worked at where no other is wanted. */
  readonly baudRates: readonly number[];
  readonly slots: readonly Slot[];
  /** How often an idle module is looked at, where what lies in its slots is seen by that alone. */
  readonly heartbeatMs?: number;
  openLink(options: LinkOptions): ModuleLink;
};

export type LinkOptions = {
  readonly line: SerialLine;
  readonly clock: Clock;
  readonly onNews: (news: SlotNews) => void;
  /** Called once when line or module turn out to be gone. */
  readonly onDead: (code: LostCode) => void;
};

/**
 * What is learnt of the card in a slot beside the answers. `told` by the module unasked, else read from an answer.
 * `mute`: the card that was there does not answer any more; it, another one or none may lie there.
 */
export type SlotNews = { readonly slot: number; readonly card: CardState | 'present' | 'mute'; readonly told: boolean };
export type CardState = 'active' | 'inactive' | 'absent';

/** MOD-201 no answer, MOD-202 no line, MOD-203 answers that are not of this protocol. */
export type LostCode = 'MOD-201' | 'MOD-202' | 'MOD-203';

/**
 * A module at the end of an open line. One call at a time: the next comes when the one before has ended.
 * No call rejects; each has a bound of its own. After `onDead` every call ends at once.
 */
export interface ModuleLink {
  /** Finds out whether such a module is there, and raises the line to `baudRate` where it can. Value: the firmware's
   *  name, empty when it does not say. Faults: MOD-*. */
  greet(baudRate: number): Promise<Result<string>>;
  /** Asks whether the module is there and what lies in its slots; the answers come as `onNews` and `onDead`. */
  lookAtSlots(): Promise<void>;
  /** Faults: CARD-101 (none there), CARD-102 (mute), CARD-103 (a card of a kind that cannot be a My Number card), MOD-*. */
  powerOn(slot: number): Promise<Result<PoweredCard>>;
  /** Faults: CARD-102 when the module does not say that it has done so, MOD-*. */
  powerOff(slot: number): Promise<Result<void>>;
}

export interface PoweredCard {
  /** ISO/IEC 7816-3, or for a contactless card as PC/SC part 3 composes it. */
  readonly atr: Uint8Array;
  /** Sends one command APDU. Value: the response APDU, to be wiped by the caller. Faults: CARD-101, CARD-104, MOD-*. */
  transmit(command: Uint8Array): Promise<Result<Uint8Array>>;
}
