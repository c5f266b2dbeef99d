/** The change to the other slot: a restart of the unit, when nobody stands at the reader and nobody can begin. */
import { pause } from '../clock.ts';
import type { UpdateUnit } from './ports.ts';
import { gone } from './update-fault.ts';

const ASK_EVERY_MS = 20_000;
/** A clinic is never without a free moment so long; the caller looks at everything anew and asks again. */
const GIVE_UP_AFTER_MS = 12 * 3_600_000;
/** From the request to the end of this process; systemd gives up services after 90 s. */
const REBOOT_WITHIN_MS = 5 * 60_000;

/**
 * Ends when `signal` aborts, as it does when the unit goes down, or when it was in vain; then receptions go on.
 * @param without a reader whose program has not come up holds no reception: where that is what must be ended, it is
 * restarted without having been asked
 */
export async function switchAtRest(
  unit: UpdateUnit,
  version: string,
  signal: AbortSignal,
  without?: 'also-without-reader',
): Promise<void> {
  const { clock, reader, tell } = unit;
  if (!(await atRest(unit, version, signal, without))) return;
  tell({ name: 'update.switching', version });
  const asked = unit.requestReboot();
  if (asked.ok) await pause(clock, REBOOT_WITHIN_MS, signal);
  if (signal.aborted) return;
  const fault = asked.ok ? gone('UPD-982', `no restart within ${REBOOT_WITHIN_MS / 60_000} minutes`).fault : asked.fault;
  tell({ name: 'update.fault', fault });
  await reader.resume(signal);
  await pause(clock, ASK_EVERY_MS, signal);
}

/** @returns whether the unit may be restarted now */
async function atRest(unit: UpdateUnit, version: string, signal: AbortSignal, without?: 'also-without-reader') {
  const { clock, reader, tell } = unit;
  const since = clock.now();
  let told = false;
  while (clock.now() - since < GIVE_UP_AFTER_MS) {
    const answer = await reader.rest(signal);
    if (signal.aborted) {
      // The answer may have been yes.
      if (answer === 'resting') await reader.resume(new AbortController().signal);
      return false;
    }
    if (answer === 'resting' || (answer === 'gone' && without === 'also-without-reader')) return true;
    if (!told) tell({ name: 'update.waits-for-rest', version });
    told = true;
    await pause(clock, ASK_EVERY_MS, signal);
    if (signal.aborted) return false;
  }
  return false;
}
