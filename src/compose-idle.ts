/**
 * Work for the gateway that waits until nobody stands at the reader. It is dropped at once when a card is placed, and
 * taken up again afterwards.
 */
import { type Clock, pause } from './clock.ts';
import { failed, ok, type Result } from './faults/result.ts';
import type { Reader } from './reception/reader.ts';

export type IdleTask = {
  /** Whether there is something to do. */
  due(): boolean;
  /** May be aborted at any moment, and is run again while it is due. */
  run(signal: AbortSignal): Promise<Result<void>>;
};

export type IdleWorkOptions = {
  readonly reader: Pick<Reader, 'state' | 'onChange'>;
  readonly tasks: readonly IdleTask[];
  readonly clock: Clock;
  /** 0 to 1, for the pauses. */
  readonly random: () => number;
  readonly onDefect: (error: unknown) => void;
};

export type IdleWork = {
  /** To be called when a task may have become due; the end of a reception is seen without. */
  wake(): void;
  /** When it is tried next; undefined while nothing waits, or somebody stands at the reader. */
  nextAt(): Date | undefined;
  /** Calls `listener` when that has changed. Returns the way to stop listening. */
  watch(listener: () => void): () => void;
  close(): Promise<void>;
};

/** The next patient often follows at once; a gateway that is away is asked ever more seldom. */
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

export function startIdleWork({ reader, tasks, clock, random, onDefect }: IdleWorkOptions): IdleWork {
  const closing = new AbortController();
  let occupied = new AbortController();
  let wake = () => {};
  let nextAt: Date | undefined;
  const listeners = new Set<() => void>();
  const tellNext = (at: Date | undefined) => {
    nextAt = at;
    for (const listener of [...listeners]) listener();
  };
  const isFree = () => reader.state.at === 'idle' || reader.state.at === 'unavailable';
  const stopWatching = reader.onChange(() => {
    if (isFree()) wake();
    else occupied.abort();
  });

  async function attempt(signal: AbortSignal): Promise<Result<void>> {
    let outcome: Result<void> = ok();
    for (const task of tasks.filter((one) => one.due())) {
      const done = await task.run(signal).catch((error: unknown) => {
        onDefect(error);
        return failed('SYS-901');
      });
      if (!done.ok) outcome = done;
      if (signal.aborted) break;
    }
    return outcome;
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!closing.signal.aborted) {
      if (!isFree() || !tasks.some((task) => task.due())) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      occupied = new AbortController();
      const signal = AbortSignal.any([occupied.signal, closing.signal]);
      const waitMs = pauseMs(failures, random());
      tellNext(new Date(clock.wall().getTime() + waitMs));
      await pause(clock, waitMs, signal);
      tellNext(undefined);
      const done = signal.aborted ? ok() : await attempt(signal);
      // After a reception it may well be another gateway that answers.
      failures = done.ok || signal.aborted ? 0 : failures + 1;
    }
  }
  const running = run();

  return {
    wake: () => wake(),
    nextAt: () => nextAt,
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      stopWatching();
      closing.abort();
      wake();
      await running;
    },
  };
}

/** Less up to half at random, so that the readers of a town do not come back all at once. */
function pauseMs(failures: number, random: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures) * (1 - random / 2);
}
