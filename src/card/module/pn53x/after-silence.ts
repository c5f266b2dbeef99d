import type { Clock } from '../../../clock.ts';

const SECOND_LOOK_MS = 10;

/**
 * Calls `action` when nothing has come for `delayMs`, as `clock.after` would; the returned function cancels it. A process
 * that was kept from running finds its timers due before it has read what came meanwhile: so the last of the time begins
 * when the rest has been seen to pass.
 */
export function afterSilence(clock: Clock, delayMs: number, action: () => void): () => void {
  let cancel = clock.after(Math.max(0, delayMs - SECOND_LOOK_MS), () => {
    cancel = clock.after(Math.min(delayMs, SECOND_LOOK_MS), action);
  });
  return () => cancel();
}
