/** GemPC Twin and its like: a contact reader on a serial line. */
import { printable } from '../../printable.ts';
import type { ModuleProtocol } from '../module-link.ts';
import { createCcidLink } from './ccid-link.ts';
import { powerOnContactCard } from './contact-card.ts';
import type { Exchange } from './exchange.ts';
import { gemDialect } from './gem-dialect.ts';

/** Escape 02: the reader's firmware as text; the first thing that libccid asks a Twin. */
const FIRMWARE = Uint8Array.of(0x02);
const ESCAPE_TIMEOUT_MS = 2_000;

/** 254 bytes of a T=1 block less SW1 SW2. */
const READ_LENGTH = 252;

/**
 * Slot-change bytes are left in the mode of power-up, told at once. Escape 01 01 01 (what libccid chooses) would hold
 * them back until the next command; the reader works in that mode too, and learns of the card by its heartbeat.
 */
export const gemProtocol: ModuleProtocol = {
  id: 'gem',
  name: 'GemPC Twin',
  line: { dataBits: 8, parity: 'none', stopBits: 2 },
  baudRates: [115_200],
  slots: [{ kind: 'contact', readLength: READ_LENGTH }],
  openLink: (options) =>
    createCcidLink({
      ...options,
      dialect: gemDialect,
      slotCount: 1,
      askFirmware,
      powerOn: (exchange, slot) => powerOnContactCard(exchange, slot, options.clock),
    }),
};

async function askFirmware(exchange: Exchange): Promise<string> {
  const outcome = await exchange.command({ command: 'escape', slot: 0, data: FIRMWARE }, ESCAPE_TIMEOUT_MS);
  if (outcome.at !== 'answered' || outcome.answer.outcome !== 'done') return '';
  return printable(outcome.answer.data);
}
