import type { Clock } from '../clock.ts';

/** A calendar that runs a little fast or slow is none of ours; one that was set is. */
const STEP_MS = 2_000;

export type ClockSteps = {
  /** By how much the calendar was set since the last `seen`; undefined when it was not. */
  since(): number | undefined;
  /** Up to now it is known. */
  seen(): void;
};

/** Compares the calendar with the clock that only goes forward. */
export function watchClockSteps(clock: Clock): ClockSteps {
  const offsetMs = () => clock.wall().getTime() - clock.now();
  let knownMs = offsetMs();
  return {
    since() {
      const byMs = Math.round(offsetMs() - knownMs);
      return Math.abs(byMs) > STEP_MS ? byMs : undefined;
    },
    seen() {
      knownMs = offsetMs();
    },
  };
}
