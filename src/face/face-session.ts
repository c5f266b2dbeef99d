import { type Clock, deadline } from '../clock.ts';
import { failed, ok } from '../faults/result.ts';
import type { FaceDecision, FaceSession } from '../reception/ports.ts';
import { calmHints } from './calm-hints.ts';
import { createEnrolment } from './enrolment.ts';
import { gatherFrames } from './gather.ts';
import { embeddingModel, MATCH_THRESHOLD } from './models.ts';
import type { Sighting } from './recognise.ts';
import { takeBytes } from './take-bytes.ts';
import { createTrack, medianScore } from './track.ts';
import { within } from './within.ts';
import type { FaceWorker } from './worker-host.ts';

/** Two people who take turns before the camera would else go on without end. */
const GATHER_LIMIT_MS = 30_000;
/** The portrait may still be on its way over a slow line. */
const PORTRAIT_LIMIT_MS = 30_000;

/** One reception's comparison; FaceSession says what each call gives. */
export function openFaceSession(worker: FaceWorker, clock: Clock): FaceSession {
  const closing = new AbortController();
  let enrolment = createEnrolment();

  function decide(portrait: Float32Array, templates: readonly Float32Array[]): FaceDecision {
    const score = medianScore(portrait, templates);
    const matched = score >= MATCH_THRESHOLD;
    return { matched, score, threshold: MATCH_THRESHOLD, frames: templates.length, model: embeddingModel.id };
  }

  return {
    async enrol(portraitJp2, signal) {
      if (enrolment.result) {
        enrolment.wipe();
        enrolment = createEnrolment();
      }
      const current = enrolment;
      const seen = await worker.look('portrait', takeBytes(portraitJp2), AbortSignal.any([signal, closing.signal]));
      const result = seen.ok ? ok(templateOf(seen.value)) : seen;
      current.end(result);
      if (closing.signal.aborted) current.wipe();
      return result.ok ? ok() : result;
    },

    async match(frames, onHint, signal) {
      // An enrolment that failed belongs to an earlier attempt; this one's is still to come.
      if (enrolment.result?.ok === false) enrolment = createEnrolment();
      const current = enrolment;
      const ending = AbortSignal.any([signal, closing.signal]);
      const limit = deadline(clock, GATHER_LIMIT_MS, ending);
      const track = createTrack(MATCH_THRESHOLD);
      const iterator = frames[Symbol.asyncIterator]();
      const refusal = () => (current.result?.ok === false ? current.result : undefined);
      const gathering = { worker, clock, frames: iterator, track, onHint: calmHints(onHint, clock), refusal };
      try {
        const gathered = await gatherFrames(gathering, limit.signal);
        if (!gathered.ok) return gathered;
        const portrait = await within(current.ended, PORTRAIT_LIMIT_MS, clock, ending);
        if (portrait.at !== 'done') return failed('FACE-404', 'the portrait did not come');
        return portrait.value.ok ? ok(decide(portrait.value.value, track.templates)) : portrait.value;
      } finally {
        limit.done();
        track.wipe();
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

function templateOf(sighting: Sighting): Float32Array {
  if (sighting.at === 'hint') throw new Error('a portrait is never answered with a hint');
  return sighting.template;
}
