/** What is offered to a unit, and what happens to it, in tests of the updater. */
import fc from 'fast-check';
import { createSimulatedClock } from '../simulated-clock.ts';
import { createSimulatedUnit, type Nature, release } from './simulated-unit.ts';

export const HOUR_MS = 3_600_000;
export const MINUTE_MS = 60_000;

/** A unit that is on, with a release of each version that has a nature. */
export function unitWith(natures: Readonly<Record<string, Nature>>, version = '1.0.0') {
  const clock = createSimulatedClock();
  const releases = Object.keys(natures).map((one) => release(one));
  const unit = createSimulatedUnit({ clock, version, natureOf: (one) => natures[one] ?? 'good', releases: () => releases });
  unit.boot();
  return { clock, unit, releases };
}

const nature = fc.constantFrom<Nature>('good', 'good', 'panics', 'fails', 'silent', 'foreign', 'not-installable');
/** Numbers around the first version, 1.0.3: older ones and its own are offered too. */
export const offers = fc.uniqueArray(
  fc.record({ patch: fc.integer({ min: 0, max: 7 }), nature, atHour: fc.integer({ min: 0, max: 24 }) }),
  {
    selector: ({ patch }) => patch,
    maxLength: 4,
  },
);
export const minutes = (most: number) => fc.integer({ min: 0, max: most });
export const trouble = fc.record({
  receptions: fc.array(fc.record({ freeMinutes: minutes(120), busyMinutes: minutes(30) }), { maxLength: 30 }),
  // Two: with a third before it is proven a good version is given up, as the boot loader means it.
  cuts: fc.array(minutes(30 * 60), { maxLength: 2 }),
  restarts: fc.array(minutes(30 * 60), { maxLength: 4 }),
});

/** A unit of version 1.0.3 to which all this will happen. */
export function unitIn(offered: readonly { patch: number; nature: Nature; atHour: number }[], share: number) {
  const clock = createSimulatedClock({ wall: new Date('2026-04-01T00:00:00+09:00') });
  const begins = clock.wall().getTime();
  const listed = offered.map(({ patch, atHour }) => {
    return release(`1.0.${patch}`, { rings: { 1: new Date(begins + atHour * HOUR_MS).toISOString() }, spreadHours: 2 });
  });
  const natures = new Map(offered.map((one) => [`1.0.${one.patch}`, one.nature]));
  const unit = createSimulatedUnit({
    clock,
    version: '1.0.3',
    natureOf: (version) => (version === '1.0.3' ? 'good' : (natures.get(version) ?? 'good')),
    releases: () => listed,
    random: () => share,
  });
  return { clock, unit };
}

type Happening = { clock: ReturnType<typeof createSimulatedClock>; unit: ReturnType<typeof createSimulatedUnit> };

/** @returns when the last reception has ended, or 30 hours */
export function happen({ clock, unit }: Happening, happens: typeof trouble extends fc.Arbitrary<infer T> ? T : never): number {
  for (const minute of happens.cuts) clock.after(minute * MINUTE_MS, unit.cutPower);
  for (const minute of happens.restarts) clock.after(minute * MINUTE_MS, () => void unit.restartAgent());
  let atMs = 0;
  for (const { freeMinutes, busyMinutes } of happens.receptions) {
    atMs += freeMinutes * MINUTE_MS;
    clock.after(atMs, unit.begin);
    atMs += busyMinutes * MINUTE_MS;
    clock.after(atMs, unit.end);
  }
  return Math.max(atMs, 30 * HOUR_MS);
}

export const share = fc.double({ min: 0, max: 1, noNaN: true });
