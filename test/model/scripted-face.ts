/**
 * A face port that decides as the test has set it. Of all parts it alone is not the product's: thousands of steps through
 * the real worker would take hours, and what that decides is tested in test/face.
 */
import { type Clock, pause } from '../../src/clock.ts';
import { failed, ok } from '../../src/faults/result.ts';
import type { FacePort, FaceSession } from '../../src/reception/ports.ts';

export const sights = ['the-holder', 'somebody-else', 'nobody', 'no-camera'] as const;
export type Sight = (typeof sights)[number];

export type ScriptedFace<C extends Clock = Clock> = FacePort & {
  readonly clock: C;
  /** Who is before the camera from now on. */
  sight: Sight;
  /** Every portrait that was handed over: wiped by the port, as its contract has it. */
  readonly portraits: Uint8Array[];
  close(): Promise<void>;
};

const ENROL_MS = 300;
const LOOK_MS = 1_200;

export function scriptedFace<C extends Clock>(clock: C): ScriptedFace<C> {
  const face: ScriptedFace<C> = {
    clock,
    sight: 'the-holder',
    portraits: [],
    ready: async () => ok(),
    open: () => openSession(face),
    close: async () => {},
  };
  return face;
}

function openSession(face: ScriptedFace): ReturnType<FacePort['open']> {
  const enrolled = Promise.withResolvers<void>();
  const session: FaceSession = {
    async enrol(portrait, signal) {
      face.portraits.push(portrait);
      await pause(face.clock, ENROL_MS, signal);
      portrait.fill(0);
      if (signal.aborted) return failed('FACE-406', 'aborted');
      enrolled.resolve();
      return ok();
    },
    async match(_frames, onHint, signal) {
      onHint('look-here');
      await pause(face.clock, LOOK_MS, signal);
      onHint('comparing');
      await Promise.race([enrolled.promise, aborted(signal)]);
      if (signal.aborted) return failed('FACE-402', 'aborted');
      if (face.sight === 'nobody') return failed('FACE-402');
      if (face.sight === 'no-camera') return failed('FACE-405');
      const matched = face.sight === 'the-holder';
      const seen = { frames: 3, threshold: 0.5, model: 'scripted', liveness: 'not-asked' } as const;
      return ok({ ...seen, matched, score: matched ? 0.9 : 0.1 });
    },
    close() {},
  };
  return session;
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
