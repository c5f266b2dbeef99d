import type { ProtocolId } from '../../card/module/module-link.ts';
import type { FaultRule } from '../module/faults.ts';
import type { PlannedFault } from './fault-words.ts';

/** These fall on what comes in before the card has it. */
const beforeTheCard = new Set(['mute', 'nak', 'reset']);

/** The message that carries a command to the card: CCID XfrBlock, PN53x InDataExchange. */
const transfer: Readonly<Record<ProtocolId, number>> = { gem: 0x6f, acs: 0x6f, pn532: 0x40 };

/** @param commands how many commands have reached the card so far */
export function ruleOf({ fault, at }: PlannedFault, protocol: ProtocolId, commands: () => number): FaultRule {
  if (!beforeTheCard.has(fault.kind)) return { fault, apdu: at ?? (() => true) };
  return { fault, message: (type) => type === transfer[protocol] && commands() >= (at ?? 1) - 1 };
}
