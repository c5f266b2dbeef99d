/** The change to the other slot: a restart of the unit, when nobody stands at the reader and nobody can begin. */
import { pause } from '../clock.ts';
import type { UpdateUnit } from './ports.ts';
import { whereItStands, withBroken } from './standing.ts';
import { gone } from './update-fault.ts';

const ASK_EVERY_MS = 20_000;
/** A clinic is never without a free moment so long; the caller looks at everything anew and asks again. */
const GIVE_UP_AFTER_MS = 12 * 3_600_000;
/** From the request to the end of this process; systemd gives up services after 90 s. */
const REBOOT_WITHIN_MS = 5 * 60_000;

/**
 * To the other slot. What is broken now is noted, so that the new version need not answer for it.
 * Ends when `signal` aborts, as it does when the unit goes down, or when it was in vain; then receptions go on.
 */
export async function switchAtRest(unit: UpdateUnit, version: string, signal: AbortSignal): Promise<void> {
  while (await atRest(unit, version, signal)) {
    await noteBroken(unit, version, signal);
    // Asked again: the reader may have been started anew meanwhile, or a technician may be mending what was noted.
    const still = await unit.reader.rest(signal);
    if (still === 'resting' && !signal.aborted) return restart(unit, version, signal);
    await endRest(unit);
  }
}

/**
 * Into the slot that runs, for another try of the boot loader's. Ends as `switchAtRest` does. A reader whose program has
 * not come up holds no reception: it is restarted without having been asked.
 */
export async function startAgain(unit: UpdateUnit, signal: AbortSignal): Promise<void> {
  if (await atRest(unit, unit.running, signal, 'also-without-reader')) await restart(unit, unit.running, signal);
}

/** Receptions may begin again, also when the updater is to stop. What was noted holds no longer: it may be mended now. */
export async function endRest(unit: UpdateUnit): Promise<void> {
  const { reader, kept, running, bootId } = unit;
  if (whereItStands(kept.value, running, bootId).at === 'to-switch') note(unit, []);
  await reader.resume(new AbortController().signal);
}

/** A self-test that cannot be had excuses nothing. */
async function noteBroken(unit: UpdateUnit, version: string, signal: AbortSignal): Promise<void> {
  const { reader, tell } = unit;
  const tested = await reader.selfTest(signal);
  if (signal.aborted) return;
  if (!tested.ok) return tell({ name: 'update.fault', fault: tested.fault });
  const parts = tested.value.map(({ part }) => part);
  if (parts.length === 0) return;
  tell({ name: 'update.broken-before', version, parts });
  note(unit, parts);
}

function note({ kept, tell }: UpdateUnit, brokenBefore: readonly string[]): void {
  const noted = kept.keep(withBroken(kept.value, brokenBefore));
  if (!noted.ok) tell({ name: 'update.fault', fault: noted.fault });
}

async function restart(unit: UpdateUnit, version: string, signal: AbortSignal): Promise<void> {
  const { clock, tell } = unit;
  tell({ name: 'update.switching', version });
  const asked = unit.requestReboot();
  if (asked.ok) await pause(clock, REBOOT_WITHIN_MS, signal);
  if (signal.aborted) return;
  const fault = asked.ok ? gone('UPD-982', `no restart within ${REBOOT_WITHIN_MS / 60_000} minutes`).fault : asked.fault;
  tell({ name: 'update.fault', fault });
  await endRest(unit);
  await pause(clock, ASK_EVERY_MS, signal);
}

/** @returns whether the unit may be restarted now */
async function atRest(unit: UpdateUnit, version: string, signal: AbortSignal, without?: 'also-without-reader'): Promise<boolean> {
  const { clock, reader, tell } = unit;
  const since = clock.now();
  let told = false;
  while (clock.now() - since < GIVE_UP_AFTER_MS) {
    const answer = await reader.rest(signal);
    if (signal.aborted) {
      // The answer may have been yes.
      if (answer === 'resting') await endRest(unit);
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
