import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testedParts } from '../../src/technician/parts.ts';
import { mayFailAsBefore } from '../../src/update/excused.ts';
import { keptUpdate, whereItStands } from '../../src/update/standing.ts';
import { type Nature, NEVER_EXCUSED, release } from './simulated-unit.ts';
import { HOUR_MS, happen, MINUTE_MS, minutes, offers, share, trouble, unitIn, unitWith } from './troubles.ts';

describe('a part that is broken before an update', () => {
  /** 1.0.0 has proven itself; then the part breaks, and then 1.1.0 is offered. */
  async function brokenBefore(part: string, nature: Nature = 'good') {
    const natures: Record<string, Nature> = {};
    const { clock, unit, releases } = unitWith(natures);
    await clock.advance(MINUTE_MS);
    unit.breakPart(part);
    natures['1.1.0'] = nature;
    releases.push(release('1.1.0'));
    return { clock, unit };
  }

  test('may be broken after it: the new version is marked good', async () => {
    const { clock, unit } = await brokenBefore('card-camera');
    await clock.advance(12 * HOUR_MS);
    expect(unit.events).toContainEqual({ name: 'update.broken-before', version: '1.1.0', parts: ['card-camera'] });
    expect(unit.kept()).toEqual({ proven: '1.1.0', failed: [] });
    expect({ running: unit.running(), tries: unit.tries(), boots: unit.boots() }).toEqual({
      running: '1.1.0',
      tries: 0,
      boots: 2,
    });
    expect(unit.broken).toEqual([]);
    await unit.off();
  });

  test('excuses no other: a panel that worked brings the old version back', async () => {
    const { clock, unit } = await brokenBefore('card-camera', 'fails');
    await clock.advance(30 * HOUR_MS);
    expect(unit.running()).toBe('1.0.0');
    expect(unit.events).toContainEqual({ name: 'update.fault', fault: { code: 'UPD-980', detail: 'panel (UNIT-951)' } });
    expect(unit.broken).toEqual([]);
    await unit.off();
  });

  test.each(NEVER_EXCUSED)('excuses nothing when it is %s', async (part) => {
    const { clock, unit } = await brokenBefore(part);
    await clock.advance(30 * HOUR_MS);
    expect(unit.running()).toBe('1.0.0');
    expect(unit.kept().failed).toEqual(['1.1.0']);
    expect(unit.broken).toEqual([]);
    await unit.off();
  });

  test('excuses nothing once receptions have gone on, since it may have been mended meanwhile', async () => {
    const { clock, unit } = await brokenBefore('card-camera');
    const letRestart = unit.holdReboots();
    await clock.runUntil(unit.resting, 12 * HOUR_MS);
    await clock.runUntil(() => unit.kept().underWay?.brokenBefore.length === 1, HOUR_MS);
    await clock.runUntil(() => !unit.resting(), HOUR_MS);
    unit.mendPart('card-camera');
    letRestart();
    unit.cutPower();
    await clock.runUntil(() => unit.running() === '1.1.0', MINUTE_MS);
    unit.breakPart('card-camera');
    await clock.advance(5 * HOUR_MS);
    expect(unit.running()).toBe('1.0.0');
    expect(unit.broken).toEqual([]);
    await unit.off();
  });

  test('excuses nothing when the self-test could not be had', async () => {
    const { clock, unit } = await brokenBefore('card-camera');
    await clock.runUntil(unit.resting, 12 * HOUR_MS);
    unit.restartReader();
    await clock.advance(5 * HOUR_MS);
    expect(unit.running()).toBe('1.0.0');
    expect(unit.events).toContainEqual({ name: 'update.fault', fault: { code: 'UPD-979', detail: 'nobody listens' } });
    expect(unit.broken).toEqual([]);
    await unit.off();
  });

  test('is one that breaks by itself; every part of the self-test is decided upon', () => {
    expect(testedParts.filter((part) => !mayFailAsBefore(part))).toEqual(NEVER_EXCUSED);
  });

  test('is not known from a file that an older updater kept', () => {
    const older = { failed: [], underWay: { at: 'installed', version: '1.1.0', bootId: 'boot 1' } };
    expect(whereItStands(keptUpdate.parse(older), '1.1.0', 'boot 2')).toEqual({
      at: 'switched',
      version: '1.1.0',
      brokenBefore: [],
    });
  });
});

const defects = fc.array(
  fc.record({
    part: fc.constantFrom('card-camera', 'panel', 'gateway', 'network', 'records'),
    atMinute: minutes(30 * 60),
    forMinutes: minutes(10 * 60),
  }),
  { maxLength: 6 },
);
const readerRestarts = fc.array(minutes(30 * 60), { maxLength: 6 });

test('whatever breaks and is mended meanwhile: no version is marked good in which a part fails that worked before', async () => {
  const check = fc.asyncProperty(
    offers,
    trouble,
    defects,
    readerRestarts,
    share,
    async (offered, happens, all, restarts, random) => {
      const { clock, unit } = unitIn(offered, random);
      unit.boot();
      const overMs = happen({ clock, unit }, happens);
      for (const minute of restarts) clock.after(minute * MINUTE_MS, unit.restartReader);
      for (const { part, atMinute, forMinutes } of all) {
        clock.after(atMinute * MINUTE_MS, () => unit.breakPart(part));
        clock.after((atMinute + forMinutes) * MINUTE_MS, () => unit.mendPart(part));
      }
      await clock.advance(overMs + 24 * HOUR_MS);
      expect(unit.broken).toEqual([]);
      await unit.off();
    },
  );
  await fc.assert(check, { numRuns: 60 });
});
