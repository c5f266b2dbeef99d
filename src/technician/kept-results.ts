/** What was tested by hand, kept over restarts: the sheet is often printed another day. */
import { z } from 'zod';
import type { Result } from '../faults/result.ts';
import { openKeptFile } from '../kept-file.ts';
import type { HandResult } from './evidence.ts';
import { testsByHand } from './parts.ts';

export type KeptResults = {
  readonly all: readonly HandResult[];
  /** In place of an earlier one of the same test. Fault: REC-701. */
  keep(result: HandResult): Result<void>;
};

const kept = z.array(z.strictObject({ test: z.enum(testsByHand), works: z.boolean(), at: z.iso.datetime() }));

/** Fault: SYS-902 when the file cannot be understood. */
export function openKeptResults(path: string): Result<KeptResults> {
  const opened = openKeptFile<readonly HandResult[]>(path, kept, []);
  if (!opened.ok) return opened;
  const file = opened.value;
  return {
    ok: true,
    value: {
      get all() {
        return file.value;
      },
      keep: (result) => file.keep([...file.value.filter(({ test }) => test !== result.test), result]),
    },
  };
}
