/**
 * The flow, as a pure function: `transition(state, event) → { state, effects }`.
 *
 *   idle → reading → choosing ─┬→ matching-face ⇄ face-retry ─────────────┐
 *                              └→ [warning-last-try →] entering-pin ⇄     ├→ proving → consenting → querying
 *                                 verifying-pin ──────────────────────────┘      → recording → done → take-card → idle
 *
 * Any step may lead to `stopped`, which offers the ways that are still open; where the printed front could not be read,
 * staff may type what stands there (typing-code) and the face is matched after all. A card that is taken ends the
 * reception from every state; only while it is being recorded does the record finish first, so that screen and
 * record never disagree.
 */
import type { FaultCode } from '../faults/catalogue.ts';
import { boundOf } from './bounds.ts';
import type { Effect, Event } from './event.ts';
import type { CardSurvey, FaceDecision, Method, PinVerdict } from './ports.ts';
import { CODE_B_DIGITS, faceOpen, isPatientsTurn, offersFor, outcomeOf, PIN_DIGITS, pinOpen } from './rules.ts';
import type { Intent, Reception, State } from './state.ts';

export type Step = { readonly state: State; readonly effects: readonly Effect[] };
type InReception = Extract<State, { reception: Reception }>;

export function transition(state: State, event: Event): Step {
  switch (event.type) {
    case 'card-placed':
      return cardPlaced(state, event.receptionId);
    case 'card-removed':
      return cardRemoved(state);
    case 'module-lost':
      return moduleLost(state, event.code);
    case 'module-ready':
      return state.at === 'unavailable' ? to({ at: 'idle' }) : stay(state);
    case 'intent':
      return 'reception' in state ? patientSaid(state, event.intent) : stay(state);
    case 'pin-key':
      if (state.at === 'typing-code') return to({ ...state, digits: event.digits });
      return state.at === 'entering-pin' ? to({ ...state, digits: event.digits, rejected: false }) : stay(state);
    case 'time-out':
      return timeOut(state);
    default:
      return 'reception' in state && state.reception.id === event.receptionId ? answered(state, event) : stay(state);
  }
}

const to = (state: State, ...effects: readonly Effect[]): Step => ({ state, effects });
const stay = (state: State): Step => ({ state, effects: [] });

function cardPlaced(state: State, receptionId: string): Step {
  const free = state.at === 'idle' || state.at === 'interrupted' || (state.at === 'done' && state.cardGone);
  if (!free) return stay(state);
  const reception: Reception = { id: receptionId, pin: { at: 'absent' }, face: false, faceAttempts: 0 };
  return to(
    { at: 'reading', reception },
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
    case 'recording':
      return to({ ...state, cardGone: true });
    case 'done':
      return to({ ...state, cardGone: true });
    case 'take-card':
    case 'stopped':
      return to({ at: 'idle' }, { do: 'end' });
    default:
      return interrupted(state, 'CARD-101');
  }
}

const interrupted = (state: InReception, code: FaultCode): Step =>
  to({ at: 'interrupted', code }, ended(state, code), { do: 'end' });

function moduleLost(state: State, code: FaultCode): Step {
  if (state.at === 'recording' || state.at === 'done') return cardRemoved(state);
  if (!('reception' in state)) return to({ at: 'unavailable', code });
  return to({ at: 'unavailable', code }, ended(state, code), { do: 'end' });
}

function timeOut(state: State): Step {
  switch (state.at) {
    case 'idle':
    case 'unavailable':
      return stay(state);
    case 'interrupted':
      return to({ at: 'idle' });
    case 'done':
      return state.cardGone ? to({ at: 'idle' }) : takeCard(state, true);
    case 'stopped':
      return takeCard(state, false);
    case 'take-card':
      return to({ ...state }, { do: 'play', sound: 'take-card' });
    default: {
      const code = boundOf(state)?.code ?? 'SYS-901';
      return state.at === 'recording' ? stopRecording(state, code) : stop(state, code);
    }
  }
}

function patientSaid(state: InReception, intent: Intent): Step {
  switch (intent.type) {
    case 'stop':
      return patientStops(state);
    case 'choose':
      return mayChoose(state, intent.method) ? begin(state.reception, intent.method) : stay(state);
    case 'type-code':
      return state.at === 'stopped' && state.offers.includes('type-code')
        ? to({ at: 'typing-code', reception: state.reception, digits: 0 })
        : stay(state);
    case 'continue':
      if (state.at === 'typing-code' && state.digits === CODE_B_DIGITS) return matchWithTypedCode(state.reception);
      if (state.at === 'warning-last-try') return enterPin(state.reception, false);
      if (state.at === 'entering-pin' && state.digits === PIN_DIGITS) return verifyPin(state.reception, state.triesLeft);
      if (state.at === 'stopped') return takeCard(state, false);
      return stay(state);
    case 'consent': {
      if (state.at !== 'consenting') return stay(state);
      const { reception, method } = state;
      return to(
        { at: 'querying', reception, method, consents: intent.items },
        { do: 'audit', event: { name: 'consent.given', receptionId: reception.id, items: intent.items } },
        { do: 'query', consents: intent.items },
      );
    }
  }
}

