/**
 * A card module on a serial line, whatever its protocol: finds it, keeps it, and passes calls to whatever connection there is.
 * A call ends at once when its signal aborts, its card leaves or the module is lost; what is on the wire then still
 * runs to its bounded end, so that reader and card stay in step, and its answer is wiped.
 */
import { pause } from '../../clock.ts';
import { failed, ok, type Result } from '../../faults/result.ts';
import { secretCopy, wipe } from '../secret-bytes.ts';
import type { CardModule, SlotEvent } from './card-module.ts';
import type { Connection } from './connection.ts';
import { type Ending, endEarly } from './early-end.ts';
import { createModuleFinder, type FindOptions } from './find-module.ts';
import type { LostCode, ModuleProtocol } from './module-link.ts';

const FIRST_BACKOFF_MS = 250;
const LONGEST_BACKOFF_MS = 1_000;

/** A module at `path`, not opened before `start`; see `CardModule`. */
export function createSerialModule(options: FindOptions): CardModule {
  const { clock } = options;
  const finder = createModuleFinder(options);
  const listeners = new Set<(event: SlotEvent) => void>();
  const closing = new AbortController();
  const first = Promise.withResolvers<Result<void>>();
  let connection: Connection | undefined;
  let lostCode: LostCode | undefined;
  let keeping: Promise<void> | undefined;
  /** That of the module last found; before the first, of the first that is looked for. */
  let lastProtocol = options.protocols[0];

  function protocol(): ModuleProtocol {
    if (!lastProtocol) throw new Error('a module needs at least one protocol');
    return lastProtocol;
  }

  function tell(event: SlotEvent): void {
    for (const listener of [...listeners]) listener(event);
  }

  function tellLost(code: LostCode): void {
    if (code !== lostCode) tell({ type: 'lost', code });
    lostCode = code;
  }

  async function useUntilLost(current: Connection): Promise<void> {
    connection = current;
    lastProtocol = current.protocol;
    lostCode = undefined;
    tell({ type: 'ready' });
    current.tellFromNow(tell);
    first.resolve(ok());
    await aborted(AbortSignal.any([current.lost, closing.signal]));
    connection = undefined;
    await current.close();
  }

  async function keep(): Promise<void> {
    let backoffMs = FIRST_BACKOFF_MS;
    // One silent round is not yet a missing module: its answer may have been lost.
    for (let rounds = 0; !closing.signal.aborted; rounds++) {
      const connected = await finder.find(closing.signal);
      if (connected.ok) {
        await useUntilLost(connected.value);
        backoffMs = FIRST_BACKOFF_MS;
      } else if (rounds > 0 || connected.fault.code === 'MOD-202') first.resolve(connected);
      if (closing.signal.aborted) break;
      tellLost(connected.ok ? connected.value.lost.reason : connected.fault.code);
      await pause(clock, backoffMs, closing.signal);
      backoffMs = Math.min(2 * backoffMs, LONGEST_BACKOFF_MS);
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
      return [protocol().name, connection?.firmware].filter(Boolean).join(' ');
    },
    get slots() {
      return protocol().slots;
    },
    start(signal) {
      keeping ??= keep();
      return endEarly(first.promise, [[signal, () => failed('MOD-201', 'not wanted any more')]], () => {});
    },
    watch(listener) {
      listeners.add(listener);
      if (lostCode) listener({ type: 'lost', code: lostCode });
      for (const slot of protocol().slots.keys()) if (connection?.placing(slot)) listener({ type: 'card-in', slot });
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
