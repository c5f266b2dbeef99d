import { type Clock, deadline } from '../clock.ts';
import { failed, ok, type Result } from '../faults/result.ts';
import type { FaceDecision, FaceHint, FaceSession, Frame } from '../reception/ports.ts';
import { calmHints } from './calm-hints.ts';
import { drawSide, type Side, sideFor } from './challenge.ts';
import { createEnrolment, type Enrolment } from './enrolment.ts';
import { gatherFrames } from './gather.ts';
import { askMaskOff, mayBeMasked } from './mask-off.ts';
import { EMBEDDING_ID, MATCH_THRESHOLD } from './models.ts';
import type { Sighting } from './recognise.ts';
import { createFreshness, createSightings } from './sightings.ts';
import { takeBytes } from './take-bytes.ts';
import { createTrack, type Glimpse, medianScore } from './track.ts';
import { watchTurn } from './watch-turn.ts';
import { within } from './within.ts';
import type { FaceWorker } from './worker-host.ts';

/** Two people who take turns before the camera would else go on without end. Ends before the reception's own bound of 30 s. */
const ATTEMPT_LIMIT_MS = 28_000;
/** How often a turn that was broken off may begin anew in one attempt. */
const MAX_TURNS = 4;
/** The portrait may still be on its way over a slow line. */
const PORTRAIT_LIMIT_MS = 30_000;

export type FaceSessionOptions = {
  readonly clock: Clock;
  /** Whether a face that matches is asked for a turn of the head; `none` is for still photographs in measurements. */
  readonly challenge: 'turn' | 'none';
  /** Cryptographically strong bytes: the side to turn to must not be foreseen. */
  readonly random: (length: number) => Uint8Array;
};

/** One reception's comparison; FaceSession says what each call gives. */
export function openFaceSession(worker: FaceWorker, { clock, challenge, random }: FaceSessionOptions): FaceSession {
  const closing = new AbortController();
  const isFresh = createFreshness();
  let enrolment = createEnrolment();
  /** Which enrolment a match compares with now. */
  let inUse: Enrolment | undefined;
  /** Drawn once: whoever breaks off does not get another side. */
  let side: Side | undefined;

  type Attempt = {
    readonly frames: AsyncIterator<Frame>;
    readonly onHint: (hint: FaceHint) => void;
    readonly current: Enrolment;
  };

  /** Compares, and asks whoever matches for a turn of the head; begins anew when the face was lost meanwhile. */
  async function attempt({ frames, onHint, current }: Attempt, ending: AbortSignal): Promise<Result<FaceDecision>> {
    const limit = deadline(clock, ATTEMPT_LIMIT_MS, ending);
    const track = createTrack(MATCH_THRESHOLD);
    const sightings = createSightings({ worker, clock, frames, isFresh });
    const refusal = () => (current.result?.ok === false ? current.result : undefined);
    let turnsAsked = 0;
    let maskOff = false;
    try {
      for (;;) {
        const gathered = await gatherFrames({ clock, sightings, track, onHint, refusal }, limit.signal);
        if (!gathered.ok) return turnsAsked > 0 && limit.expired() ? notSeen : gathered;
        const portrait = await within(current.ended, PORTRAIT_LIMIT_MS, clock, ending);
        if (portrait.at !== 'done') return failed('FACE-404', 'the portrait did not come');
        if (!portrait.value.ok) return portrait.value;
        const decision = decide(portrait.value.value, track.glimpses);
        if (!decision.matched && !maskOff && mayBeMasked(track.glimpses)) {
          const off = await askMaskOff({ clock, sightings, onHint }, limit.signal);
          if (!off.ok) return off;
          if (!off.value) return ok(decision);
          maskOff = true;
          track.wipe();
          continue;
        }
        if (!decision.matched || challenge === 'none') return ok(decision);
        if (++turnsAsked > MAX_TURNS) return notSeen;
        const front = track.glimpses;
        side ??= drawSide(random);
        const watching = { clock, sightings, onHint, portrait: portrait.value.value, front, side: sideFor(front, side) };
        const turned = await watchTurn(watching, limit.signal);
        if (!turned.ok) return turned;
        if (turned.value) return ok({ ...decision, liveness: 'head-turned' });
        track.wipe();
      }
    } finally {
      limit.done();
      track.wipe();
    }
  }

  return {
    async enrol(portraitJp2, signal) {
      if (enrolment.result) {
        if (enrolment !== inUse) enrolment.wipe();
        enrolment = createEnrolment();
      }
      const current = enrolment;
      const bytes = takeBytes(portraitJp2);
      const seen = await worker.look({ job: 'portrait', bytes }, AbortSignal.any([signal, closing.signal]));
      const result = seen.ok ? ok(templateOf(seen.value)) : seen;
      if (current.result) {
        if (result.ok) result.value.fill(0);
        return failed('FACE-406', 'another portrait was enrolled meanwhile');
      }
      current.end(result);
      if (closing.signal.aborted) current.wipe();
      return result.ok ? ok() : result;
    },

    async match(frames, onHint, signal) {
      // An enrolment that failed belongs to an earlier attempt; this one's is still to come.
      if (enrolment.result?.ok === false) enrolment = createEnrolment();
      const iterator = frames[Symbol.asyncIterator]();
      const current = enrolment;
      inUse = current;
      try {
        return await attempt(
          { frames: iterator, onHint: calmHints(onHint, clock), current },
          AbortSignal.any([signal, closing.signal]),
        );
      } finally {
        inUse = undefined;
        if (current !== enrolment) current.wipe();
        // Not awaited: a camera that hangs must not hold the answer back.
        void iterator.return?.();
      }
    },

    close() {
      closing.abort();
      enrolment.wipe();
    },
  };
}

const notSeen = failed('FACE-407', 'the turn of the head was not seen');

function decide(portrait: Float32Array, glimpses: readonly Glimpse[]): FaceDecision {
  const score = medianScore(portrait, glimpses);
  return {
    matched: score >= MATCH_THRESHOLD,
    score,
    threshold: MATCH_THRESHOLD,
    frames: glimpses.length,
    liveness: 'not-asked',
    model: EMBEDDING_ID,
  };
}

function templateOf(sighting: Sighting): Float32Array {
  if (sighting.at === 'hint') throw new Error('a portrait is never answered with a hint');
  return sighting.template;
}
