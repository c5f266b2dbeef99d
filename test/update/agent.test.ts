import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSimulatedClock } from '../simulated-clock.ts';
import { createSimulatedUnit, type Nature, release } from './simulated-unit.ts';
import { HOUR_MS, happen, MINUTE_MS, offers, share, trouble, unitIn, unitWith } from './troubles.ts';

describe('an update', () => {
  test('is installed, started when nobody stands at the reader, and marked good after its self-test', async () => {
    const { clock, unit } = unitWith({ '1.1.0': 'good' });
    await clock.advance(HOUR_MS);
    expect(unit.running()).toBe('1.1.0');
    expect(unit.tries()).toBe(0);
    expect(unit.kept()).toEqual({ proven: '1.1.0', failed: [] });
    expect(unit.events.map(({ name }) => name)).toEqual([
      ...['update.proving', 'update.proven', 'update.good', 'update.installing', 'update.installed'],
      ...['update.switching', 'update.proving', 'update.proven', 'update.good', 'update.none'],
    ]);
    expect(unit.broken).toEqual([]);
    await unit.off();
  });

  test('waits for the end of a reception, however long it takes', async () => {
    const { clock, unit } = unitWith({ '1.1.0': 'good' });
    await clock.advance(MINUTE_MS);
    unit.begin();
    await clock.advance(3 * HOUR_MS);
    expect(unit.running()).toBe('1.0.0');
    unit.end();
    await clock.advance(5 * MINUTE_MS);
    expect(unit.running()).toBe('1.1.0');
    expect(unit.broken).toEqual([]);
    await unit.off();
  });

  test.each(['panics', 'fails', 'silent'] as const)(
    'that %s is given back after three tries, and not tried again',
    async (nature) => {
      const { clock, unit } = unitWith({ '1.1.0': nature });
      await clock.advance(30 * HOUR_MS);
      expect(unit.running()).toBe('1.0.0');
      expect(unit.tries()).toBe(0);
      expect(unit.kept().failed).toEqual(['1.1.0']);
      expect(unit.events).toContainEqual(expect.objectContaining({ fault: expect.objectContaining({ code: 'UPD-981' }) }));
      // One start of 1.0.0, the tries of 1.1.0 that came as far as the updater, one more of 1.0.0.
      expect(unit.boots()).toBe(nature === 'panics' ? 2 : 5);
      expect(unit.broken).toEqual([]);
      await unit.off();
    },
  );

  test.each(['foreign', 'not-installable'] as const)(
    'that is %s leaves the reader as it was, after three attempts for good',
    async (nature) => {
      const { clock, unit } = unitWith({ '1.1.0': nature });
      await clock.advance(48 * HOUR_MS);
      expect(unit.running()).toBe('1.0.0');
      expect(unit.boots()).toBe(1);
      expect(unit.events.filter(({ name }) => name === 'update.installing')).toHaveLength(3);
      expect(unit.kept().failed).toEqual(['1.1.0']);
      await unit.off();
    },
  );

  test('that failed does not stand in the way of the next', async () => {
    const { clock, unit, releases } = unitWith({ '1.1.0': 'fails' });
    await clock.advance(30 * HOUR_MS);
    releases.push(release('1.2.0'));
    await clock.advance(12 * HOUR_MS);
    expect(unit.running()).toBe('1.2.0');
    await unit.off();
  });
});

test('a unit that is switched off after the installation comes up in the new version, which then proves itself', async () => {
  const { clock, unit } = unitWith({ '1.1.0': 'good' });
  await clock.advance(MINUTE_MS);
  unit.begin();
  await clock.runUntil(() => unit.events.some(({ name }) => name === 'update.installed'), HOUR_MS);
  unit.cutPower();
  await clock.advance(5 * MINUTE_MS);
  expect(unit.running()).toBe('1.1.0');
  expect(unit.kept().proven).toBe('1.1.0');
  await unit.off();
});

test('a power cut in the middle of an installation costs nothing but time: it begins anew', async () => {
  const { clock, unit } = unitWith({ '1.1.0': 'good' });
  for (const installation of [1, 2, 3, 4]) {
    const begun = () => unit.events.filter(({ name }) => name === 'update.installing').length === installation;
    await clock.runUntil(begun, HOUR_MS);
    unit.cutPower();
  }
  await clock.advance(HOUR_MS);
  expect(unit.running()).toBe('1.1.0');
  expect(unit.kept()).toEqual({ proven: '1.1.0', failed: [] });
  await unit.off();
});

test('a line that dies in every stream is no fault of the release: it is taken when the line is back', async () => {
  const { clock, unit } = unitWith({ '1.1.0': 'good' });
  unit.setLineDead(true);
  const broken = () => unit.events.filter((event) => event.name === 'update.fault' && event.fault.code === 'UPD-974');
  await clock.runUntil(() => broken().length === 8, 6 * HOUR_MS);
  expect(unit.kept().failed).toEqual([]);
  unit.setLineDead(false);
  await clock.advance(HOUR_MS);
  expect(unit.running()).toBe('1.1.0');
  expect(unit.broken).toEqual([]);
  await unit.off();
});

