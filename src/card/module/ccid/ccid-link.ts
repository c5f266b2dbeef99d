/** A CCID reader at the end of a line, whatever its dialect. */
import { failed, ok } from '../../../faults/result.ts';
import type { LinkOptions, LostCode, ModuleLink } from '../module-link.ts';
import { powerOffCard, powerOnCard } from './contact-card.ts';
import type { CcidDialect } from './dialect.ts';
import { createExchange, type Exchange } from './exchange.ts';

const STATUS_TIMEOUT_MS = 300;

export type CcidLinkOptions = LinkOptions & {
  readonly dialect: CcidDialect;
  readonly slotCount: number;
  /** The family's way to ask for the firmware's name; empty when it does not say. */
  readonly askFirmware: (exchange: Exchange) => Promise<string>;
};

export function createCcidLink(options: CcidLinkOptions): ModuleLink {
  const { slotCount, clock, askFirmware } = options;
  let dead: LostCode | undefined;
  const exchange = createExchange({
    ...options,
    onDead(code) {
      dead = code;
      options.onDead(code);
    },
  });

  async function lookAtSlots(): Promise<void> {
    for (let slot = 0; slot < slotCount && !dead; slot++) {
      await exchange.command({ command: 'getSlotStatus', slot }, STATUS_TIMEOUT_MS);
    }
  }

  return {
    async greet() {
      await exchange.command({ command: 'getSlotStatus', slot: 0 }, STATUS_TIMEOUT_MS);
      const firmware = dead ? '' : await askFirmware(exchange);
      return dead ? failed(dead) : ok(firmware);
    },
    lookAtSlots,
    powerOn: (slot) => powerOnCard(exchange, slot, clock),
    powerOff: (slot) => powerOffCard(exchange, slot),
  };
}
