import type { Clock } from '../clock.ts';
import { ok, type Result } from '../faults/result.ts';
import type { FaceHint } from '../reception/ports.ts';
import type { Sightings } from './sightings.ts';
import type { Track } from './track.ts';

/** One frame may be lucky; of three the median is taken. */
const FRAMES_TO_DECIDE = 3;
const NO_FACE_MS = 12_000;
/** Whoever was away for so long may be another one. */
const LOST_MS = 1_000;

export type Gathering = {
  readonly clock: Clock;
  readonly sightings: Sightings;
  readonly track: Track;
  readonly onHint: (hint: FaceHint) => void;
  /** Why no frame can be compared any more, once that is so. */
  readonly refusal: () => Result<never> | undefined;
};

/**
 * Fills the track with good frames of one face.
 * Faults: FACE-402 (no usable face in time), FACE-405 (frames ended, or none came), FACE-406, and that of `refusal`.
 */
export async function gatherFrames(gathering: Gathering, signal: AbortSignal): Promise<Result<void>> {
  const { clock, sightings, track, onHint, refusal } = gathering;
  let faceAt = clock.now();
  while (track.glimpses.length < FRAMES_TO_DECIDE) {
    const refused = refusal();
    if (refused) return refused;
    const sighting = await sightings.next(faceAt + NO_FACE_MS - clock.now(), signal);
    if (!sighting.ok) return sighting;
    if (!sighting.value) continue;
    const { value } = sighting;
    if (clock.now() - faceAt > LOST_MS || (value.at === 'hint' && value.hint === 'one-person')) track.wipe();
    if (value.at === 'face') {
      faceAt = clock.now();
      track.add(value);
    }
    onHint(value.at === 'hint' ? value.hint : 'comparing');
  }
  return ok();
}
