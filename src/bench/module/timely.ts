import type { Clock } from '../../clock.ts';

/** Runs `action` at `dueMs` and not before, at once when that has come: a timer may fire a fraction early. */
export function at(clock: Clock, dueMs: number, action: () => void): void {
  const leftMs = dueMs - clock.now();
  if (leftMs <= 0.001) action();
  else clock.after(leftMs, () => at(clock, dueMs, action));
}
