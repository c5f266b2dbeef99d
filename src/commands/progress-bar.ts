import type { Clock } from '../clock.ts';

const BAR_LENGTH = 24;
/** On a terminal the bar is drawn over; elsewhere each line stays. */
const EVERY_MS = { terminal: 200, elsewhere: 10_000 } as const;

export interface Progress {
  show(done: number): void;
  /** A line of its own, above the bar. */
  tell(line: string): void;
  end(): void;
}

/** How far a run has come and how long it will still take, on standard error. `from`: what was there before it. */
export function createProgress(clock: Clock, from: number, total: number): Progress {
  const { stderr } = process;
  const startedAt = clock.now();
  let shownAt = startedAt;
  const clear = () => {
    if (stderr.isTTY) stderr.write('\r\u001B[K');
  };
  return {
    show(done) {
      const now = clock.now();
      if (now - shownAt < (stderr.isTTY ? EVERY_MS.terminal : EVERY_MS.elsewhere)) return;
      shownAt = now;
      const leftMs = ((now - startedAt) / Math.max(1, done - from)) * (total - done);
      clear();
      stderr.write(`${barOf(done, total)} ${done} of ${total}, ${minutes(leftMs)} left${stderr.isTTY ? '' : '\n'}`);
    },
    tell(line) {
      clear();
      stderr.write(`${line}\n`);
    },
    end: clear,
  };
}

function barOf(done: number, total: number): string {
  const full = Math.floor((BAR_LENGTH * done) / total);
  return `[${'#'.repeat(full)}${'-'.repeat(BAR_LENGTH - full)}] ${Math.floor((100 * done) / total)} %`;
}

function minutes(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
