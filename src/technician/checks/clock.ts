import { statSync } from 'node:fs';
import type { Finding } from '../self-test.ts';

export type ClockFacts = {
  readonly now: Date;
  /** When the program was built: no true calendar stands before it. */
  readonly builtAt: Date;
  readonly trust: 'synchronised' | 'not-known';
  /** Whether this machine keeps its time by itself, so that nothing being known of it is a failure. */
  readonly mustBeSynchronised: boolean;
};

export function checkClock({ now, builtAt, trust, mustBeSynchronised }: ClockFacts): Finding {
  const says = now.toISOString();
  if (now < builtAt)
    return { at: 'failed', code: 'UNIT-955', detail: `says ${says}, before the program was built (${builtAt.toISOString()})` };
  if (trust === 'synchronised') return { at: 'ok', found: `${says}, synchronised` };
  if (mustBeSynchronised) return { at: 'failed', code: 'UNIT-955', detail: `says ${says}, not synchronised since the start` };
  return { at: 'ok', found: `${says}; whether it is synchronised is not known here` };
}

/** The age of a file of the program: an image gives all its files the time of its build. */
export const builtAtOf = (path: string): Date => statSync(path).mtime;
