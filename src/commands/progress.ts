import { systemClock } from '../clock.ts';

const EVERY_MS = 500;

/** Shows `line` on standard error every half second while something long goes on. Returns the way to stop. */
export function showProgress(line: () => string): () => void {
  if (!process.stderr.isTTY) return () => {};
  let cancel = () => {};
  function again(): void {
    cancel = systemClock.after(EVERY_MS, () => {
      process.stderr.write(`\r${line()}   `);
      again();
    });
  }
  again();
  return () => {
    cancel();
    process.stderr.write('\r');
  };
}