test('an updater that ends while the reader rests lets receptions begin again when it is back', async () => {
  const { clock, unit } = unitWith({ '1.1.0': 'good' });
  unit.holdReboots();
  await clock.runUntil(unit.resting, HOUR_MS);
  const before = unit.resumed();
  await unit.restartAgent();
  await clock.runUntil(() => unit.resumed() > before, MINUTE_MS);
  expect(unit.running()).toBe('1.0.0');
  await unit.off();
});

test('a restart that does not come is told, receptions go on, and it is asked for again', async () => {
  const { clock, unit } = unitWith({ '1.1.0': 'good' });
  const release = unit.holdReboots();
  const told = () => unit.events.some((event) => event.name === 'update.fault' && event.fault.code === 'UPD-982');
  await clock.runUntil(told, HOUR_MS);
  await clock.runUntil(() => !unit.resting(), MINUTE_MS);
  release();
  await clock.advance(HOUR_MS);
  expect(unit.running()).toBe('1.1.0');
  await unit.off();
});

test('a part that breaks after the self-test does not bring the old version back', async () => {
  const natures: Record<string, Nature> = { '1.1.0': 'good' };
  const { clock, unit } = unitWith(natures);
  await clock.advance(HOUR_MS);
  natures['1.1.0'] = 'fails';
  for (let night = 0; night < 5; night++) {
    unit.cutPower();
    await clock.advance(12 * HOUR_MS);
  }
  expect(unit.running()).toBe('1.1.0');
  expect(unit.broken).toEqual([]);
  await unit.off();
});

test('a new version is not given up because patients keep it from its self-test', async () => {
  const { clock, unit } = unitWith({ '1.1.0': 'good' });
  unit.comeAtBoot();
  await clock.runUntil(() => unit.boots() === 2, HOUR_MS);
  await clock.advance(3 * HOUR_MS);
  expect(unit.boots()).toBe(2);
  expect(unit.kept().proven).toBe('1.0.0');
  unit.end();
  await clock.advance(5 * MINUTE_MS);
  expect(unit.kept().proven).toBe('1.1.0');
  expect(unit.broken).toEqual([]);
  await unit.off();
});

test('a unit without a server of releases marks good what it runs, at each start', async () => {
  const clock = createSimulatedClock();
  const unit = createSimulatedUnit({ clock, version: '1.0.0', natureOf: () => 'good' });
  unit.boot();
  for (let night = 0; night < 5; night++) {
    await clock.advance(12 * HOUR_MS);
    expect(unit.tries()).toBe(0);
    unit.cutPower();
  }
  await clock.advance(HOUR_MS);
  expect(unit.broken).toEqual([]);
  await unit.off();
});

test('a newer version that runs though nothing is noted of it proves itself, or is given back', async () => {
  const natures: Record<string, Nature> = { '1.1.0': 'fails' };
  const clock = createSimulatedClock();
  const unit = createSimulatedUnit({ clock, version: '1.0.0', natureOf: (one) => natures[one] ?? 'good' });
  unit.boot();
  await clock.advance(HOUR_MS);
  unit.installBehindItsBack('1.1.0');
  unit.cutPower();
  await clock.advance(4 * HOUR_MS);
  expect(unit.running()).toBe('1.0.0');
  await unit.off();
});

test('a unit that has never passed its self-test takes no update', async () => {
  const { clock, unit } = unitWith({ '1.0.0': 'fails', '1.1.0': 'good' });
  await clock.advance(24 * HOUR_MS);
  expect(unit.running()).toBe('1.0.0');
  expect(unit.boots()).toBe(1);
  await unit.off();
});

/** Broken for good, once 1.0.3 has shown that it works. */
const brokenForGood = fc.subarray(['card-camera', 'face-camera']);

test('whatever is offered and whatever happens: no law is broken, and the newest version that works here runs in the end', async () => {
  const check = fc.asyncProperty(offers, trouble, brokenForGood, share, async (offered, happens, broken, random) => {
    const { clock, unit } = unitIn(offered, random);
    unit.boot();
    await clock.runUntil(() => unit.kept().proven === '1.0.3', HOUR_MS);
    for (const part of broken) unit.breakPart(part);
    const overMs = happen({ clock, unit }, happens);
    await clock.advance(overMs + 72 * HOUR_MS);
    const best = offered.filter((one) => one.nature === 'good' && one.patch > 3).map(({ patch }) => patch);
    expect(unit.broken).toEqual([]);
    expect(unit.running()).toBe(`1.0.${Math.max(3, ...best)}`);
    expect({ tries: unit.tries(), resting: unit.resting() }).toEqual({ tries: 0, resting: false });
    await unit.off();
  });
  await fc.assert(check, { numRuns: 60 });
});
