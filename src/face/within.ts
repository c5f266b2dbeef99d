import type { Clock } from '../clock.ts';

export type Outcome<T> = { readonly at: 'done'; readonly value: T } | { readonly at: 'late' } | { readonly at: 'aborted' };

/** Waits for `work` until `limitMs` have passed or `signal` aborts, whichever comes first. The work itself goes on. */
export function within<T>(work: Promise<T>, limitMs: number, clock: Clock, signal: AbortSignal): Promise<Outcome<T>> {
  return new Promise((resolve, reject) => {
    const settle = (outcome: Outcome<T>) => {
      cancel();
      signal.removeEventListener('abort', abort);
      resolve(outcome);
    };
    const abort = () => settle({ at: 'aborted' });
    const cancel = clock.after(limitMs, () => settle({ at: 'late' }));
    work.then((value) => settle({ at: 'done', value }), reject);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
  });
}
