import { expect, test } from 'vitest';
import { type Check, runSelfTest } from '../../src/technician/self-test.ts';
import { createSelfTester } from '../../src/technician/self-tester.ts';
import { createSimulatedClock } from '../simulated-clock.ts';

const never = new AbortController().signal;
const good: Check = { part: 'board', run: async () => ({ at: 'ok', found: '48 °C' }) };
const absent: Check = { part: 'card-camera', run: async () => ({ at: 'not-here', why: 'this unit has none' }) };
const silent: Check = { part: 'face-camera', run: () => new Promise(() => {}) };
const broken: Check = { part: 'records', run: async () => Promise.reject(new Error('first line\nwhere it was looked for')) };
/** Ends by its signal, as a check should. */
const obedient: Check = {
  part: 'gateway',
  run: (signal) =>
    new Promise((resolve) =>
      signal.addEventListener('abort', () => resolve({ at: 'failed', code: 'GATE-501', detail: 'no answer' })),
    ),
};

test('every part has its row, in order, and what is not here is no failure', async () => {
  const clock = createSimulatedClock();
  const report = await runSelfTest([good, absent], clock, never);
  expect(report).toEqual({
    at: clock.wall().toISOString(),
    passed: true,
    parts: [
      { part: 'board', ok: true, found: '48 °C' },
      { part: 'card-camera', ok: true, notHere: 'this unit has none' },
    ],
  });
});

test('a part that hangs or throws is failed by itself; the others are told of, all within 15 s', async () => {
  const clock = createSimulatedClock();
  let ended = false;
  const made = runSelfTest([silent, good, broken, obedient], clock, never).finally(() => {
    ended = true;
  });
  await clock.runUntil(() => ended, 15_000);
  expect((await made).parts).toEqual([
    { part: 'face-camera', ok: false, code: 'UNIT-951', detail: 'no answer within 12 s' },
    { part: 'board', ok: true, found: '48 °C' },
    { part: 'records', ok: false, code: 'UNIT-951', detail: 'first line' },
    { part: 'gateway', ok: false, code: 'GATE-501', detail: 'no answer' },
  ]);
});

test('a test that is ended early says so', async () => {
  const clock = createSimulatedClock();
  const ending = new AbortController();
  const made = runSelfTest([silent], clock, ending.signal);
  ending.abort();
  expect((await made).parts[0]).toMatchObject({ ok: false, detail: 'the test was ended before it answered' });
});

test('two who ask at once get the one report, and it is told of once', async () => {
  const clock = createSimulatedClock();
  let runs = 0;
  const told: boolean[] = [];
  const counted: Check = { part: 'disk', run: async () => ({ at: 'ok', found: String(++runs) }) };
  const tester = createSelfTester({ checks: [counted], clock, onReport: ({ passed }) => told.push(passed) });
  const [first, second] = await Promise.all([tester.all(), tester.all()]);
  expect(first).toBe(second);
  expect([runs, told]).toEqual([1, [true]]);
  await tester.all();
  expect(tester.last?.parts).toEqual([{ part: 'disk', ok: true, found: '2' }]);
});

test('one part tested again takes its row’s place, and the verdict follows', async () => {
  const clock = createSimulatedClock();
  let plugged = false;
  const cable: Check = { part: 'network', run: async () => (plugged ? { at: 'ok' } : { at: 'failed', code: 'UNIT-954' }) };
  const tester = createSelfTester({ checks: [good, cable], clock, onReport: () => {} });
  const seen: boolean[] = [];
  tester.watch(() => seen.push(tester.rows().some(({ running }) => running)));
  expect((await tester.all()).passed).toBe(false);
  plugged = true;
  await tester.one('network');
  expect(tester.last).toMatchObject({ passed: true, parts: [{ part: 'board' }, { part: 'network', ok: true }] });
  expect(seen).toContain(true);
  expect(seen.at(-1)).toBe(false);
});
