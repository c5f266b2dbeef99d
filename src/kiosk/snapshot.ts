import { faceOpen } from '../reception/rules.ts';
import type { Reception, State } from '../reception/state.ts';
import type { Capture, Openness, Screen } from './protocol.ts';

export type ScreenContext = {
  /** The capture that runs; undefined until the camera is open. */
  readonly capture: Capture | undefined;
  /** Whether the reader can compare faces at all: models loaded, camera there. */
  readonly faceReady: boolean;
};

/** What the kiosk shows of a state: a pure projection, with nothing in it that the page does not draw. */
export function screenOf(state: State, context: ScreenContext): Screen {
  switch (state.at) {
    case 'idle':
    case 'reading':
    case 'verifying-pin':
    case 'consenting':
    case 'querying':
    case 'recording':
      return { at: state.at };
    case 'unavailable':
    case 'interrupted':
      return { at: state.at, code: state.code };
    case 'choosing':
      return { at: state.at, face: faceOpenness(state.reception, context), pin: pinOpenness(state.reception) };
    case 'matching-face':
      // Until the camera is open the page shows an empty preview and opens none of its own.
      return {
        at: state.at,
        hint: state.hint,
        capture: context.capture ?? { source: 'reader' },
        pin: pinOpenness(state.reception),
      };
    case 'face-retry':
      return { at: state.at, code: state.code, pin: pinOpenness(state.reception) };
    case 'warning-last-try':
      return { at: state.at, face: faceOpenness(state.reception, context) };
    case 'entering-pin': {
      const { at, triesLeft, digits, rejected } = state;
      return { at, triesLeft, digits, rejected, face: faceOpenness(state.reception, context) };
    }
    case 'typing-code':
      return { at: state.at, digits: state.digits, pin: pinOpenness(state.reception) };
    case 'proving':
      return { at: state.at, method: state.method };
    case 'done':
      return {
        at: state.at,
        method: state.method,
        validity: state.validity,
        handOver: state.handOver,
        cardGone: state.cardGone,
      };
    case 'stopped':
      return { at: state.at, code: state.code, offers: state.offers };
    case 'take-card':
      return { at: state.at, accepted: state.accepted };
  }
}

function faceOpenness(reception: Reception, { faceReady }: ScreenContext): Openness {
  if (!faceReady) return 'face-off';
  if (faceOpen(reception)) return 'open';
  return reception.faceAttempts > 0 ? 'face-tried' : 'no-portrait';
}

function pinOpenness({ pin }: Reception): Openness {
  if (pin.at === 'ready' && pin.triesLeft > 0) return 'open';
  return pin.at === 'absent' ? 'pin-absent' : 'pin-locked';
}
