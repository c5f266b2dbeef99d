/** When a part of the services does not serve, as it is announced: each day between two times of Japan. */
import type { Maintenance } from '../../eligibility/gateway-types.ts';

export type MaintenanceWindow = {
  readonly part: Maintenance['part'];
  /** `HH:MM`, Japan; a window may pass midnight. */
  readonly from: string;
  readonly until: string;
};

const JAPAN_OFFSET_MS = 9 * 3_600_000;
const DAY_MS = 86_400_000;

/** The windows that are open at this moment, with their ends. */
export function openWindows(windows: readonly MaintenanceWindow[], now: Date): Maintenance[] {
  const ofDayMs = (now.getTime() + JAPAN_OFFSET_MS) % DAY_MS;
  return windows.flatMap(({ part, from, until }) => {
    const sinceMs = (ofDayMs - msOf(from) + DAY_MS) % DAY_MS;
    const lengthMs = (msOf(until) - msOf(from) + DAY_MS) % DAY_MS;
    return sinceMs < lengthMs ? [{ part, until: new Date(now.getTime() + lengthMs - sinceMs).toISOString() }] : [];
  });
}

function msOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
}
