import { hash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { failed, ok, type Result } from '../faults/result.ts';
import type { FaceHint, Frame } from '../reception/ports.ts';
import { takeBytes } from './take-bytes.ts';
import type { Track } from './track.ts';
import { within } from './within.ts';
import type { FaceWorker } from './worker-host.ts';

/** One frame may be lucky; of three the median is taken. */
const FRAMES_TO_DECIDE = 3;
/** A camera takes its time to start, and a browser may have to ask whether it may. */
const FIRST_FRAME_MS = 8_000;
const NEXT_FRAME_MS = 2_000;
const NO_FACE_MS = 12_000;

export type Gathering = {
  readonly worker: FaceWorker;
  readonly clock: Clock;
  readonly frames: AsyncIterator<Frame>;
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
  const { worker, clock, frames, track, onHint, refusal } = gathering;
  const isFresh = createFreshness();
  let faceAt = clock.now();
  let frameLimitMs = FIRST_FRAME_MS;
  while (track.templates.length < FRAMES_TO_DECIDE) {
    const refused = refusal();
    if (refused) return refused;
    const faceLimitMs = faceAt + NO_FACE_MS - clock.now();
    if (faceLimitMs <= 0) return failed('FACE-402', 'no usable face in time');
    const next = await within(frames.next(), Math.min(frameLimitMs, faceLimitMs), clock, signal);
    if (next.at === 'aborted') return failed('FACE-402', 'stopped');
    if (next.at === 'late') return failed(faceLimitMs < frameLimitMs ? 'FACE-402' : 'FACE-405', 'no frame in time');
    if (next.value.done) return failed('FACE-405', 'frames ended');

    frameLimitMs = NEXT_FRAME_MS;
    const { sequence, jpeg } = next.value.value;
    const bytes = takeBytes(jpeg);
    if (!isFresh(sequence, bytes)) {
      bytes.fill(0);
      continue;
    }
    const sighting = await worker.look('frame', bytes, signal);
    if (!sighting.ok) {
      // A frame that cannot be read is passed over: the next one may be whole.
      if (sighting.fault.code === 'FACE-402') continue;
      return sighting;
    }
    if (sighting.value.at === 'face') {
      faceAt = clock.now();
      track.add(sighting.value);
    }
    onHint(sighting.value.at === 'hint' ? sighting.value.hint : 'comparing');
  }
  return ok();
}

/** Refuses a frame out of order, and one whose bytes came before: a live sensor never gives the same picture twice. */
function createFreshness(): (sequence: number, jpeg: Uint8Array) => boolean {
  const seen = new Set<string>();
  let newest = -1;
  return (sequence, jpeg) => {
    const digest = hash('sha256', jpeg);
    if (sequence <= newest || seen.has(digest)) return false;
    newest = sequence;
    seen.add(digest);
    return true;
  };
}
