import { expect, test } from 'vitest';
import { openWindows } from '../../../src/bench/gateway/maintenance.ts';

const inJapan = (time: string) => new Date(`2026-04-01T${time}+09:00`);

test.each([
  ['02:59:59', false],
  ['03:00:00', true],
  ['03:59:59', true],
  ['04:00:00', false],
])('a window from 03:00 to 04:00 at %s in Japan: %s', (time, open) => {
  const windows = openWindows([{ part: 'jpki', from: '03:00', until: '04:00' }], inJapan(time));
  expect(windows).toEqual(open ? [{ part: 'jpki', until: inJapan('04:00:00').toISOString() }] : []);
});

test.each([
  ['23:30:00', '2026-04-02T01:00:00+09:00'],
  ['00:59:00', '2026-04-01T01:00:00+09:00'],
])('a window may pass midnight: at %s it is open until %s', (time, until) => {
  const windows = openWindows([{ part: 'gateway', from: '23:00', until: '01:00' }], inJapan(time));
  expect(windows).toEqual([{ part: 'gateway', until: new Date(until).toISOString() }]);
});

test('a window of no length is never open', () => {
  expect(openWindows([{ part: 'jpki', from: '03:00', until: '03:00' }], inJapan('03:00:00'))).toEqual([]);
});
