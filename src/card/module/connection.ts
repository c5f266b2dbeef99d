/** One opened line with a module at its end, from the first answer to the loss of either. */
import { type Clock, pause } from '../../clock.ts';
import { failed, ok, type Result } from '../../faults/result.ts';
import type { SlotEvent } from './card-module.ts';
import { createJobQueue } from './job-queue.ts';
import type { LostCode, ModuleProtocol, PoweredCard } from './module-link.ts';
import type { SerialLine } from './serial-line.ts';
import { createSlotPresence } from './slot-presence.ts';

export interface Connection {
  readonly protocol: ModuleProtocol;
  readonly firmware: string;
  /** Tells of the cards that lie there and of all that follows. */
  tellFromNow(tell: (event: SlotEvent) => void): void;
  /** Aborts when the card that lies there is gone; undefined when none does. */
  placing(slot: number): AbortSignal | undefined;
  /** Aborts with the code when line or module are lost. */
  readonly lost: AbortSignal;
  /** The calls of `CardModule`, one after the other; one that is not `wanted` any more when its turn comes is not begun. */
  powerOn(slot: number, wanted: () => boolean): Promise<Result<Uint8Array>>;
  powerOff(slot: number): Promise<Result<void>>;
  transmit(slot: number, command: Uint8Array, wanted: () => boolean): Promise<Result<Uint8Array>>;
  close(): Promise<void>;
}

/** An idle module is asked this often whether it is there and what lies in its slots, where its protocol sets no other time. */
const HEARTBEAT_MS = 400;

/** Finds a module of this protocol on the line and looks after it; closes the line when there is none. Faults: MOD-*. */
export async function connectModule(options: {
  readonly line: SerialLine;
  readonly protocol: ModuleProtocol;
  readonly baudRate: number;
  readonly clock: Clock;
}): Promise<Result<Connection>> {
  const { line, protocol, baudRate, clock } = options;
  const losing = new AbortController();
  const queue = createJobQueue();
  const cards = new Map<number, PoweredCard>();
  let tell: (event: SlotEvent) => void = () => {};
  const slots = protocol.slots.map((_, slot) => createSlotPresence((type) => onPresence(type, slot)));
  const link = protocol.openLink({
    line,
    clock,
    onNews: (news) => slots[news.slot]?.hear(news),
    onDead: (code) => losing.abort(code),
  });

  function onPresence(type: 'card-in' | 'card-out', slot: number): void {
    if (type === 'card-out') cards.delete(slot);
    tell({ type, slot });
  }

  async function keepLooking(): Promise<void> {
    while (!losing.signal.aborted) {
      await pause(clock, protocol.heartbeatMs ?? HEARTBEAT_MS, losing.signal);
      if (!losing.signal.aborted && !queue.busy) await queue.run(() => link.lookAtSlots());
    }
  }

  async function powerOn(slot: number): Promise<Result<Uint8Array>> {
    const placing = slots[slot]?.placing;
    cards.delete(slot);
    slots[slot]?.setPowered(false);
    const card = await link.powerOn(slot);
    if (!card.ok) return card;
    if (!placing || placing.aborted) return failed('CARD-101');
    cards.set(slot, card.value);
    slots[slot]?.setPowered(true);
    return ok(card.value.atr);
  }

  /** Also when nobody waits for it any more, but not that of a card which has come since. */
  async function powerOff(slot: number, placing: AbortSignal | undefined): Promise<Result<void>> {
    if (!placing || placing.aborted) return failed('CARD-101');
    cards.delete(slot);
    slots[slot]?.setPowered(false);
    return link.powerOff(slot);
  }

  async function transmit(slot: number, command: Uint8Array, wanted: () => boolean): Promise<Result<Uint8Array>> {
    const card = cards.get(slot);
    if (!card || !wanted()) return failed('CARD-101', 'no powered card');
    const answer = await card.transmit(command);
    if (answer.ok) slots[slot]?.setAnswered();
    return answer;
  }

  const lostAs = (): LostCode | undefined => (losing.signal.aborted ? losing.signal.reason : undefined);
  const greeted = await link.greet(baudRate);
  if (greeted.ok) await link.lookAtSlots();
  const lost = lostAs();
  if (!greeted.ok || lost) {
    await line.close();
    return greeted.ok || lost ? failed(lost ?? 'MOD-201') : greeted;
  }
  void keepLooking();
  return ok({
    protocol,
    firmware: greeted.value,
    lost: losing.signal,
    placing: (slot) => slots[slot]?.placing,
    tellFromNow(listener) {
      tell = listener;
      for (const [slot, { placing }] of slots.entries()) if (placing) tell({ type: 'card-in', slot });
    },
    powerOn: (slot, wanted) => queue.run(async () => (wanted() ? powerOn(slot) : failed('CARD-101', 'not wanted any more'))),
    powerOff(slot) {
      const placing = slots[slot]?.placing;
      return queue.run(() => powerOff(slot, placing));
    },
    transmit: (slot, command, wanted) => queue.run(() => transmit(slot, command, wanted)),
    close: () => line.close(),
  });
}
