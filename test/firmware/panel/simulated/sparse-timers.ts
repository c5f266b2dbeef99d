/**
 * avr8js counts each step of a timer as an event of its own: two million a second for the backlight's. Here a timer is
 * looked at only where something happens to it: at a compare value, at its top and at its bottom. Its counting takes
 * several steps at once as it is, so that every edge comes in the same cycle as before, for a fraction of the work.
 */
import type { AVRTimer, CPU } from 'avr8js';

/** What is read of a timer, by the simulator's own names. */
type Counting = {
  readonly count: () => void;
  readonly tcnt: number;
  readonly ocrA: number;
  readonly ocrB: number;
  readonly TOP: number;
  readonly divider: number;
  readonly countingUp: boolean;
  readonly timerMode: number;
  readonly updateDivider: boolean;
};

/** Modes in which a timer counts up and down again. */
const PHASE_CORRECT = [1, 4];

export function skipIdleSteps(cpu: CPU, timers: readonly AVRTimer[]): void {
  const counting = new Map((timers as unknown as readonly Counting[]).map((timer) => [timer.count, timer] as const));
  const add = cpu.addClockEvent.bind(cpu);
  cpu.addClockEvent = (callback, cycles) => {
    const timer = counting.get(callback);
    const waits = timer && cycles > 0 && !timer.updateDivider && timer.divider > 0;
    return add(callback, waits ? cycles + (stepsToNext(timer) - 1) * timer.divider : cycles);
  };
}

/** How many steps until the timer reaches the next value at which something happens; at least one. */
function stepsToNext({ tcnt, ocrA, ocrB, TOP, countingUp, timerMode }: Counting): number {
  if (PHASE_CORRECT.includes(timerMode) && !countingUp) {
    return Math.max(1, tcnt - Math.max(0, ...[ocrA, ocrB].filter((value) => value < tcnt)));
  }
  const end = PHASE_CORRECT.includes(timerMode) ? TOP : TOP + 1;
  return Math.max(1, Math.min(end, ...[ocrA, ocrB].filter((value) => value > tcnt)) - tcnt);
}
