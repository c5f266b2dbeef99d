import { vi } from 'vitest';

/**
 * Waits, on the machine's own clock, for what a browser, a socket or another process brings about, and returns what
 * `check` returns once it throws no more. It costs no longer than the thing takes; the bound is for a machine that is
 * busy with other tests, where the runner's own second is too short.
 */
export function eventually<T>(check: () => T | Promise<T>, withinMs = 20_000): Promise<T> {
  return vi.waitFor(check, { timeout: withinMs });
}