function patientStops(state: InReception): Step {
  if (isPatientsTurn(state)) return takeCard(state, false, ended(state, 'TIME-802'));
  return state.at === 'stopped' ? takeCard(state, false) : stay(state);
}

function mayChoose(state: InReception, method: Method): boolean {
  const open = method === 'face' ? faceOpen(state.reception) : pinOpen(state.reception);
  switch (state.at) {
    case 'choosing':
    case 'face-retry':
    case 'warning-last-try':
      return open;
    case 'matching-face':
      return open && method === 'pin';
    case 'entering-pin':
      return open && method === 'face';
    case 'typing-code':
      return open && method === 'pin';
    case 'stopped':
      return open && state.offers.includes(method);
    default:
      return false;
  }
}

function begin(reception: Reception, method: Method): Step {
  if (method === 'face') {
    return to({ at: 'matching-face', reception, hint: 'look-here' }, { do: 'clear-entry' }, { do: 'match-face' });
  }
  return reception.pin.at === 'ready' && reception.pin.triesLeft === 1
    ? to({ at: 'warning-last-try', reception }, { do: 'clear-entry' })
    : enterPin(reception, false);
}

/** A typed 照合番号B opens the way that an unreadable front had closed; it stays in memory until the card has it. */
const matchWithTypedCode = (reception: Reception): Step =>
  to({ at: 'matching-face', reception: { ...reception, face: true }, hint: 'look-here' }, { do: 'match-face' });

function enterPin(reception: Reception, rejected: boolean): Step {
  const triesLeft = reception.pin.at === 'ready' ? reception.pin.triesLeft : 0;
  return to({ at: 'entering-pin', reception, triesLeft, digits: 0, rejected }, { do: 'clear-entry' });
}

const verifyPin = (reception: Reception, triesLeft: number): Step =>
  to({ at: 'verifying-pin', reception, triesLeft }, { do: 'verify-pin', knownTriesLeft: triesLeft });

function answered(state: InReception, event: Extract<Event, { receptionId: string }>): Step {
  switch (event.type) {
    case 'surveyed':
      if (state.at !== 'reading') return stay(state);
      return event.result.ok
        ? surveyed(state.reception, event.result.value, event.faceReady)
        : stop(state, event.result.fault.code);
    case 'gateway-opened':
      return event.result.ok ? stay(state) : gatewayFailed(state, event.result.fault.code);
    case 'face-hinted':
      return state.at === 'matching-face' && state.hint !== event.hint ? to({ ...state, hint: event.hint }) : stay(state);
    case 'face-decided':
      if (state.at !== 'matching-face') return stay(state);
      return event.result.ok ? faceDecided(state.reception, event.result.value) : faceFailed(state, event.result.fault.code);
    case 'pin-verified':
      if (state.at !== 'verifying-pin') return stay(state);
      return event.result.ok ? pinVerified(state, event.result.value) : stop(state, event.result.fault.code);
    case 'proved': {
      if (state.at !== 'proving') return stay(state);
      if (!event.result.ok) return stop(state, event.result.fault.code);
      const { reception, method } = state;
      return to(
        { at: 'consenting', reception, method },
        { do: 'audit', event: { name: 'identity.proved', receptionId: reception.id, method } },
      );
    }
    case 'eligibility-answered': {
      if (state.at !== 'querying') return stay(state);
      if (!event.result.ok) return stop(state, event.result.fault.code);
      if (event.result.value.segmentOfResult === '9') return stop(state, 'ELIG-604');
      const { reception, method } = state;
      const { validity } = event.result.value;
      return to(
        { at: 'recording', reception, method, validity, cardGone: false },
        { do: 'record', method, outcome: outcomeOf(validity) },
      );
    }
    case 'recorded': {
      if (state.at !== 'recording') return stay(state);
      if (!event.result.ok) return stopRecording(state, event.result.fault.code);
      const outcome = outcomeOf(state.validity);
      if (outcome !== 'accepted') return stopRecording(state, outcome);
      // Nothing more is asked of anybody: what is personal goes now, not when the card does.
      return to({ ...state, at: 'done', handOver: event.result.value }, { do: 'play', sound: 'success' }, { do: 'end' });
    }
    default:
      return stay(state);
  }
}

