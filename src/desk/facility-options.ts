import { z } from 'zod';
import { ok, type Result } from '../faults/result.ts';
import { openKeptFile } from '../kept-file.ts';
import type { FacilityOptions } from '../reception/facility-options.ts';

const item = z.enum(['medicines', 'checkups', 'treatment', 'surgery', 'specific-diseases']);

const schema = z.strictObject({
  consentItems: z.array(item).max(5),
  visual: z.boolean(),
  disaster: z.boolean(),
  pad: z.enum(['scrambled', 'in-order']),
});

/** All that the gateway lets the facility ask is asked, until somebody changes it. */
const usual: FacilityOptions = { consentItems: item.options, visual: true, disaster: false, pad: 'scrambled' };

export type KeptFacilityOptions = {
  options(): FacilityOptions;
  /** Faults: REC-701 when they could not be kept; the old ones stand then. */
  change(options: FacilityOptions): Result<void>;
  watch(listener: () => void): () => void;
};

/** What the facility has set, kept over a restart. Faults: SYS-902 when its file cannot be understood. */
export function openFacilityOptions(path: string): Result<KeptFacilityOptions> {
  const opened = openKeptFile<FacilityOptions>(path, schema, usual);
  if (!opened.ok) return opened;
  const file = opened.value;
  const listeners = new Set<() => void>();
  return ok({
    options: () => file.value,
    change(options) {
      const kept = file.keep(options);
      if (kept.ok) for (const listener of [...listeners]) listener();
      return kept;
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
}
