/** A simulated cable and the time that things on it take: simulated, or real. */
import { type Line, memoryLine, ptyLine } from '../../src/bench/module/line.ts';
import { type Clock, systemClock } from '../../src/clock.ts';
import { createSimulatedClock, type SimulatedClock } from '../simulated-clock.ts';

export type TimedLine<C extends Clock = Clock> = Line & {
  readonly clock: C;
  /** Lets time pass, or really waits, until `condition` holds; fails after `withinMs`. */
  until(condition: () => boolean, withinMs: number): Promise<void>;
  /** Waits for `work` in the same way. */
  settle<T>(work: Promise<T>, withinMs?: number): Promise<T>;
};

/** Longer than anything that a card module does. */
const PATIENCE_MS = 60_000;
/** For which other tests may hold this one up. */
const BUSY_MS = 20_000;

export function memoryInSimulatedTime(): TimedLine<SimulatedClock> {
  const clock = createSimulatedClock();
  return timed(memoryLine(), clock, (condition, withinMs) => clock.runUntil(condition, withinMs));
}

export async function ptyInRealTime(): Promise<TimedLine> {
  return timed(await ptyLine(), systemClock, reallyUntil);
}

function timed<C extends Clock>(line: Line, clock: C, until: TimedLine['until']): TimedLine<C> {
  return {
    ...line,
    clock,
    until,
    async settle(work, withinMs = PATIENCE_MS) {
      let ended = false;
      const end = () => {
        ended = true;
      };
      work.then(end, end);
      await until(() => ended, withinMs);
      return work;
    },
  };
}

/** A busy test machine is given much longer than the contract allows: what counts here is that it happens. */
async function reallyUntil(condition: () => boolean, withinMs: number): Promise<void> {
  const boundMs = withinMs + BUSY_MS;
  const endMs = performance.now() + boundMs;
  while (!condition()) {
    if (performance.now() > endMs) throw new Error(`not within ${boundMs} ms: ${condition}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
