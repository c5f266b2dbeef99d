/** GemPC Twin and its like: a contact reader on a serial line. */
import type { Clock } from '../../clock.ts';
import type { CardModule } from './card-module.ts';
import { createCcidModule } from './ccid/ccid-module.ts';
import type { Exchange } from './ccid/exchange.ts';
import { gemDialect } from './ccid/gem-dialect.ts';
import type { OpenLine } from './serial-line.ts';

/** Escape 02: the reader's firmware as text; the first thing that libccid asks a Twin. */
const FIRMWARE = Uint8Array.of(0x02);
const ESCAPE_TIMEOUT_MS = 2_000;

/**
 * A module at `path`, not opened before `start`; see `CardModule`.
 *
 * Slot-change bytes are left in the mode of power-up, told at once. Escape 01 01 01 (what libccid chooses) would hold
 * them back until the next command; the reader works in that mode too, and learns of the card by its heartbeat.
 */
export function createGemModule(options: { path: string; openLine: OpenLine; clock: Clock; name?: string }): CardModule {
  const { path, openLine, clock, name = 'GemPC Twin' } = options;
  return createCcidModule({ name, path, openLine, clock, dialect: gemDialect, slots: [{ kind: 'contact' }], askFirmware });
}

async function askFirmware(exchange: Exchange): Promise<string> {
  const outcome = await exchange.command({ command: 'escape', slot: 0, data: FIRMWARE }, ESCAPE_TIMEOUT_MS);
  if (outcome.at !== 'answered' || outcome.answer.outcome !== 'done') return '';
  return Buffer.from(outcome.answer.data)
    .toString('latin1')
    .replace(/[^ -~]/g, '')
    .trim();
}
