/**
 * A serial CCID reader as a card module: finds it, keeps it, and passes calls to whatever connection there is.
 * A call ends at once when its signal aborts, its card leaves or the module is lost; what is on the wire then still
 * runs to its bounded end, so that reader and card stay in step, and its answer is wiped.
 */
import { pause } from '../../../clock.ts';
import { failed, ok, type Result } from '../../../faults/result.ts';
import { secretCopy, wipe } from '../../secret-bytes.ts';
import type { CardModule, SlotEvent, SlotKind } from '../card-module.ts';
import { type Ending, endEarly } from '../early-end.ts';
import { type Connection, type ConnectionOptions, connectModule } from './connection.ts';
import type { LostCode } from './listening.ts';

const FIRST_BACKOFF_MS = 250;
const LONGEST_BACKOFF_MS = 1_000;

export type CcidModuleOptions = Omit<ConnectionOptions, 'slotCount'> & {
  readonly name: string;
  readonly slots: readonly { kind: SlotKind }[];
};

export function createCcidModule(options: CcidModuleOptions): CardModule {
  const { name, slots, clock } = options;
  const listeners = new Set<(event: SlotEvent) => void>();
  const closing = new AbortController();
  const first = Promise.withResolvers<Result<void>>();
  let connection: Connection | undefined;
  let lostCode: LostCode | undefined;
  let keeping: Promise<void> | undefined;

  function tell(event: SlotEvent): void {
    for (const listener of [...listeners]) listener(event);
  }

  function tellLost(code: LostCode): void {
    if (code !== lostCode) tell({ type: 'lost', code });
    lostCode = code;
  }

  async function useUntilLost(current: Connection): Promise<void> {
    connection = current;
    lostCode = undefined;
    tell({ type: 'ready' });
    current.tellFromNow(tell);
    first.resolve(ok());
    await aborted(AbortSignal.any([current.lost, closing.signal]));
    connection = undefined;
    await current.close();
  }

  async function keep(): Promise<void> {
    for (let backoffMs = FIRST_BACKOFF_MS; !closing.signal.aborted; backoffMs = Math.min(2 * backoffMs, LONGEST_BACKOFF_MS)) {
      const connected = await connectModule({ ...options, slotCount: slots.length }, closing.signal);
      if (connected.ok) {
        await useUntilLost(connected.value);
        backoffMs = FIRST_BACKOFF_MS;
      } else first.resolve(connected);
      if (closing.signal.aborted) break;
      tellLost(connected.ok ? connected.value.lost.reason : connected.fault.code);
      await pause(clock, backoffMs, closing.signal);
    }
  }

  /** Has the connection do `work`, as long as signal, card and module last. */
  function perform<T>(
    slot: number,
    signal: AbortSignal,
    work: (current: Connection, wanted: () => boolean) => Promise<Result<T>>,
    tooLate: (result: Result<T>) => void = () => {},
  ): Promise<Result<T>> {
    const current = connection;
    if (!current) return Promise.resolve(failed(lostCode ?? 'MOD-201'));
    const placing = current.placing(slot);
    if (!placing) return Promise.resolve(failed('CARD-101'));
    const endings: Ending<T>[] = [
      [current.lost, () => failed(current.lost.reason)],
      [placing, () => failed('CARD-101')],
      [signal, () => failed('CARD-104', 'not wanted any more')],
    ];
    const wanted = () => !endings.some(([ending]) => ending.aborted);
    return endEarly(work(current, wanted), endings, tooLate);
  }

  return {
    get name() {
      return [name, connection?.firmware].filter(Boolean).join(' ');
    },
    slots,
    start(signal) {
      keeping ??= keep();
      return endEarly(first.promise, [[signal, () => failed('MOD-201', 'not wanted any more')]], () => {});
    },
    watch(listener) {
      listeners.add(listener);
      if (lostCode) listener({ type: 'lost', code: lostCode });
      for (const slot of slots.keys()) if (connection?.placing(slot)) listener({ type: 'card-in', slot });
      return () => listeners.delete(listener);
    },
    powerOn: (slot, signal) => perform(slot, signal, (current, wanted) => current.powerOn(slot, wanted)),
    powerOff: (slot, signal) => perform(slot, signal, (current) => current.powerOff(slot)),
    transmit(slot, command, signal) {
      const send = (current: Connection, wanted: () => boolean) => {
        // The caller wipes its buffer when this ends, which can be before the command has left.
        const own = secretCopy(command);
        return current.transmit(slot, own, wanted).finally(() => wipe(own));
      };
      return perform(slot, signal, send, (late) => late.ok && wipe(late.value));
    },
    async close() {
      closing.abort();
      first.resolve(failed('MOD-202', 'closed'));
      await keeping;
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
