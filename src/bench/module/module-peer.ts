/** A card module at the far end of a line, whatever its protocol. */
import type { Clock } from '../../clock.ts';
import type { WaitLog } from '../../reception/ports.ts';
import type { VirtualCard } from '../card/virtual-card.ts';
import type { FaultPlan, FaultRule } from './faults.ts';
import type { PeerWire } from './peer-wire.ts';

export type ModulePeerOptions = {
  readonly wire: PeerWire;
  readonly clock: Clock;
  readonly baudRate?: number;
  /** False: bytes pass as fast as the wire lets them. */
  readonly paced?: boolean;
  /** Told of each exchange's time on the line ("wire"): first command byte to last answer byte due. */
  readonly waits?: WaitLog;
  readonly faults?: readonly FaultRule[];
  /** How long the card works on a command. */
  readonly cardMs?: (command: Uint8Array) => number;
  /** How often the card asks for more time before it answers a command: by S(WTX) to the host where it speaks the card's
   *  protocol, else to the module, which waits and says nothing. */
  readonly waitingTimes?: (command: Uint8Array) => number;
  /** Hears each command APDU and its answer. They hold PINs and personal data. */
  readonly onApdu?: (command: Uint8Array, answer: Uint8Array) => void;
};

export type ModulePeer = {
  /** Whether a card lies there: a fault may have taken it away. */
  readonly occupied: boolean;
  /** @param slot where several are; the module's first one that can sense this card when absent */
  insert(card: VirtualCard, slot?: number): void;
  /** Takes whatever card lies there away; a command that it was working on fails. */
  remove(): void;
  /** As `remove`, and what is on the line to the host breaks off. */
  tear(): void;
  /** Restarts the module: card and rate are as at power-up, and a card that lies there is told of anew where it can be. */
  reset(): void;
  readonly faults: FaultPlan;
};
