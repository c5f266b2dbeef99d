import fc from 'fast-check';
import { expect, test } from 'vitest';
import { retryPauseMs } from '../../src/clinic/retry-pause.ts';

test('a pause is at least half of the one without chance, and never longer than a minute', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
      const longest = retryPauseMs(failures, 0);
      expect(longest).toBeLessThanOrEqual(60_000);
      expect(retryPauseMs(failures, random)).toBeGreaterThanOrEqual(longest / 2);
      expect(retryPauseMs(failures + 1, 0)).toBeGreaterThanOrEqual(longest);
    }),
  );
});
