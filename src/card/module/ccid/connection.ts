/** One opened line with a module at its end, from the first answer to the loss of either. */
import { type Clock, pause } from '../../../clock.ts';
import { failed, ok, type Result } from '../../../faults/result.ts';
import type { SlotEvent } from '../card-module.ts';
import { createJobQueue } from '../job-queue.ts';
import type { OpenLine, SerialLine } from '../serial-line.ts';
import { type PoweredCard, powerOffCard, powerOnCard } from './contact-card.ts';
import type { CcidDialect } from './dialect.ts';
import { createExchange, type Exchange, type SlotNews } from './exchange.ts';
import type { LostCode } from './listening.ts';
import { createSlotPresence } from './slot-presence.ts';

export interface Connection {
  /** Tells of the card that lies there and of all that follows. */
  tellFromNow(tell: (event: SlotEvent) => void): void;
  /** Aborts when the card that lies there is gone; undefined when none does. */
  placing(slot: number): AbortSignal | undefined;
  /** Aborts with the code when line or module are lost. */
  readonly lost: AbortSignal;
  readonly firmware: string;
  /** The calls of `CardModule`, one after the other; one that is not `wanted` any more when its turn comes is not begun. */
  powerOn(slot: number, wanted: () => boolean): Promise<Result<Uint8Array>>;
  powerOff(slot: number): Promise<Result<void>>;
  transmit(slot: number, command: Uint8Array, wanted: () => boolean): Promise<Result<Uint8Array>>;
  close(): Promise<void>;
}

export type ConnectionOptions = {
  readonly path: string;
  readonly openLine: OpenLine;
  readonly dialect: CcidDialect;
  readonly slotCount: number;
  readonly clock: Clock;
  /** The family's way to ask for the firmware's name; empty when it does not say. */
  readonly askFirmware: (exchange: Exchange) => Promise<string>;
};

/** An idle module is asked this often whether it is there and what lies in its slots. */
const HEARTBEAT_MS = 400;
const STATUS_TIMEOUT_MS = 300;

/** Opens the line and finds the module; gives up when `signal` aborts. Faults: MOD-201 (no answer), MOD-202 (no line), MOD-203 (not this protocol). */
export async function connectModule(options: ConnectionOptions, signal: AbortSignal): Promise<Result<Connection>> {
  const line = await options.openLine(options.path, options.dialect.line);
  if (!line.ok) return line;
  const connection = createConnection(options, line.value);
  const stop = () => void connection.close();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const code = await connection.begin();
  signal.removeEventListener('abort', stop);
  if (!code) return ok(connection);
  await connection.close();
  return failed(code);
}

function createConnection(options: ConnectionOptions, line: SerialLine): Connection & { begin(): Promise<LostCode | undefined> } {
  const { dialect, slotCount, clock, askFirmware } = options;
  const losing = new AbortController();
  const queue = createJobQueue();
  const cards = new Map<number, PoweredCard>();
  let firmware = '';
  let tell: (event: SlotEvent) => void = () => {};
  const slots = Array.from({ length: slotCount }, (_, slot) => createSlotPresence((type) => onPresence(type, slot)));
  const onNews = (news: SlotNews) => slots[news.slot]?.hear(news);
  const exchange = createExchange({ line, dialect, clock, onNews, onDead: (code) => losing.abort(code) });

  function onPresence(type: 'card-in' | 'card-out', slot: number): void {
    if (type === 'card-out') cards.delete(slot);
    tell({ type, slot });
  }

  async function askSlots(): Promise<void> {
    for (let slot = 0; slot < slotCount && !losing.signal.aborted; slot++) {
      await exchange.command({ command: 'getSlotStatus', slot }, STATUS_TIMEOUT_MS);
    }
  }

  async function keepAsking(): Promise<void> {
    while (!losing.signal.aborted) {
      await pause(clock, HEARTBEAT_MS, losing.signal);
      if (!losing.signal.aborted && !queue.busy) await queue.run(askSlots);
    }
  }

  async function powerOn(slot: number): Promise<Result<Uint8Array>> {
    const placing = slots[slot]?.placing;
    cards.delete(slot);
    slots[slot]?.setPowered(false);
    const card = await powerOnCard(exchange, slot, clock);
    if (!card.ok) return card;
    if (!placing || placing.aborted) return failed('CARD-101');
    cards.set(slot, card.value);
    slots[slot]?.setPowered(true);
    return ok(card.value.atr);
  }

  async function powerOff(slot: number): Promise<Result<void>> {
    cards.delete(slot);
    slots[slot]?.setPowered(false);
    return powerOffCard(exchange, slot);
  }

  return {
    lost: losing.signal,
    get firmware() {
      return firmware;
    },
    placing: (slot) => slots[slot]?.placing,
    async begin() {
      await askSlots();
      if (!losing.signal.aborted) firmware = await askFirmware(exchange);
      if (losing.signal.aborted) return losing.signal.reason;
      void keepAsking();
      return undefined;
    },
    tellFromNow(listener) {
      tell = listener;
      for (const [slot, { placing }] of slots.entries()) if (placing) tell({ type: 'card-in', slot });
    },
    powerOn: (slot, wanted) => queue.run(async () => (wanted() ? powerOn(slot) : failed('CARD-101', 'not wanted any more'))),
    powerOff: (slot) => queue.run(() => powerOff(slot)),
    transmit: (slot, command, wanted) =>
      queue.run(async () => {
        const card = cards.get(slot);
        return card && wanted() ? card.transmit(command) : failed('CARD-101', 'no powered card');
      }),
    close: () => line.close(),
  };
}
