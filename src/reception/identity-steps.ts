/** From the choice to a confirmed holder: by face, by PIN, or by staff. */
import type { FaultCode } from '../faults/catalogue.ts';
import type { Effect } from './event.ts';
import type { FaceDecision, PasswordVerdict, PinVerdict } from './ports.ts';
import { faceOpen, pinOpen } from './rules.ts';
import type { Reception } from './state.ts';
import { type At, type InReception, type Step, stay, stop, to, withEffect } from './step.ts';

/** Told at once while the patient would otherwise go on in vain; where the card is at work, the next step tells. */
export function gatewayFailed(state: InReception, code: FaultCode): Step {
  switch (state.at) {
    case 'reading':
      return to({ ...state, reception: { ...state.reception, gatewayFault: code } });
    case 'choosing':
    case 'matching-face':
    case 'face-retry':
    case 'warning-last-try':
    case 'entering-pin':
    case 'asking-staff':
      return stop(state, code);
    default:
      return stay(state);
  }
}

export function mayChoose(state: InReception, method: 'face' | 'pin'): boolean {
  const open = method === 'face' ? faceOpen(state.reception) : pinOpen(state.reception);
  switch (state.at) {
    case 'choosing':
    case 'face-retry':
    case 'warning-last-try':
    case 'asking-staff':
      return open;
    case 'matching-face':
    case 'typing-code':
      return open && method === 'pin';
    case 'entering-pin':
      return open && method === 'face';
    case 'stopped':
      return open && state.offers.includes(method);
    default:
      return false;
  }
}

/** `warned`: the patient knows that it is the last try. */
export function begin(reception: Reception, method: 'face' | 'pin', { warned = false } = {}): Step {
  if (method === 'face') {
    return to({ at: 'matching-face', reception, hint: 'look-here' }, { do: 'clear-entry' }, { do: 'match-face' });
  }
  return reception.pin.at === 'ready' && reception.pin.triesLeft === 1 && !warned
    ? to({ at: 'warning-last-try', reception }, { do: 'clear-entry' })
    : enterPin(reception, false);
}

function enterPin(reception: Reception, rejected: boolean): Step {
  const triesLeft = reception.pin.at === 'ready' ? reception.pin.triesLeft : 0;
  return to({ at: 'entering-pin', reception, triesLeft, digits: 0, rejected }, { do: 'clear-entry' });
}

export const verifyPin = ({ reception, triesLeft }: At<'entering-pin'>): Step =>
  to({ at: 'verifying-pin', reception, triesLeft }, { do: 'verify-pin', knownTriesLeft: triesLeft });

/** A typed 照合番号B opens the way that an unreadable front had closed; it stays in memory until the card has it. */
export const matchWithTypedCode = (reception: Reception): Step =>
  to({ at: 'matching-face', reception: { ...reception, face: true }, hint: 'look-here' }, { do: 'match-face' });

export function faceDecided(reception: Reception, decision: FaceDecision): Step {
  const { matched, score, threshold, liveness, model } = decision;
  const audit: Effect = {
    do: 'audit',
    event: { name: 'face.decided', receptionId: reception.id, matched, score, threshold, liveness, model },
  };
  if (matched) return to({ at: 'proving', reception, method: 'face' }, audit, { do: 'prove', method: 'face' });
  return withEffect(faceAgain(reception, 'FACE-401'), audit);
}

/** `noPortrait`: without one staff have nothing to compare the person with either. */
export function faceFailed(reception: Reception, code: FaultCode, noPortrait = false): Step {
  if (code === 'FACE-402' || code === 'FACE-407') {
    const undecided = { name: 'face.undecided', receptionId: reception.id, code } as const;
    return withEffect(faceAgain(reception, code), { do: 'audit', event: undecided });
  }
  const closed = noPortrait ? { visual: false } : { faceOff: true as const };
  return stop({ reception: { ...reception, face: false, ...closed } }, code);
}

function faceAgain(before: Reception, code: FaultCode): Step {
  const reception = { ...before, faceAttempts: before.faceAttempts + 1 };
  return faceOpen(reception)
    ? to({ at: 'face-retry', reception, code }, { do: 'play', sound: 'help' })
    : stop({ reception }, code);
}

export function pinVerified({ reception: before }: At<'verifying-pin'>, verdict: PinVerdict): Step {
  const receptionId = before.id;
  switch (verdict.at) {
    case 'right': {
      const method = before.carrier === 'card' ? 'pin' : 'phone-pin';
      return to(
        { at: 'proving', reception: before, method },
        { do: 'audit', event: { name: 'pin.right', receptionId } },
        { do: 'prove', method },
      );
    }
    case 'locked':
      return withEffect(stop({ reception: { ...before, pin: { at: 'locked' } } }, 'PIN-302'), {
        do: 'audit',
        event: { name: 'pin.locked', receptionId },
      });
    case 'wrong': {
      const { triesLeft } = verdict;
      const reception: Reception = { ...before, pin: { at: 'ready', triesLeft } };
      return withEffect(
        triesLeft === 1 ? begin(reception, 'pin') : enterPin(reception, true),
        { do: 'audit', event: { name: 'pin.wrong', receptionId, triesLeft } },
        { do: 'play', sound: 'help' },
      );
    }
  }
}

/** The facility password was wrong. After too many the password itself is locked; the desk can still approve. */
export function staffVerified({ reception }: At<'verifying-staff'>, verdict: Exclude<PasswordVerdict, { at: 'right' }>): Step {
  const receptionId = reception.id;
  if (verdict.at === 'locked') {
    return withEffect(stop({ reception }, 'STAFF-851'), {
      do: 'audit',
      event: { name: 'staff.locked', receptionId },
    });
  }
  const { triesLeft } = verdict;
  return to(
    { at: 'asking-staff', reception, digits: 0, triesLeft },
    { do: 'audit', event: { name: 'staff.wrong', receptionId, triesLeft } },
    { do: 'play', sound: 'help' },
  );
}
