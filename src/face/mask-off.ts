import type { Clock } from '../clock.ts';
import { ok, type Result } from '../faults/result.ts';
import type { FaceHint } from '../reception/ports.ts';
import type { Sightings } from './sightings.ts';
import type { Glimpse } from './track.ts';

/** Time to hear it and to take a mask off, also with slow hands. */
const MASK_LIMIT_MS = 8_000;

/** Whether a mask may be why these frames did not match: most of them show no mouth. */
export function mayBeMasked(glimpses: readonly Glimpse[]): boolean {
  return glimpses.filter(({ masked }) => masked).length * 2 > glimpses.length;
}

export type AskingMaskOff = {
  readonly clock: Clock;
  readonly sightings: Sightings;
  readonly onHint: (hint: FaceHint) => void;
};

/**
 * Asks for the mask to be taken off and waits for a face without one. Only who did not match is asked: a smooth chin
 * that looks like a mask must not stop anybody.
 * False when no such face came in time. Faults: FACE-402 (stopped), FACE-405, FACE-406.
 */
export async function askMaskOff({ clock, sightings, onHint }: AskingMaskOff, signal: AbortSignal): Promise<Result<boolean>> {
  const endMs = clock.now() + MASK_LIMIT_MS;
  for (;;) {
    onHint('mask-off');
    const sighting = await sightings.next(endMs - clock.now(), signal);
    if (!sighting.ok) return sighting.fault.code === 'FACE-402' && !signal.aborted ? ok(false) : sighting;
    if (sighting.value?.at !== 'face') continue;
    sighting.value.template.fill(0);
    if (!sighting.value.masked) return ok(true);
  }
}
