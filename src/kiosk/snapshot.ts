import type { Prescription } from '../reception/questions.ts';
import { faceOpen, PASSWORD_DIGITS, visualOpen } from '../reception/rules.ts';
import type { Reception, State } from '../reception/state.ts';
import type { Capture, Openness, Screen } from './protocol.ts';

export type ScreenContext = {
  /** The capture that runs; undefined until the camera is open. */
  readonly capture: Capture | undefined;
  /** Whether the reader can compare faces at all: models loaded, camera there. */
  readonly faceReady: boolean;
  /** What can be dispensed; read only where that is asked. */
  readonly prescriptions: () => readonly Prescription[];
};

/** What the kiosk shows of a state: a pure projection, with nothing in it that the page does not draw. */
export function screenOf(state: State, context: ScreenContext): Screen {
  switch (state.at) {
    case 'idle':
    case 'reading':
    case 'verifying-pin':
    case 'verifying-staff':
    case 'offering-registration':
    case 'registering':
    case 'qualification-only':
      return { at: state.at };
    case 'unavailable':
    case 'interrupted':
      return { at: state.at, code: state.code };
    case 'choosing': {
      const { reception } = state;
      return { at: state.at, face: faceOpenness(reception, context), pin: pinOpenness(reception), visual: visualOpen(state) };
    }
    case 'matching-face':
      // Until the camera is open the page shows an empty preview and opens none of its own.
      return {
        at: state.at,
        hint: state.hint,
        capture: context.capture ?? { source: 'reader' },
        pin: pinOpenness(state.reception),
      };
    case 'face-retry':
      return { at: state.at, code: state.code, pin: pinOpenness(state.reception), visual: visualOpen(state) };
    case 'warning-last-try':
      return { at: state.at, face: faceOpenness(state.reception, context), visual: visualOpen(state) };
    case 'entering-pin': {
      const { at, reception, triesLeft, digits, rejected } = state;
      return { at, triesLeft, digits, rejected, face: faceOpenness(reception, context), visual: visualOpen(state) };
    }
    case 'typing-code':
      return { at: state.at, digits: state.digits, pin: pinOpenness(state.reception) };
    case 'asking-staff': {
      const { at, digits, triesLeft } = state;
      return { at, digits, ...PASSWORD_DIGITS, ...(triesLeft === undefined ? {} : { triesLeft }) };
    }
    case 'proving':
      return { at: state.at, method: state.method };
    case 'asking': {
      const [question] = state.questions;
      return { at: state.at, question, ...(question.ask === 'dispensing' ? { prescriptions: context.prescriptions() } : {}) };
    }
    case 'querying':
      return { at: state.at, cardGone: state.cardGone };
    case 'recording':
    case 'recording-pending':
      return { at: 'recording', cardGone: state.cardGone };
    case 'done': {
      const { at, reception, method, validity, handOver, cardGone, cutShort } = state;
      const { certificateDays } = reception;
      return {
        ...{ at, method, validity, handOver, cardGone, cutShort },
        ...(certificateDays === undefined ? {} : { certificateDays }),
      };
    }
    case 'pending':
      return { at: state.at, code: state.code, number: receptionNumber(state.reception.id), cardGone: state.cardGone };
    case 'stopped':
      return { at: state.at, code: state.code, offers: state.offers };
    case 'take-card':
      return { at: state.at, accepted: state.accepted, reminders: state.reminders };
  }
}

/** Short enough to be said at a desk: the id's last six characters, in capitals. */
const receptionNumber = (id: string): string => id.slice(-6).toUpperCase();

function faceOpenness(reception: Reception, { faceReady }: ScreenContext): Openness {
  if (!faceReady || reception.faceOff) return 'face-off';
  if (faceOpen(reception)) return 'open';
  return reception.faceAttempts > 0 ? 'face-tried' : 'no-portrait';
}

function pinOpenness({ pin }: Reception): Openness {
  if (pin.at === 'ready' && pin.triesLeft > 0) return 'open';
  return pin.at === 'absent' ? 'pin-absent' : 'pin-locked';
}