function surveyed(before: Reception, survey: CardSurvey, faceReady: boolean): Step {
  const reception: Reception = { ...before, pin: survey.pin, face: survey.portrait && faceReady };
  if (reception.gatewayFault) return stop({ at: 'choosing', reception }, reception.gatewayFault);
  return to({ at: 'choosing', reception });
}

/** Told at once while the patient would otherwise go on in vain; where the card is at work, the next step tells. */
function gatewayFailed(state: InReception, code: FaultCode): Step {
  switch (state.at) {
    case 'reading':
      return to({ ...state, reception: { ...state.reception, gatewayFault: code } });
    case 'choosing':
    case 'matching-face':
    case 'face-retry':
    case 'warning-last-try':
    case 'entering-pin':
      return stop(state, code);
    default:
      return stay(state);
  }
}

function faceDecided(reception: Reception, decision: FaceDecision): Step {
  const { matched, score, threshold, liveness, model } = decision;
  const audit: Effect = {
    do: 'audit',
    event: { name: 'face.decided', receptionId: reception.id, matched, score, threshold, liveness, model },
  };
  if (matched) return to({ at: 'proving', reception, method: 'face' }, audit, { do: 'prove', method: 'face' });
  return withEffect(faceAgain(reception, 'FACE-401'), audit);
}

function faceFailed(state: InReception, code: FaultCode): Step {
  if (code === 'FACE-402' || code === 'FACE-407') return faceAgain(state.reception, code);
  return stop({ at: 'choosing', reception: { ...state.reception, face: false } }, code);
}

function faceAgain(before: Reception, code: FaultCode): Step {
  const reception = { ...before, faceAttempts: before.faceAttempts + 1 };
  if (faceOpen(reception)) return to({ at: 'face-retry', reception, code }, { do: 'play', sound: 'help' });
  return stop({ at: 'choosing', reception }, code);
}

function pinVerified(state: Extract<State, { at: 'verifying-pin' }>, verdict: PinVerdict): Step {
  const receptionId = state.reception.id;
  switch (verdict.at) {
    case 'right':
      return to(
        { at: 'proving', reception: state.reception, method: 'pin' },
        { do: 'audit', event: { name: 'pin.right', receptionId } },
        { do: 'prove', method: 'pin' },
      );
    case 'locked': {
      const reception: Reception = { ...state.reception, pin: { at: 'locked' } };
      return withEffect(stop({ at: 'choosing', reception }, 'PIN-302'), {
        do: 'audit',
        event: { name: 'pin.locked', receptionId },
      });
    }
    case 'wrong': {
      const reception: Reception = { ...state.reception, pin: { at: 'ready', triesLeft: verdict.triesLeft } };
      const next = verdict.triesLeft === 1 ? begin(reception, 'pin') : enterPin(reception, true);
      return withEffect(
        next,
        { do: 'audit', event: { name: 'pin.wrong', receptionId, triesLeft: verdict.triesLeft } },
        { do: 'play', sound: 'help' },
      );
    }
  }
}

/** What has been read is kept only where the patient can still go on with it. */
function stop(state: InReception, code: FaultCode): Step {
  const { reception } = state;
  const offers = offersFor(code, reception);
  const goesOn = offers.some((offer) => offer === 'face' || offer === 'pin' || offer === 'type-code');
  return to(
    { at: 'stopped', reception, code, offers },
    { do: 'clear-entry' },
    { do: 'audit', event: { name: 'reception.stopped', receptionId: reception.id, code } },
    ...(goesOn ? [] : [{ do: 'end' } as const]),
    { do: 'play', sound: 'help' },
  );
}

/** A card that was taken meanwhile is not waited for. */
const stopRecording = (state: Extract<State, { at: 'recording' }>, code: FaultCode): Step =>
  state.cardGone ? interrupted(state, code) : stop(state, code);

const takeCard = (state: InReception, accepted: boolean, ...effects: readonly Effect[]): Step =>
  to({ at: 'take-card', reception: state.reception, accepted }, ...effects, { do: 'end' }, { do: 'play', sound: 'take-card' });

const ended = (state: InReception, code: FaultCode): Effect => ({
  do: 'audit',
  event: { name: 'reception.ended', receptionId: state.reception.id, code },
});

const withEffect = (step: Step, ...effects: readonly Effect[]): Step => ({
  state: step.state,
  effects: [...effects, ...step.effects],
});
