import { systemClock } from '../../src/clock.ts';
import { createProgress, type Progress } from '../../src/commands/progress-bar.ts';

const MEGABYTE = 1e6;

/** One bar after the other on standard error, in megabytes: a bar begins when its work is first told of. */
export function createBars() {
  let shown: { readonly what: string; readonly bar: Progress; done: number } | undefined;
  const end = () => shown?.bar.end();
  return {
    /** @param bytes more than last time */
    add(what: string, bytes: number, total: number) {
      if (shown?.what !== what) {
        end();
        process.stderr.write(`${what}, in MB:\n`);
        shown = { what, bar: createProgress(systemClock, 0, Math.ceil(total / MEGABYTE)), done: 0 };
      }
      shown.done += bytes;
      shown.bar.show(Math.floor(shown.done / MEGABYTE));
    },
    end,
  };
}
