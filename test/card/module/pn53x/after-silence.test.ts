import { expect, test } from 'vitest';
import { afterSilence } from '../../../../src/card/module/pn53x/after-silence.ts';
import { createSimulatedClock } from '../../../simulated-clock.ts';

test.each([0, 5, 10, 150])('after %i ms and not before', async (delayMs) => {
  const clock = createSimulatedClock();
  const called: number[] = [];
  afterSilence(clock, delayMs, () => called.push(clock.now()));
  await clock.advance(1_000);
  expect(called).toEqual([delayMs]);
});

test('what came while the process was kept from running cancels it', async () => {
  const clock = createSimulatedClock();
  let called = false;
  let timers = 0;
  // Kept from running until 600 ms: what was due earlier comes then, before what has been waiting to be read.
  const late = { ...clock, after: (delayMs: number, action: () => void) => clock.after(timers++ === 0 ? 600 : delayMs, action) };
  const cancel = afterSilence(late, 150, () => {
    called = true;
  });
  await clock.advance(600);
  cancel();
  await clock.advance(1_000);
  expect(called).toBe(false);
});
