/**
 * A clock whose timers fire within some hundredths of a millisecond: at 460800 baud a character takes 0.02 ms, and the
 * operating system's timers of Node come up to 2 ms late. It sleeps until shortly before and then turns with the event
 * loop, so that bytes that come meanwhile are still heard. It costs a processor while it turns: for the simulator's own
 * process, where timers run only while bytes are due.
 */
import type { Clock } from '../../clock.ts';

const TURNING_MS = 2.5;

export function createPreciseClock(clock: Clock): Clock {
  return {
    now: clock.now,
    wall: clock.wall,
    after(delayMs, action) {
      const dueMs = clock.now() + delayMs;
      let cancel = () => {};

      function turn(): void {
        if (clock.now() < dueMs) turnAgain();
        else action();
      }

      function turnAgain(): void {
        const next = setImmediate(turn);
        cancel = () => clearImmediate(next);
      }

      if (delayMs > TURNING_MS) cancel = clock.after(delayMs - TURNING_MS, turn);
      else turnAgain();
      return () => cancel();
    },
  };
}
