/**
 * Hands parcels over that were recorded before: one at a time, in order, again and again until the clinic's folder
 * takes them. An outage of the clinic's side costs a delay, never a result.
 */
import { type Clock, pause } from '../clock.ts';
import { ok, type Result } from '../faults/result.ts';
import type { WaitReason } from '../reception/ports.ts';
import type { Outbox } from '../records/outbox.ts';
import { folderFault } from './durable-file.ts';
import { deliver, type FolderFiles, folderFiles, forget, sweep } from './folder-delivery.ts';
import { retryPauseMs } from './retry-pause.ts';
import { waitReason } from './wait-reason.ts';

type Doing =
  | { readonly at: 'idle' }
  | { readonly at: 'delivering' }
  /** The folder does not take the next parcel; it is tried again. */
  | { readonly at: 'waiting'; readonly reason: WaitReason };

/** `since`: from when on it has been so. `depth`: how many parcels wait, the one under way among them. */
export type CourierState = Doing & { readonly since: Date; readonly depth: number };

export interface Courier {
  state(): CourierState;
  /** Tells of each change. Returns the way to stop listening. */
  watch(listener: (state: CourierState) => void): () => void;
  /** To be called when a parcel has been committed to the outbox: the folder is tried without waiting for the pause
   *  after a failure to end. */
  call(): void;
  /** Begins no further step; ends within 2 s, also while the folder does not answer. */
  close(): Promise<void>;
}

export type CourierOptions = {
  readonly outbox: Outbox;
  readonly folder: string;
  readonly readerId: string;
  readonly clock: Clock;
  /** 0 to 1, for the pauses. */
  readonly random: () => number;
  readonly onDefect: (error: unknown) => void;
  readonly files?: FolderFiles;
};

/** A folder on a network share may never answer: from here on that is told. */
const BOUND_MS = 5_000;
const CLOSE_MS = 2_000;
/** Between two attempts however often it is called. A patient's own hand-over is waited for longer than that. */
const LEAST_PAUSE_MS = 500;

export function startCourier(options: CourierOptions): Courier {
  const { outbox, folder, readerId, clock, random, onDefect, files = folderFiles } = options;
  const closing = new AbortController();
  const { signal } = closing;
  const listeners = new Set<(state: CourierState) => void>();
  let state: CourierState = { at: 'idle', since: clock.wall(), depth: 0 };
  let failures = 0;
  let swept = false;
  let called = false;
  let wake = () => {};

  function tell(doing: Doing): void {
    if (signal.aborted) return;
    const counted = outbox.depth();
    const depth = counted.ok ? counted.value : state.depth;
    state = { ...doing, since: isSame(doing, state) ? state.since : clock.wall(), depth };
    for (const listener of listeners) inform(listener);
  }

  /** A listener's defect is its own: the results still come. */
  function inform(listener: (state: CourierState) => void): void {
    try {
      listener(state);
    } catch (error) {
      onDefect(error);
    }
  }

  async function attempt(): Promise<Result<'delivered' | 'none left'>> {
    const next = outbox.next();
    if (!next.ok) return next;
    const parcel = next.value;
    // Between two failed attempts it goes on waiting, since it first did.
    if (parcel && failures === 0) tell({ at: 'delivering' });
    try {
      if (!swept) await sweep(folder, readerId, parcel, files);
      swept = true;
      if (!parcel) return ok('none left');
      await deliver(parcel, folder, files, signal);
      const noted = outbox.delivered(parcel.receptionId);
      if (!noted.ok) return noted;
      // Said in the same breath as it is noted: nobody sees an empty outbox that still waits for the folder.
      tell({ at: 'delivering' });
      await forget(parcel, folder, files);
      return ok('delivered');
    } catch (error) {
      swept = false;
      return folderFault(error);
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      called = false;
      const done = await outspoken(attempt());
      if (signal.aborted) return;
      failures = done.ok ? 0 : failures + 1;
      if (!done.ok) {
        tell({ at: 'waiting', reason: waitReason(done.fault) });
        await rest(retryPauseMs(failures, random()));
      } else if (done.value === 'none left') {
        tell({ at: 'idle' });
        await toBeCalled();
      }
    }
  }

  /** Work on a share that is gone cannot be ended, and a second attempt beside it would not be safe: it is waited for, and told. */
  async function outspoken<T>(work: Promise<T>): Promise<T> {
    const cancel = clock.after(BOUND_MS, () => tell({ at: 'waiting', reason: 'folder-silent' }));
    return work.finally(cancel);
  }

  /** Ends early when the courier is called, before or meanwhile: the folder may be back. */
  async function rest(pauseMs: number): Promise<void> {
    await pause(clock, LEAST_PAUSE_MS, signal);
    if (called || signal.aborted) return;
    const resting = new AbortController();
    wake = () => resting.abort();
    await pause(clock, pauseMs - LEAST_PAUSE_MS, resting.signal);
  }

  function toBeCalled(): Promise<void> {
    if (called || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      wake = resolve;
    });
  }

  const running = run().catch((error) => {
    if (!signal.aborted) onDefect(error);
  });

  return {
    state: () => state,
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    call() {
      called = true;
      // A patient is not kept waiting for a share that is silent; any other folder says soon whether it is back.
      if (state.at === 'waiting' && state.reason === 'folder-silent') tell(state);
      wake();
    },
    async close() {
      closing.abort();
      wake();
      const patience = new AbortController();
      await Promise.race([running, pause(clock, CLOSE_MS, patience.signal)]);
      patience.abort();
    },
  };
}

function isSame(doing: Doing, state: Doing): boolean {
  return doing.at === 'waiting' && state.at === 'waiting' ? doing.reason === state.reason : doing.at === state.at;
}
