/** From the last answer to the record. The card is no longer needed, and may have been taken. */
import type { FaultCode } from '../faults/catalogue.ts';
import type { Result } from '../faults/result.ts';
import type { Effect } from './event.ts';
import type { HandOver } from './ports.ts';
import type { EligibilityAnswer } from './qualification.ts';
import { type Given, NOTHING_ASKED, refused } from './questions.ts';
import { outcomeOf } from './rules.ts';
import type { State } from './state.ts';
import { type At, ended, type InReception, type Step, stop, to, withEffect } from './step.ts';

type Confirmed = Pick<At<'asking'>, 'reception' | 'method'>;

export function query({ reception, method }: Confirmed, given: Given, how: { readonly cutShort?: boolean } = {}): Step {
  const cutShort = how.cutShort ?? false;
  return to(
    { at: 'querying', reception: { ...reception, hurry: false }, method, given, cardGone: cutShort, cutShort },
    { do: 'audit', event: { name: 'consent.given', receptionId: reception.id, items: given.consents } },
    { do: 'query', given },
    ...(cutShort ? [{ do: 'forget-card' } as const] : []),
  );
}

/** The card was taken before every question was answered: who it is stands, and nothing is agreed to. */
export function finishWithoutCard(state: At<'asking' | 'qualification-only'>): Step {
  const given = state.at === 'asking' ? refused(state.questions, state.given) : NOTHING_ASKED;
  return query(state, given, { cutShort: true });
}

/** The service cannot be reached, or what came is not an answer: another time it may be. */
const askedAgain: readonly FaultCode[] = ['GATE-501', 'GATE-502', 'GATE-503'];

export function queried(state: At<'querying'>, result: Result<Pick<EligibilityAnswer, 'segmentOfResult' | 'validity'>>): Step {
  if (!result.ok) {
    const { code } = result.fault;
    return askedAgain.includes(code) ? recordPending(state, code) : stopFinishing(state, code);
  }
  if (result.value.segmentOfResult === '9') return stopFinishing(state, 'ELIG-604');
  const { validity } = result.value;
  const { method, given } = state;
  return to({ ...state, at: 'recording', validity }, { do: 'record', method, given, outcome: outcomeOf(validity) });
}

export function recordPending(state: At<'querying'>, code: FaultCode): Step {
  const { method, given } = state;
  return to(
    { ...state, at: 'recording-pending', code },
    { do: 'audit', event: { name: 'reception.pending', receptionId: state.reception.id, code } },
    { do: 'record-pending', method, given, code },
  );
}

export function pendingRecorded(state: At<'recording-pending'>, result: Result<void>): Step {
  if (!result.ok) return stopFinishing(state, result.fault.code);
  return to({ ...state, at: 'pending' }, { do: 'play', sound: 'help' }, { do: 'end' });
}

/** Nothing more is asked of anybody: what is personal goes now, not when the card does. */
export function recorded(state: At<'recording'>, result: Result<HandOver>, nameWanted = false): Step {
  if (!result.ok) return stopFinishing(state, result.fault.code);
  const outcome = outcomeOf(state.validity);
  const { reception, cardGone } = state;
  const readable = nameWanted && !cardGone && reception.carrier === 'card';
  const readName: readonly Effect[] = readable ? [{ do: 'read-name', receptionId: reception.id }] : [];
  const over =
    outcome === 'accepted'
      ? to({ ...state, at: 'done', handOver: result.value }, { do: 'play', sound: 'success' }, { do: 'end' })
      : stopFinishing(state, outcome);
  return { state: over.state, effects: [...over.effects, ...readName] };
}

/** A card that was taken meanwhile is not waited for. */
function stopFinishing(state: Extract<InReception, { cardGone: boolean }>, code: FaultCode): Step {
  if (!state.cardGone) return stop(state, code);
  const told: State = { at: 'interrupted', code };
  return withEffect(to(told), ended(state, code), { do: 'end' });
}
