/** A CCID reader at the end of a line, whatever its dialect. */
import { failed, ok, type Result } from '../../../faults/result.ts';
import type { LinkOptions, LostCode, ModuleLink, PoweredCard } from '../module-link.ts';
import { powerOffCard } from './card-power.ts';
import type { CcidDialect } from './dialect.ts';
import { createExchange, type Exchange } from './exchange.ts';

const STATUS_TIMEOUT_MS = 300;

export type CcidLinkOptions = LinkOptions & {
  readonly dialect: CcidDialect;
  readonly slotCount: number;
  /** The family's way to ask for the firmware's name; empty when it does not say. */
  readonly askFirmware: (exchange: Exchange) => Promise<string>;
  /** The family's way to bring module and line to another rate; absent where it has one rate. */
  readonly setRate?: (exchange: Exchange, baudRate: number) => Promise<void>;
  /** The family's way to a card; faults as in `ModuleLink`. */
  readonly powerOn: (exchange: Exchange, slot: number) => Promise<Result<PoweredCard>>;
};

export function createCcidLink(options: CcidLinkOptions): ModuleLink {
  const { slotCount, askFirmware, setRate, powerOn } = options;
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
    async greet(baudRate) {
      await exchange.probe({ command: 'getSlotStatus', slot: 0 }, STATUS_TIMEOUT_MS);
      if (!dead) await setRate?.(exchange, baudRate);
      const firmware = dead ? '' : await askFirmware(exchange);
      return dead ? failed(dead) : ok(firmware);
    },
    lookAtSlots,
    powerOn: (slot) => powerOn(exchange, slot),
    powerOff: (slot) => powerOffCard(exchange, slot),
  };
}
