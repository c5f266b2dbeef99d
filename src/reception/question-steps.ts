/** From a proved identity to the query: registration, and the questions one by one. */
import type { Result } from '../faults/result.ts';
import { query } from './ending-steps.ts';
import type { Effect, Proved } from './event.ts';
import { askedBy, type Given, NOTHING_ASKED, type Question } from './questions.ts';
import type { PatientAnswer, Reception } from './state.ts';
import { type At, type Step, stop, to, withEffect } from './step.ts';

export function proved({ at, reception, method }: At<'proving' | 'registering'>, result: Result<Proved>): Step {
  if (!result.ok) return stop({ reception }, result.fault.code);
  const standing = result.value;
  const event = { receptionId: reception.id };
  const audit: Effect =
    at === 'proving'
      ? { do: 'audit', event: { name: 'identity.proved', ...event, method } }
      : { do: 'audit', event: { name: 'registration.done', ...event } };
  if (standing.at === 'not-registered') {
    // A gateway that has registered somebody and still says no is not followed any further.
    if (at === 'registering') return stop({ reception }, 'GATE-508');
    if (reception.carrier !== 'card') return withEffect(stop({ reception }, 'GATE-510'), audit);
    if (standing.jpkiMaintenance) return withEffect(stop({ reception }, 'GATE-509'), audit);
    return to({ at: 'offering-registration', reception, method }, audit);
  }
  const { certificateDays, grace, questions } = standing;
  const known: Reception = { ...reception, ...(certificateDays !== undefined && { certificateDays }), ...(grace && { grace }) };
  const confirmed = { reception: known, method };
  return withEffect(
    standing.scope === 'qualification-only'
      ? to({ at: 'qualification-only', ...confirmed })
      : ask(confirmed, questions, NOTHING_ASKED),
    audit,
  );
}

export const register = ({ reception, method }: At<'offering-registration'>): Step =>
  to({ at: 'registering', reception, method }, { do: 'register' });

/** Not today: what to show at the desk instead is told. */
export const registrationDeclined = ({ reception }: At<'offering-registration'>): Step =>
  withEffect(stop({ reception }, 'GATE-508'), {
    do: 'audit',
    event: { name: 'registration.declined', receptionId: reception.id },
  });

export const qualificationAlone = (state: At<'qualification-only'>): Step => query(state, NOTHING_ASKED);

/** An answer that does not fit its question is not looked at. */
export function answerTo(state: At<'asking'>, answer: PatientAnswer): Step {
  const [question, ...rest] = state.questions;
  const added = addedBy(question, answer);
  if (!added) return to(state);
  const given = { ...state.given, ...added, asked: [...state.given.asked, ...askedBy(question)] };
  return ask(state, rest, { ...given, consents: [...state.given.consents, ...(added.consents ?? [])] });
}

function ask(
  { reception, method }: Pick<At<'asking'>, 'reception' | 'method'>,
  [first, ...rest]: readonly Question[],
  given: Given,
): Step {
  return first
    ? to({ at: 'asking', reception, method, questions: [first, ...rest], given })
    : query({ reception, method }, given);
}

function addedBy(question: Question, answer: PatientAnswer): Partial<Given> | undefined {
  if (question.ask === 'consent' && answer.to === 'consent') {
    const { items } = question;
    return { consents: items.filter((item) => answer.items.includes(item)) };
  }
  if (question.ask === 'specific-diseases' && answer.to === 'specific-diseases') {
    return { consents: answer.yes ? ['specific-diseases'] : [] };
  }
  if (question.ask === 'subsidy' && answer.to === 'subsidy') return { subsidy: answer.yes };
  if (question.ask === 'prescription' && answer.to === 'prescription') return { prescription: answer.form };
  if (question.ask === 'dispensing' && answer.to === 'dispensing') {
    const places = [...new Set(answer.chosen)].sort((left, right) => left - right);
    return places.every((place) => Number.isInteger(place) && place >= 0 && place < question.count)
      ? { dispense: places }
      : undefined;
  }
  return undefined;
}
