import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseFeed } from '../../src/update/feed.ts';
import { type Candidate, nextTurn } from '../../src/update/rollout.ts';
import { compareVersions, isVersion } from '../../src/update/version.ts';
import { release } from './simulated-unit.ts';

const HOUR_MS = 3_600_000;
const begins = '2026-12-01T20:00:00+09:00';
const beginsMs = new Date(begins).getTime();
const reader: Candidate = { readerId: 'KZ000001', ring: 1, compatible: 'kazasu-virt', running: '1.0.0', failed: [] };
const at = (hours: number) => new Date(beginsMs + hours * HOUR_MS);

test('versions are compared by their numbers, not by their letters', () => {
  expect(['1.10.0', '1.9.9', '0.20.3', '2.0.0'].sort(compareVersions)).toEqual(['0.20.3', '1.9.9', '1.10.0', '2.0.0']);
  for (const none of ['1.0', '1.0.0-rc1', 'v1.0.0', '1.0.01', '', ' 1.0.0']) expect(isVersion(none)).toBe(false);
});

test('an order: of two versions one is newer, or they are one', () => {
  const version = fc.tuple(fc.nat(30), fc.nat(30), fc.nat(30));
  fc.assert(
    fc.property(version, version, (a, b) => {
      const [left, right] = [a.join('.'), b.join('.')];
      expect(Math.sign(compareVersions(left, right))).toBe(-Math.sign(compareVersions(right, left)) || 0);
      expect(compareVersions(left, right) === 0).toBe(left === right);
    }),
  );
});

test('rings come one after the other, and one that is not named does not come', () => {
  const staged = release('1.1.0', { rings: { 0: begins, 1: new Date(beginsMs + 24 * HOUR_MS).toISOString() }, spreadHours: 0 });
  expect(nextTurn([staged], { ...reader, ring: 0 }, at(0))?.from).toEqual(at(0));
  expect(nextTurn([staged], reader, at(0))?.from).toEqual(at(24));
  expect(nextTurn([staged], { ...reader, ring: 2 }, at(0))).toBeUndefined();
});

test('a ring of a thousand readers is spread evenly over its hours, and each keeps its place', () => {
  const spread = release('1.1.0', { rings: { 1: begins }, spreadHours: 4 });
  const turnOf = (readerId: string) => (nextTurn([spread], { ...reader, readerId }, at(0))?.from.getTime() ?? 0) - beginsMs;
  const turns = Array.from({ length: 1_000 }, (_, index) => turnOf(`KZ${String(index).padStart(6, '0')}`));
  expect(Math.min(...turns)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...turns)).toBeLessThan(4 * HOUR_MS);
  for (const hour of [0, 1, 2, 3]) {
    const inHour = turns.filter((turn) => Math.floor(turn / HOUR_MS) === hour).length;
    expect(inHour).toBeGreaterThan(200);
    expect(inHour).toBeLessThan(300);
  }
  expect(turnOf('KZ000007')).toBe(turnOf('KZ000007'));
});

test('the newest whose turn has come is taken; else the first whose turn will', () => {
  const [old, next, far] = [
    release('1.1.0', { rings: { 1: begins } }),
    release('1.2.0', { rings: { 1: begins } }),
    release('1.3.0', { rings: { 1: at(48).toISOString() } }),
  ];
  expect(nextTurn([old, next, far], reader, at(1))?.release.version).toBe('1.2.0');
  expect(nextTurn([old, next, far], reader, at(49))?.release.version).toBe('1.3.0');
  expect(nextTurn([far], reader, at(1))).toMatchObject({ from: at(48) });
});

test('never an older version, the same, one that failed here, one for another machine, or one that needs a step between', () => {
  const none = (more: Parameters<typeof release>[1], version = '1.1.0', who = reader) =>
    expect(nextTurn([release(version, { rings: { 1: begins }, ...more })], who, at(1))).toBeUndefined();
  none({}, '0.9.9');
  none({}, '1.0.0');
  none({}, '1.1.0', { ...reader, failed: ['1.1.0'] });
  none({ compatible: 'kazasu-rpi4' });
  none({ from: '1.0.1' });
  expect(nextTurn([release('1.1.0', { from: '1.0.0' })], reader, at(1))).toBeDefined();
});

test('a list that names a release twice is refused', () => {
  const text = JSON.stringify({ format: 'kazasu-releases-1', releases: [release('1.1.0'), release('1.1.0')] });
  expect(parseFeed(text)).toMatchObject({ ok: false, fault: { detail: 'releases: 1.1.0 for kazasu-virt is listed twice' } });
});

test('a list that says only what it must is filled up', () => {
  const { spreadHours: _, notes: __, ...least } = release('1.1.0');
  expect(parseFeed(JSON.stringify({ format: 'kazasu-releases-1', releases: [least] }))).toEqual({
    ok: true,
    value: [{ ...least, spreadHours: 4, notes: '' }],
  });
});

test('the example of a list is one', () => {
  const parsed = parseFeed(readFileSync('firmware/fleet/releases.example.json', 'utf8'));
  expect(parsed.ok && parsed.value.map(({ version }) => version)).toEqual(['1.4.0']);
});
