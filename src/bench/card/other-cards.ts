import { hex, u16 } from './bytes.ts';
import { parseCommand } from './command.ts';
import { SW } from './status-word.ts';
import { noStatistics, type VirtualCard } from './virtual-card.ts';

/** T=1 with IFSC 254 and no historical bytes: 80 81 31, TA3 FE, TB3 45, TCK. */
const TRANSIT_ATR = hex('3B 80 81 31 FE 45 8B');

const SELECT = 0xa4;

/** A chip that answers, but has none of the applications looked for: SELECT gives 6A82, anything else 6D00. */
export function createTransitCard(): VirtualCard {
  const statistics = noStatistics();
  return {
    statistics,
    powerOn: () => TRANSIT_ATR,
    powerOff() {},
    answer(apdu) {
      statistics.commands++;
      const command = parseCommand(apdu);
      if (command === undefined) return u16(SW.wrongLength);
      return u16(command.ins === SELECT ? SW.notFound : SW.unknownInstruction);
    },
  };
}

/** A card with a dead chip, or no card at all: it lies in the slot and gives no ATR. */
export function createMuteCard(): VirtualCard {
  return { statistics: noStatistics(), powerOn: () => undefined, powerOff() {}, answer: () => u16(SW.unknownInstruction) };
}
