/** What else people lay on a reader. None has an application of a My Number card. */
import { hex, u16 } from './bytes.ts';
import { parseCommand } from './command.ts';
import { SW } from './status-word.ts';
import { type Contactless, noStatistics, type VirtualCard } from './virtual-card.ts';

type OtherCard = {
  /** The only application that it has, hexadecimal, upper case. */
  readonly aid: string | undefined;
  readonly contactless: Contactless;
};

/**
 * T=1 with IFSC 254 and no historical bytes: 80 81 31, TA3 FE, TB3 45, TCK. All give it to a reader with contacts,
 * those too that have none in truth: such a reader shall meet a chip that answers and is not ours.
 */
const ATR = hex('3B 80 81 31 FE 45 8B');

const otherCards = {
  transit: { aid: undefined, contactless: { kind: 'type-f' } },
  /** Type B as a My Number card is; DF1 of IC driving licences. What its ATQB says is inferred. */
  licence: {
    aid: 'A0000002310100000000000000000000',
    contactless: { kind: 'type-b', applicationData: hex('00 00 00 00'), protocolInfo: hex('00 81 81') },
  },
  /** The Proximity Payment System Environment, `2PAY.SYS.DDF01`. */
  payment: {
    aid: '325041592E5359532E4444463031',
    contactless: { kind: 'type-a' },
  },
} as const satisfies Record<string, OtherCard>;

const SELECT = 0xa4;

/** A chip that answers: SELECT of its own application gives 9000, of any other 6A82, anything else 6D00. */
export function createOtherCard(kind: keyof typeof otherCards): VirtualCard {
  const { aid, contactless }: OtherCard = otherCards[kind];
  const statistics = noStatistics();
  return {
    statistics,
    contactless,
    powerOn: () => ATR,
    powerOff() {},
    answer(apdu) {
      statistics.commands++;
      const command = parseCommand(apdu);
      if (command === undefined) return u16(SW.wrongLength);
      if (command.ins !== SELECT) return u16(SW.unknownInstruction);
      const own = Buffer.from(command.data).toString('hex').toUpperCase() === aid;
      return u16(own ? SW.ok : SW.notFound);
    },
  };
}

export const createTransitCard = (): VirtualCard => createOtherCard('transit');

/** A card with a dead chip, or no card at all: it lies in the slot and gives no ATR. */
export function createMuteCard(): VirtualCard {
  return { statistics: noStatistics(), powerOn: () => undefined, powerOff() {}, answer: () => u16(SW.unknownInstruction) };
}
