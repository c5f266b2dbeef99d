/** A gateway that does not answer is left alone for a while; one question then shows whether it is back. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCircuitBreaker, type Outcome } from '../../src/eligibility/circuit-breaker.ts';
import { createSimulatedClock } from '../simulated-clock.ts';

const REST = { failures: 3, restMs: 10_000, longestRestMs: 40_000 };

function stand() {
  const clock = createSimulatedClock();
  const breaker = createCircuitBreaker({ clock, ...REST });
  /** Whether a question was let through; it ends with `outcome`. */
  const ask = (outcome: Outcome): boolean => {
    const admitted = breaker.admit();
    if (admitted.ok) admitted.value(outcome);
    return admitted.ok;
  };
  const fail = (times: number) => Array.from({ length: times }, () => ask('not-reached'));
  return { clock, breaker, ask, fail };
}

test('two failures in a row close nothing, and a success forgets them', () => {
  const { ask, fail } = stand();
  fail(2);
  ask('reached');
  expect([...fail(2), ask('reached')]).toEqual([true, true, true]);
});

test('after the third nothing is asked for 10 s: the fault comes at once, and says why', async () => {
  const { breaker, clock, fail } = stand();
  fail(3);
  expect(breaker.admit()).toMatchObject({
    ok: false,
    fault: { code: 'GATE-501', detail: 'not asked: it did not answer lately' },
  });
  await clock.advance(9_999);
  expect(breaker.admit().ok).toBe(false);
  await clock.advance(1);
  expect(breaker.admit().ok).toBe(true);
});

test('half-open lets one question through, and its answer opens the way for all', async () => {
  const { breaker, clock, ask, fail } = stand();
  fail(3);
  await clock.advance(10_000);
  const trial = breaker.admit();
  expect([trial.ok, breaker.admit().ok]).toEqual([true, false]);
  if (trial.ok) trial.value('reached');
  expect([ask('reached'), ask('reached')]).toEqual([true, true]);
});

test('each trial that fails doubles the rest, up to the longest', async () => {
  const { clock, ask, fail } = stand();
  fail(3);
  for (const restMs of [10_000, 20_000, 40_000, 40_000]) {
    await clock.advance(restMs - 1);
    expect(ask('not-reached')).toBe(false);
    await clock.advance(1);
    expect(ask('not-reached')).toBe(true);
  }
});

test('a trial that was given up is no verdict: the next question is a trial again', async () => {
  const { clock, ask, fail } = stand();
  fail(3);
  await clock.advance(10_000);
  expect([ask('unknown'), ask('reached'), ask('reached')]).toEqual([true, true, true]);
});

test('whatever happens, a rest is never longer than the longest', async () => {
  const outcomes = fc.constantFrom<Outcome>('reached', 'not-reached', 'unknown');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(outcomes, fc.integer({ min: 0, max: 50_000 })), { maxLength: 40 }), async (steps) => {
      const { clock, ask } = stand();
      for (const [outcome, waitMs] of steps) {
        ask(outcome);
        await clock.advance(waitMs);
      }
      await clock.advance(REST.longestRestMs);
      expect(ask('reached')).toBe(true);
    }),
    { numRuns: 50 },
  );
});
