import { hash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { failed, ok, type Result } from '../faults/result.ts';
import type { Frame } from '../reception/ports.ts';
import type { Sighting } from './recognise.ts';
import { takeBytes } from './take-bytes.ts';
import { within } from './within.ts';
import type { FaceWorker } from './worker-host.ts';

/** A camera takes its time to start, and a browser may have to ask whether it may. */
const FIRST_FRAME_MS = 8_000;
const NEXT_FRAME_MS = 2_000;

/** What an attempt's frames show, one after the other. */
export interface Sightings {
  /**
   * Waits for the next frame and looks at it; `undefined` for a frame that counts for nothing (unreadable, out of order, or
   * seen before). Faults: FACE-402 (`limitMs` passed, or stopped), FACE-405 (frames ended, or none came), FACE-406.
   */
  next(limitMs: number, signal: AbortSignal): Promise<Result<Sighting | undefined>>;
}

export type SightingsOptions = {
  readonly worker: FaceWorker;
  readonly clock: Clock;
  readonly frames: AsyncIterator<Frame>;
  /** Whether this template was not seen before; see `createFreshness`. */
  readonly isFresh: (template: Float32Array) => boolean;
};

export function createSightings({ worker, clock, frames, isFresh }: SightingsOptions): Sightings {
  let frameLimitMs = FIRST_FRAME_MS;
  let newest = -1;
  return {
    async next(limitMs, signal) {
      if (limitMs <= 0) return failed('FACE-402', 'no usable face in time');
      const coming = frames.next();
      const next = await within(coming, Math.min(frameLimitMs, limitMs), clock, signal);
      if (next.at !== 'done') void coming.then(wipeFrame, () => {});
      if (next.at === 'aborted') return failed('FACE-402', 'stopped');
      if (next.at === 'late') return failed(limitMs < frameLimitMs ? 'FACE-402' : 'FACE-405', 'no frame in time');
      if (next.value.done) return failed('FACE-405', 'frames ended');

      frameLimitMs = NEXT_FRAME_MS;
      const { sequence, jpeg, infrared } = next.value.value;
      const [bytes, infraredBytes] = [takeBytes(jpeg), infrared && takeBytes(infrared)];
      if (sequence <= newest) {
        bytes.fill(0);
        infraredBytes?.fill(0);
        return ok(undefined);
      }
      newest = sequence;
      const sighting = await worker.look({ job: 'frame', bytes, ...(infraredBytes && { infrared: infraredBytes }) }, signal);
      if (signal.aborted) {
        if (sighting.ok && sighting.value.at === 'face') sighting.value.template.fill(0);
        return failed('FACE-402', 'stopped');
      }
      // A frame that cannot be read is passed over: the next one may be whole.
      if (!sighting.ok) return sighting.fault.code === 'FACE-402' ? ok(undefined) : sighting;
      if (sighting.value.at !== 'face' || isFresh(sighting.value.template)) return sighting;
      sighting.value.template.fill(0);
      return ok(undefined);
    },
  };
}

/** A picture that comes when nobody waits for it any more. */
function wipeFrame({ value }: IteratorResult<Frame>): void {
  value?.jpeg.fill(0);
  value?.infrared?.fill(0);
}

/**
 * Tells a replayed picture: equal pixels give an equal template, whatever the file around them says, and a live sensor
 * never gives the same pixels twice. Only digests are kept.
 */
export function createFreshness(): (template: Float32Array) => boolean {
  const seen = new Set<string>();
  return (template) => {
    const digest = hash('sha256', template);
    if (seen.has(digest)) return false;
    seen.add(digest);
    return true;
  };
}
