/** The reader's rest while it is updated, serviced or tests itself: no reception begins, and the kiosk says why. */
import type { Clock } from '../clock.ts';
import type { Reader } from '../reception/reader.ts';
import type { RestCode } from '../reception/state.ts';

/** Who keeps the reader still; it rests until nobody does. */
type Keeper = 'update' | 'technician' | 'self-test';

export type Rest = {
  readonly resting: boolean;
  /** @returns whether it is granted: somebody who stands at the reader is served first */
  begin(keeper: Keeper): boolean;
  end(keeper: Keeper): void;
};

/** An updater that has died must not keep the counter closed: the rest ends by itself, unless it is asked for again. */
const LONGEST_MS = 30 * 60_000;

export function createRest(reader: Pick<Reader, 'rest' | 'resume'>, clock: Clock): Rest {
  const keepers = new Map<Keeper, () => void>();
  const end = (keeper: Keeper) => {
    keepers.get(keeper)?.();
    if (!keepers.delete(keeper)) return;
    if (keepers.size === 0) reader.resume();
    else reader.rest(reasonOf(keepers));
  };
  return {
    get resting() {
      return keepers.size > 0;
    },
    begin(keeper) {
      // An update ends in a restart: whoever works at the unit goes first.
      if (keeper === 'update' && keepers.has('technician')) return false;
      if (!reader.rest(reasonOf(new Set([...keepers.keys(), keeper])))) return false;
      keepers.get(keeper)?.();
      keepers.set(
        keeper,
        clock.after(LONGEST_MS, () => end(keeper)),
      );
      return true;
    },
    end,
  };
}

/** An update takes longest: whoever reads that one waits long enough for all. */
const reasonOf = (keepers: { has(keeper: Keeper): boolean }): RestCode => (keepers.has('update') ? 'SYS-904' : 'SYS-905');
