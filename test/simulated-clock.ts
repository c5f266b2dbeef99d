/**
 * Time that stands still until a test moves it. Timers fire in the order of their due times, and between two of
 * them every microtask and `setImmediate` turn that is ready runs first: so a test sees the order that a very
 * fast machine would give, and the same one each time.
 *
 * Real work (a worker thread, a file, a socket) takes real time that this clock cannot see: whoever starts it
 * calls `hold()`, and simulated time stands still until the hold is released.
 */
import type { Clock } from '../src/clock.ts';

export type SimulatedClock = Clock & {
  /** Moves time on by `ms`, firing what falls due on the way. */
  advance(ms: number): Promise<void>;
  /** Moves time from timer to timer until `condition` holds; throws after `maxMs` or when nothing is left to wait for. */
  runUntil(condition: () => boolean, maxMs: number): Promise<void>;
  /** Sets the calendar; who waits goes on waiting as long as before. */
  setWall(wall: Date): void;
  /** Marks real work in flight; the returned function ends the hold and may be called twice. */
  hold(): () => void;
};

type Timer = { readonly dueMs: number; readonly action: () => void };

/** Enough for a chain of awaits through streams and memory lines to come to rest. */
const TURNS_TO_SETTLE = 8;
/** Real time after which a hold is taken for forgotten. */
const LONGEST_HOLD_MS = 60_000;

export function createSimulatedClock(options: { startMs?: number; wall?: Date } = {}): SimulatedClock {
  const startMs = options.startMs ?? 0;
  let wallStartMs = (options.wall ?? new Date('2026-04-01T09:00:00+09:00')).getTime();
  /** In the order in which they were set: among equal due times the older one fires first. */
  const timers = new Set<Timer>();
  let nowMs = startMs;
  let holds = 0;
  let wake = () => {};

  function nextTimer(): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of timers) if (next === undefined || timer.dueMs < next.dueMs) next = timer;
    return next;
  }

  function fire(timer: Timer): void {
    timers.delete(timer);
    nowMs = Math.max(nowMs, timer.dueMs);
    timer.action();
  }

  async function settle(): Promise<void> {
    do {
      if (holds > 0) await released();
      for (let turn = 0; turn < TURNS_TO_SETTLE; turn++) await new Promise((resolve) => setImmediate(resolve));
    } while (holds > 0);
  }

  function released(): Promise<void> {
    return new Promise((resolve, reject) => {
      const forgotten = setTimeout(
        () => reject(new Error(`simulated clock: held for more than ${LONGEST_HOLD_MS} ms of real time`)),
        LONGEST_HOLD_MS,
      );
      wake = () => {
        clearTimeout(forgotten);
        resolve();
      };
    });
  }

  return {
    now: () => nowMs,
    wall: () => new Date(wallStartMs + nowMs - startMs),

    after(delayMs, action) {
      const timer = { dueMs: nowMs + Math.max(0, delayMs), action };
      timers.add(timer);
      return () => timers.delete(timer);
    },

    async advance(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        await settle();
        const next = nextTimer();
        if (next === undefined || next.dueMs > untilMs) break;
        fire(next);
      }
      nowMs = untilMs;
    },

    async runUntil(condition, maxMs) {
      const untilMs = nowMs + maxMs;
      for (;;) {
        await settle();
        if (condition()) return;
        const next = nextTimer();
        if (next === undefined)
          throw new Error(`simulated clock: nothing left to wait for at ${nowMs} ms, still not ${condition}`);
        if (next.dueMs > untilMs) throw new Error(`simulated clock: ${maxMs} ms have passed, still not ${condition}`);
        fire(next);
      }
    },

    setWall(wall) {
      wallStartMs = wall.getTime() - (nowMs - startMs);
    },

    hold() {
      let held = true;
      holds++;
      return () => {
        if (!held) return;
        held = false;
        if (--holds === 0) wake();
      };
    },
  };
}
