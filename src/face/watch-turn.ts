import type { Clock } from '../clock.ts';
import { failed, ok, type Result } from '../faults/result.ts';
import type { FaceHint } from '../reception/ports.ts';
import { CHALLENGE, type ChallengeOptions, createChallenge } from './challenge.ts';
import type { Sightings } from './sightings.ts';

/** For one turn: time to hear it, to understand it and to do it. */
const TURN_LIMIT_MS = 10_000;

export type Watching = Omit<ChallengeOptions, 'startMs'> & {
  readonly clock: Clock;
  readonly sightings: Sightings;
  readonly onHint: (hint: FaceHint) => void;
};

/**
 * Asks for a turn of the head and watches it. False when the face was lost or was another one's: nothing of the attempt
 * counts any more. Faults: FACE-405, FACE-406, FACE-407 (not seen in time).
 */
export async function watchTurn(
  { clock, sightings, onHint, ...options }: Watching,
  signal: AbortSignal,
): Promise<Result<boolean>> {
  const challenge = createChallenge({ ...options, startMs: clock.now() });
  let { side } = challenge;
  let endMs = clock.now() + TURN_LIMIT_MS;
  let faceMs = clock.now();
  try {
    for (;;) {
      onHint(side === 'left' ? 'turn-left' : 'turn-right');
      const sighting = await sightings.next(endMs - clock.now(), signal);
      if (!sighting.ok) {
        return sighting.fault.code === 'FACE-402' ? failed('FACE-407', 'the turn of the head was not seen') : sighting;
      }
      if (!sighting.value) continue;
      if (sighting.value.at === 'hint') {
        if (sighting.value.hint === 'one-person' || clock.now() - faceMs > CHALLENGE.maxGapMs) return ok(false);
        continue;
      }
      faceMs = clock.now();
      const seen = challenge.see(sighting.value, clock.now());
      if (seen !== 'going-on') return ok(seen === 'passed');
      if (challenge.side !== side) endMs = clock.now() + TURN_LIMIT_MS;
      ({ side } = challenge);
    }
  } finally {
    challenge.wipe();
  }
}
