import { expect, test } from 'vitest';
import { createPreciseClock } from '../../../src/bench/simulator/precise-clock.ts';
import { systemClock } from '../../../src/clock.ts';

/** A clock whose timers come late, as an operating system's do, and whose time a test sets. */
function lateClock(lateMs: number) {
  let nowMs = 0;
  const timers: { dueMs: number; action: () => void }[] = [];
  return {
    now: () => nowMs,
    wall: () => new Date(0),
    after(delayMs: number, action: () => void) {
      const timer = { dueMs: nowMs + delayMs + lateMs, action };
      timers.push(timer);
      return () => timers.splice(timers.indexOf(timer), 1).length > 0;
    },
    get waiting() {
      return timers.length;
    },
    moveTo(ms: number) {
      nowMs = ms;
      for (const timer of timers.filter(({ dueMs }) => dueMs <= nowMs)) {
        timers.splice(timers.indexOf(timer), 1);
        timer.action();
      }
    },
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('sleeps until shortly before, then turns until the moment has come', async () => {
  const base = lateClock(1.5);
  const clock = createPreciseClock(base);
  let fired = 0;
  clock.after(10, () => fired++);
  await turn();
  expect([base.waiting, fired]).toEqual([1, 0]);
  base.moveTo(9.5);
  expect(base.waiting).toBe(0);
  await turn();
  base.moveTo(9.99);
  await turn();
  expect(fired).toBe(0);
  base.moveTo(10);
  await turn();
  expect(fired).toBe(1);
  await turn();
  expect(fired).toBe(1);
});

test('what is due soon is not slept for', async () => {
  const base = lateClock(100);
  let fired = 0;
  createPreciseClock(base).after(1, () => fired++);
  expect(base.waiting).toBe(0);
  base.moveTo(1);
  await turn();
  expect(fired).toBe(1);
});

test('is cancelled while it sleeps and while it turns, also twice', async () => {
  const base = lateClock(0);
  const clock = createPreciseClock(base);
  let fired = 0;
  const asleep = clock.after(10, () => fired++);
  const turning = clock.after(1, () => fired++);
  await turn();
  for (const cancel of [asleep, turning, asleep, turning]) cancel();
  expect(base.waiting).toBe(0);
  base.moveTo(20);
  await turn();
  await turn();
  expect(fired).toBe(0);
});

test('never fires early on the real clock', async () => {
  const clock = createPreciseClock(systemClock);
  const startMs = clock.now();
  await new Promise<void>((resolve) => clock.after(4.25, resolve));
  expect(clock.now() - startMs).toBeGreaterThanOrEqual(4.25);
});
