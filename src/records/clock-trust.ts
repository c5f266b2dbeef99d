import { existsSync } from 'node:fs';

/**
 * Whether the calendar can be believed: the board has no battery for it, so before the network has told the time
 * its date is a guess. Where another program keeps the time, nothing is known here.
 */
export type ClockTrust = 'synchronised' | 'not-known';

/** Touched at each synchronisation (systemd-timesyncd.service(8)); gone after a restart of the machine. */
const SYNCHRONISED = '/run/systemd/timesync/synchronized';

export function systemClockTrust(): ClockTrust {
  return existsSync(SYNCHRONISED) ? 'synchronised' : 'not-known';
}
