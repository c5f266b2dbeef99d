/** Measures a pin that goes up and down: how often, and how long it is up. */
import type { Pin } from '../../../../hardware/pinout.ts';
import type { Controller } from './controller.ts';

export type PulseMeter = {
  /** Undefined when the pin stands still. */
  hz(): number | undefined;
  /** The part of a period for which the pin is driven high, 0…1. */
  duty(): number;
};

/** Slower than 20 Hz is standing still: no tone and no dimming is so slow. */
const SLOWEST_HZ = 20;

export function measurePulses({ cpu, clockHz, level, onChange }: Controller, pin: Pin): PulseMeter {
  let period: number | undefined;
  let high = 0;
  let roseAt: number | undefined;

  onChange(pin, (now) => {
    if (now === 'high') {
      period = roseAt === undefined ? undefined : cpu.cycles - roseAt;
      roseAt = cpu.cycles;
    } else if (roseAt !== undefined) high = cpu.cycles - roseAt;
  });

  /** A period that was seen, and not so long ago that the pin must have stopped. */
  function steadyPeriod(): number | undefined {
    if (period === undefined || roseAt === undefined || period > clockHz / SLOWEST_HZ) return undefined;
    return cpu.cycles - roseAt > 2 * period ? undefined : period;
  }

  return {
    hz() {
      const cycles = steadyPeriod();
      return cycles === undefined ? undefined : clockHz / cycles;
    },
    duty() {
      const cycles = steadyPeriod();
      return cycles === undefined ? Number(level(pin) === 'high') : high / cycles;
    },
  };
}
