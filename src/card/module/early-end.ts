import type { Result } from '../../faults/result.ts';

/** What ends a wait before its work has ended, and with what. */
export type Ending<T> = readonly [signal: AbortSignal, result: () => Result<T>];

/**
 * The work's own result, or that of the ending that comes first; the first of several that have come already.
 * The work itself goes on: `tooLate` is given a result that nobody waits for any more.
 */
export function endEarly<T>(work: Promise<Result<T>>, endings: readonly Ending<T>[], tooLate: (result: Result<T>) => void) {
  return new Promise<Result<T>>((resolve, reject) => {
    let over = false;
    const stops: (() => void)[] = [];
    function finish(result: Result<T>): void {
      over = true;
      for (const stop of stops) stop();
      resolve(result);
    }
    for (const [signal, result] of endings) {
      const onAbort = () => {
        if (!over) finish(result());
      };
      if (signal.aborted) onAbort();
      else signal.addEventListener('abort', onAbort, { once: true });
      stops.push(() => signal.removeEventListener('abort', onAbort));
    }
    work.then((result) => (over ? tooLate(result) : finish(result)), reject);
  });
}
