import type { FaultCode } from '../faults/catalogue.ts';
import type { Effect } from './event.ts';
import { offersFor } from './rules.ts';
import type { State } from './state.ts';

/** Where an event leads, and what is to be done for it. */
export type Step = { readonly state: State; readonly effects: readonly Effect[] };
export type InReception = Extract<State, { reception: unknown }>;
export type At<Name extends State['at']> = Extract<State, { at: Name }>;

export const to = (state: State, ...effects: readonly Effect[]): Step => ({ state, effects });
export const stay = (state: State): Step => ({ state, effects: [] });

export const withEffect = (step: Step, ...effects: readonly Effect[]): Step => ({
  state: step.state,
  effects: [...effects, ...step.effects],
});

const goingOn = ['face', 'pin', 'type-code', 'visual'];

/** What has been read is kept only where the patient can still go on with it. */
export function stop({ reception }: Pick<InReception, 'reception'>, code: FaultCode): Step {
  const offers = offersFor(code, reception);
  return to(
    { at: 'stopped', reception: { ...reception, hurry: false }, code, offers },
    { do: 'clear-entry' },
    { do: 'audit', event: { name: 'reception.stopped', receptionId: reception.id, code } },
    ...(offers.some((offer) => goingOn.includes(offer)) ? [] : [{ do: 'end' } as const]),
    { do: 'play', sound: 'help' },
  );
}

export const interrupted = (state: InReception, code: FaultCode): Step =>
  to({ at: 'interrupted', code }, ended(state, code), { do: 'end' });

export const takeCard = ({ reception }: InReception, accepted: boolean, ...effects: readonly Effect[]): Step =>
  to(
    { at: 'take-card', reception: { ...reception, hurry: false }, accepted, reminders: 0 },
    ...effects,
    { do: 'end' },
    { do: 'play', sound: 'take-card' },
  );

export const ended = (state: InReception, code: FaultCode): Effect => ({
  do: 'audit',
  event: { name: 'reception.ended', receptionId: state.reception.id, code },
});
