/**
 * The flow, as a pure function: `transition(state, event) → { state, effects }`.
 *
 *   idle → reading → choosing ─┬→ matching-face ⇄ face-retry ──────────────────────┐
 *                              ├→ [warning-last-try →] entering-pin ⇄ verifying-pin ┼→ proving
 *                              └→ asking-staff ⇄ verifying-staff ──────────────────┘     │
 *     ┌──────────────────────────────────────────────────────────────────────────────────┘
 *     └→ [offering-registration → registering →] [qualification-only | asking …] → querying
 *           → recording → done                    → take-card → idle
 *           → recording-pending → pending ────────┘
 *
 * Any step may lead to `stopped`, which offers the ways that are still open. A phone goes from `reading` to its PIN, or
 * has asked its owner itself and goes to `proving`. A card that is taken ends the reception until identity is proved;
 * from then on the eligibility is finished without it, with nothing agreed to that was not answered.
 */
import type { FaultCode } from '../faults/catalogue.ts';
import { failed } from '../faults/result.ts';
import { boundOf } from './bounds.ts';
import { finishWithoutCard, pendingRecorded, queried, recorded, recordPending } from './ending-steps.ts';
import type { Event } from './event.ts';
import {
  begin,
  faceDecided,
  faceFailed,
  gatewayFailed,
  matchWithTypedCode,
  mayChoose,
  pinVerified,
  staffVerified,
  verifyPin,
} from './identity-steps.ts';
import { answerTo, proved, qualificationAlone, register, registrationDeclined } from './question-steps.ts';
import { CODE_B_DIGITS, isFree, isPatientsTurn, isResting, PASSWORD_DIGITS, PIN_DIGITS, visualOpen } from './rules.ts';
import type { Intent, State } from './state.ts';
import { type At, ended, type InReception, interrupted, type Step, stay, stop, takeCard, to } from './step.ts';
import { cannotBeRead, surveyed } from './survey-steps.ts';

export function transition(state: State, event: Event): Step {
  switch (event.type) {
    case 'card-placed':
      return isFree(state) ? cardPlaced(state, event.receptionId) : stay(state);
    case 'card-removed':
      return cardRemoved(state);
    case 'module-lost':
      return moduleLost(state, event.code);
    case 'module-ready':
      return state.at === 'unavailable' && !isResting(state) ? to({ at: 'idle' }) : stay(state);
    case 'rest':
      return state.at === 'idle' || state.at === 'unavailable' ? to({ at: 'unavailable', code: event.code }) : stay(state);
    case 'resume':
      return isResting(state) ? to({ at: 'idle' }) : stay(state);
    case 'page-lost':
      return pageLost(state);
    case 'intent':
      return 'reception' in state ? patientSaid(calm(state), event.intent) : stay(state);
    case 'key':
      return keyPressed(state, event.digits);
    case 'time-short':
      return 'reception' in state && isPatientsTurn(state) ? to(hurried(state, true)) : stay(state);
    case 'time-out':
      return timeOut(state);
    case 'approved':
      return approved(state, event.receptionId, event.approver);
    default:
      return 'reception' in state && state.reception.id === event.receptionId ? answered(state, event) : stay(state);
  }
}

function cardPlaced(state: State, receptionId: string): Step {
  const reception = {
    pin: { at: 'absent' },
    carrier: 'card',
    face: false,
    visual: false,
    faceAttempts: 0,
    hurry: false,
    ...(state.at === 'idle' && state.unread !== undefined ? { unread: state.unread } : {}),
  } as const;
  return to(
    { at: 'reading', reception: { id: receptionId, ...reception } },
    { do: 'play', sound: 'placed' },
    { do: 'audit', event: { name: 'reception.started', receptionId } },
    { do: 'open-gateway' },
    { do: 'survey' },
  );
}

function cardRemoved(state: State): Step {
  switch (state.at) {
    case 'idle':
    case 'unavailable':
    case 'interrupted':
      return stay(state);
    case 'qualification-only':
    case 'asking':
      return finishWithoutCard(state);
    case 'querying':
    case 'recording':
    case 'recording-pending':
    case 'done':
    case 'pending':
      return to({ ...state, cardGone: true }, { do: 'forget-card' });
    case 'take-card':
    case 'stopped':
      return to(freeAfter(state), { do: 'end' });
    default:
      return interrupted(state, 'CARD-101');
  }
}

const freeAfter = ({ reception: { unread } }: InReception): State =>
  unread === undefined ? { at: 'idle' } : { at: 'idle', unread };

/** Where the card is no longer needed, neither is its module. */
function moduleLost(state: State, code: FaultCode): Step {
  if (isResting(state)) return stay(state);
  if (!('reception' in state)) return to({ at: 'unavailable', code });
  if ('cardGone' in state || state.at === 'asking' || state.at === 'qualification-only') return cardRemoved(state);
  return to({ at: 'unavailable', code }, ended(state, code), { do: 'end' });
}

/** What is being finished is finished; in all else nobody can see what they would answer. */
function pageLost(state: State): Step {
  if (!('reception' in state) || 'cardGone' in state || state.at === 'take-card') return stay(state);
  return stop(state, 'SYS-903');
}

function timeOut(state: State): Step {
  switch (state.at) {
    case 'unavailable':
      return stay(state);
    case 'idle':
    case 'interrupted':
      return to({ at: 'idle' });
    case 'reading':
      return cannotBeRead(state.reception, boundOf(state)?.code ?? 'SYS-901');
    case 'done':
    case 'pending':
      return state.cardGone ? to({ at: 'idle' }) : takeCard(state, true);
    case 'stopped':
      return takeCard(state, false);
    case 'take-card':
      return remind(state);
    case 'querying':
      return recordPending(state, 'GATE-502');
    case 'recording':
      return recorded(state, failed('REC-701'));
    case 'recording-pending':
      return pendingRecorded(state, failed('REC-701'));
    default:
      return stop(state, boundOf(state)?.code ?? 'SYS-901');
  }
}

