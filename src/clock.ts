/**
 * Time is a dependency: every wait in the product goes through a Clock, so tests decide what time it is.
 * `now` is monotonic milliseconds for durations; `wall` is the calendar for records and certificates.
 */
export interface Clock {
  now(): number;
  wall(): Date;
  /** Calls `action` once after `delayMs`; the returned function cancels it and may be called twice. */
  after(delayMs: number, action: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  wall: () => new Date(),
  after(delayMs, action) {
    const timer = setTimeout(action, Math.max(0, delayMs));
    return () => clearTimeout(timer);
  },
};

/** Resolves after `delayMs`, or at once when `signal` aborts: the caller looks at the signal. */
export function pause(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const finish = () => {
      cancel();
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const cancel = clock.after(delayMs, finish);
    signal?.addEventListener('abort', finish, { once: true });
  });
}

/** A signal that aborts when `parent` does or after `timeoutMs`. Call `done` when the work has ended. */
export function deadline(clock: Clock, timeoutMs: number, parent?: AbortSignal) {
  const own = new AbortController();
  const cancel = clock.after(timeoutMs, () => own.abort(new DOMException('deadline passed', 'TimeoutError')));
  const signal = parent ? AbortSignal.any([parent, own.signal]) : own.signal;
  return { signal, expired: () => own.signal.aborted, done: cancel };
}
