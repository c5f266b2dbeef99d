/**
 * The updater of one reader. Each boot is proven first; then releases are looked for, installed while receptions go on,
 * and switched to when nobody stands at the reader. See standing.ts for what a power cut leaves.
 */
import { pause } from '../clock.ts';
import type { UpdateUnit } from './ports.ts';
import { proveThisBoot } from './prove.ts';
import { whereItStands } from './standing.ts';
import { endRest, switchAtRest } from './switch.ts';
import { takeRelease } from './take-release.ts';

/** How often the list is asked for; a little more or less each time, so that readers do not come all at once. */
const LOOK_EVERY_MS = 6 * 3_600_000;
const SPREAD = 0.25;

/** Ends when `signal` aborts: the unit is going down, or the service is stopped. */
export async function runUpdateAgent(unit: UpdateUnit, signal: AbortSignal): Promise<void> {
  const { clock, random, source, kept, running, bootId } = unit;
  // A rest that an updater asked for which has ended since.
  await endRest(unit);
  await proveThisBoot(unit, signal);
  if (source === undefined) return untilAborted(signal);
  while (!signal.aborted) {
    const toSwitch = whereItStands(kept.value, running, bootId).at === 'to-switch';
    const usualMs = LOOK_EVERY_MS * (1 - SPREAD + 2 * SPREAD * random());
    const nextMs = toSwitch ? usualMs : await takeRelease(unit, source, usualMs, signal);
    const standing = whereItStands(kept.value, running, bootId);
    if (standing.at === 'to-switch') await switchAtRest(unit, standing.version, signal);
    else await pause(clock, nextMs, signal);
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
