import { expect, test } from 'vitest';
import { pause } from '../src/clock.ts';
import { createSimulatedClock } from './simulated-clock.ts';

test('timers fire in the order of their due times, and at those times', async () => {
  const clock = createSimulatedClock({ startMs: 100 });
  const fired: string[] = [];
  clock.after(30, () => fired.push(`c ${clock.now()}`));
  clock.after(10, () => fired.push(`a ${clock.now()}`));
  clock.after(10, () => fired.push(`b ${clock.now()}`));
  await clock.advance(29);
  expect(fired).toEqual(['a 110', 'b 110']);
  await clock.advance(1);
  expect(fired).toEqual(['a 110', 'b 110', 'c 130']);
});

test('what a timer sets in motion is done before the next one fires', async () => {
  const clock = createSimulatedClock();
  const order: string[] = [];
  const work = async () => {
    await pause(clock, 10);
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    order.push('work');
  };
  clock.after(11, () => order.push('later'));
  void work();
  await clock.advance(20);
  expect(order).toEqual(['work', 'later']);
});

test('a cancelled timer never fires, and cancelling twice is allowed', async () => {
  const clock = createSimulatedClock();
  let fired = false;
  const cancel = clock.after(5, () => {
    fired = true;
  });
  cancel();
  cancel();
  await clock.advance(10);
  expect(fired).toBe(false);
});

test('the calendar moves with the clock', async () => {
  const clock = createSimulatedClock({ startMs: 5000, wall: new Date('2026-01-01T00:00:00Z') });
  await clock.advance(60_000);
  expect(clock.wall().toISOString()).toBe('2026-01-01T00:01:00.000Z');
});

test('runUntil stops at the time at which the condition came to hold', async () => {
  const clock = createSimulatedClock();
  let count = 0;
  const tick = () => {
    count++;
    clock.after(100, tick);
  };
  tick();
  await clock.runUntil(() => count === 4, 1000);
  expect(clock.now()).toBe(300);
});

test('runUntil says what it waited for in vain', async () => {
  const clock = createSimulatedClock();
  await expect(clock.runUntil(() => false, 1000)).rejects.toThrow(/nothing left to wait for at 0 ms.*false/);
  clock.after(2000, () => {});
  await expect(clock.runUntil(() => false, 1000)).rejects.toThrow('1000 ms have passed');
});

test('while real work is on hold no timer fires', async () => {
  const clock = createSimulatedClock();
  const order: string[] = [];
  clock.after(1, () => order.push('timer'));
  const release = clock.hold();
  setTimeout(() => {
    order.push('work');
    release();
    release();
  }, 20);
  await clock.runUntil(() => order.length === 2, 10);
  expect(order).toEqual(['work', 'timer']);
});
