/** Wrong entries in a row, and until when no entry is taken: milliseconds since 1970, since it outlives a restart. */
export type Lockout = { readonly wrong: number; readonly lockedUntilMs: number };

export const NO_LOCKOUT: Lockout = { wrong: 0, lockedUntilMs: 0 };
const TRIES = 3;
const FIRST_LOCK_MS = 10 * 60_000;
const LONGEST_LOCK_MS = 24 * 3_600_000;

/** Three wrong entries lock for ten minutes, each three after them for twice as long, up to a day. */
export function afterWrong({ wrong }: Lockout, nowMs: number): Lockout {
  const lock = (wrong + 1) % TRIES === 0 ? Math.min(FIRST_LOCK_MS * 2 ** ((wrong + 1) / TRIES - 1), LONGEST_LOCK_MS) : 0;
  return { wrong: wrong + 1, lockedUntilMs: lock === 0 ? 0 : nowMs + lock };
}

/** @returns 0 when an entry is taken; never more than a day, whatever the clock was when it was locked */
export function lockedForMs({ lockedUntilMs }: Lockout, nowMs: number): number {
  return Math.min(Math.max(0, lockedUntilMs - nowMs), LONGEST_LOCK_MS);
}

export const triesLeft = ({ wrong }: Lockout): number => TRIES - (wrong % TRIES);