/** So many reminders after which staff are told of a card that was left behind. */
const LEFT_BEHIND = 6;

function remind(state: At<'take-card'>): Step {
  const reminders = state.reminders + 1;
  const left = { do: 'audit', event: { name: 'card.left', receptionId: state.reception.id, reminders } } as const;
  return to(
    { ...state, reminders },
    { do: 'play', sound: 'take-card', urgency: reminders },
    ...(reminders === LEFT_BEHIND ? [left] : []),
  );
}

const hurried = (state: InReception, hurry: boolean): InReception => ({ ...state, reception: { ...state.reception, hurry } });

/** Whatever a patient does shows that somebody is there. */
const calm = (state: InReception): InReception => (state.reception.hurry ? hurried(state, false) : state);

function keyPressed(state: State, digits: number): Step {
  if (!('reception' in state)) return stay(state);
  const now = calm(state);
  if (now.at === 'typing-code' || now.at === 'asking-staff') return to({ ...now, digits });
  return now.at === 'entering-pin' ? to({ ...now, digits, rejected: false }) : stay(state);
}

function patientSaid(state: InReception, intent: Intent): Step {
  switch (intent.type) {
    case 'extend':
      return to(state);
    case 'stop':
      return patientStops(state);
    case 'choose':
      return mayChoose(state, intent.method) ? begin(state.reception, intent.method) : to(state);
    case 'type-code':
      return state.at === 'stopped' && state.offers.includes('type-code')
        ? to({ at: 'typing-code', reception: state.reception, digits: 0 })
        : to(state);
    case 'ask-staff':
      return visualOpen(state) && state.at !== 'asking-staff'
        ? to({ at: 'asking-staff', reception: state.reception, digits: 0 }, { do: 'clear-entry' })
        : to(state);
    case 'register':
      return state.at === 'offering-registration' ? register(state) : to(state);
    case 'answer':
      return state.at === 'asking' ? answerTo(state, intent.answer) : to(state);
    case 'continue':
      return goOn(state);
  }
}

function goOn(state: InReception): Step {
  switch (state.at) {
    case 'typing-code':
      return state.digits === CODE_B_DIGITS ? matchWithTypedCode(state.reception) : to(state);
    case 'warning-last-try':
      return begin(state.reception, 'pin', { warned: true });
    case 'entering-pin':
      return state.digits === PIN_DIGITS ? verifyPin(state) : to(state);
    case 'asking-staff':
      return state.digits >= PASSWORD_DIGITS.least
        ? to({ at: 'verifying-staff', reception: state.reception }, { do: 'verify-staff' })
        : to(state);
    case 'qualification-only':
      return qualificationAlone(state);
    case 'stopped':
    case 'done':
    case 'pending':
      return 'cardGone' in state && state.cardGone ? to({ at: 'idle' }) : takeCard(state, state.at !== 'stopped');
    default:
      return to(state);
  }
}

function patientStops(state: InReception): Step {
  if (state.at === 'stopped') return takeCard(state, false);
  if (!isPatientsTurn(state)) return to(state);
  if (state.at === 'offering-registration') return registrationDeclined(state);
  return takeCard(state, false, ended(state, 'TIME-802'));
}

function approved(state: State, receptionId: string, approver: string): Step {
  if (!visualOpen(state) || !('reception' in state) || state.reception.id !== receptionId) return stay(state);
  return confirmedByEye(state, approver);
}

function confirmedByEye({ reception }: InReception, approver: string): Step {
  return to(
    { at: 'proving', reception: { ...reception, hurry: false }, method: 'visual' },
    { do: 'clear-entry' },
    { do: 'audit', event: { name: 'visual.approved', receptionId: reception.id, approver } },
    { do: 'prove', method: 'visual', approver },
  );
}

function answered(state: InReception, event: Extract<Event, { receptionId: string }>): Step {
  switch (event.type) {
    case 'surveyed':
      return state.at === 'reading' ? surveyed(state.reception, event) : stay(state);
    case 'gateway-opened':
      return event.result.ok ? stay(state) : gatewayFailed(state, event.result.fault.code);
    case 'face-hinted':
      return state.at === 'matching-face' && state.hint !== event.hint ? to({ ...state, hint: event.hint }) : stay(state);
    case 'face-decided':
      if (state.at !== 'matching-face') return stay(state);
      return event.result.ok
        ? faceDecided(state.reception, event.result.value)
        : faceFailed(state.reception, event.result.fault.code, event.noPortrait);
    case 'pin-verified':
      if (state.at !== 'verifying-pin') return stay(state);
      return event.result.ok ? pinVerified(state, event.result.value) : stop(state, event.result.fault.code);
    case 'staff-verified': {
      if (state.at !== 'verifying-staff') return stay(state);
      if (!event.result.ok) return stop(state, event.result.fault.code);
      const verdict = event.result.value;
      return verdict.at === 'right' ? confirmedByEye(state, 'counter') : staffVerified(state, verdict);
    }
    case 'proved':
      return state.at === 'proving' ? proved(state, event.result) : stay(state);
    case 'registered':
      return state.at === 'registering' ? proved(state, event.result) : stay(state);
    case 'eligibility-answered':
      return state.at === 'querying' ? queried(state, event.result) : stay(state);
    case 'recorded':
      return state.at === 'recording' ? recorded(state, event.result, event.nameWanted) : stay(state);
    case 'pending-recorded':
      return state.at === 'recording-pending' ? pendingRecorded(state, event.result) : stay(state);
    default:
      return stay(state);
  }
}
