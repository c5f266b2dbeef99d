/** ACR1281S and its like: contactless and contact reader on a serial line (ACR1281S specification V1.01). */
import { type Clock, pause } from '../../../clock.ts';
import { printable } from '../../printable.ts';
import type { ModuleProtocol } from '../module-link.ts';
import type { SerialLine } from '../serial-line.ts';
import { acsDialect } from './acs-dialect.ts';
import { powerOnApduCard } from './apdu-card.ts';
import { createCcidLink } from './ccid-link.ts';
import type { Exchange } from './exchange.ts';

/** Set Serial Communication Mode, Escape `44 xx`: the rates by xx; its bit 7 has card movements told as they happen. */
const RATES = [9_600, 19_200, 38_400, 57_600, 115_200, 128_000, 230_400, 250_000, 256_000, 500_000] as const;
const SET_SERIAL_MODE = 0x44;
const TELL_MOVEMENTS = 0x80;
/** Get Firmware Version; the text follows five bytes of head. */
const GET_FIRMWARE = Uint8Array.of(0xe0, 0x00, 0x00, 0x18, 0x00);
const FIRMWARE_AT = 5;
/** The slot that the specification's samples send Escapes to. */
const ESCAPE_SLOT = 1;
const ESCAPE_TIMEOUT_MS = 500;
/** From the answer at the old rate to the first command at the new one. Inferred. */
const SETTLING_MS = 20;

/** Ordinary rates of a Linux terminal at which such a module may have been left; it powers up at 9600. */
const FOUND_AT: readonly number[] = [115_200, 9_600, 500_000, 230_400, 57_600, 38_400, 19_200];

/** A whole answer of 256 bytes and SW1 SW2 fits a message. */
const READ_LENGTH = 256;

const slots = [
  { kind: 'contactless', readLength: READ_LENGTH },
  { kind: 'contact', readLength: READ_LENGTH },
] as const;

export const acsProtocol: ModuleProtocol = {
  id: 'acs',
  name: 'ACR1281S',
  line: { dataBits: 8, parity: 'none', stopBits: 1 },
  baudRates: FOUND_AT,
  slots,
  openLink: (options) =>
    createCcidLink({
      ...options,
      dialect: acsDialect,
      slotCount: slots.length,
      askFirmware,
      setRate: (exchange, baudRate) => setRate(exchange, options.line, options.clock, baudRate),
      powerOn: (exchange, slot) => powerOnApduCard(exchange, slot, slots[slot]?.kind ?? 'contact'),
    }),
};

/**
 * Brings module and line to `baudRate`, or to the next lower rate at which the module would be looked for: a reader that
 * starts anew finds it as it was left. The answer comes at the old rate.
 */
async function setRate(exchange: Exchange, line: SerialLine, clock: Clock, baudRate: number): Promise<void> {
  const code = RATES.findLastIndex((rate) => rate === baudRate || (rate < baudRate && FOUND_AT.includes(rate)));
  const rate = RATES[code];
  if (rate === undefined) return;
  const data = Uint8Array.of(SET_SERIAL_MODE, TELL_MOVEMENTS | code);
  const outcome = await exchange.command({ command: 'escape', slot: ESCAPE_SLOT, data }, ESCAPE_TIMEOUT_MS);
  if (outcome.at !== 'answered' || outcome.answer.outcome !== 'done') return;
  await pause(clock, SETTLING_MS);
  await line.setBaudRate(rate);
}

async function askFirmware(exchange: Exchange): Promise<string> {
  const outcome = await exchange.command({ command: 'escape', slot: ESCAPE_SLOT, data: GET_FIRMWARE }, ESCAPE_TIMEOUT_MS);
  if (outcome.at !== 'answered' || outcome.answer.outcome !== 'done') return '';
  return printable(outcome.answer.data.subarray(FIRMWARE_AT));
}
