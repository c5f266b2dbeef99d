/** Whatever could happen at a counter, in any order; and what usually comes next, so that walks get deep. */
import fc from 'fast-check';
import { faultCodes } from '../../src/faults/catalogue.ts';
import { failed, ok } from '../../src/faults/result.ts';
import type { Effect, Event, Proved } from '../../src/reception/event.ts';
import type { FaceDecision, PasswordVerdict } from '../../src/reception/ports.ts';
import type { Question } from '../../src/reception/questions.ts';
import type { Intent, PatientAnswer, State } from '../../src/reception/state.ts';
import { transition } from '../../src/reception/transition.ts';

export const allQuestions: readonly Question[] = [
  { ask: 'consent', items: ['medicines', 'checkups', 'treatment', 'surgery'], checkups: 'specific' },
  { ask: 'specific-diseases' },
  { ask: 'subsidy' },
  { ask: 'prescription' },
  { ask: 'dispensing', count: 2 },
];

const allAnswers: readonly PatientAnswer[] = [
  { to: 'consent', items: [] },
  { to: 'consent', items: ['medicines', 'surgery'] },
  { to: 'specific-diseases', yes: true },
  { to: 'specific-diseases', yes: false },
  { to: 'subsidy', yes: true },
  { to: 'prescription', form: '2' },
  { to: 'dispensing', chosen: [0, 1] },
  { to: 'dispensing', chosen: [7] },
];

const allProved: readonly Proved[] = [
  { at: 'not-registered', jpkiMaintenance: false },
  { at: 'not-registered', jpkiMaintenance: true },
  { at: 'registered', scope: 'qualification-only', questions: [] },
  { at: 'registered', scope: 'all', questions: [] },
  { at: 'registered', scope: 'all', certificateDays: 60, questions: allQuestions.slice(0, 1) },
  { at: 'registered', scope: 'all', questions: allQuestions },
];

const decision = (matched: boolean): FaceDecision => ({
  matched,
  score: matched ? 0.7 : 0.1,
  threshold: 0.46,
  frames: 3,
  liveness: 'head-turned',
  model: 'test',
});

/** Answers that a card, camera or gateway could give at any time, for the present reception or for an older one. */
function anyEvent(): fc.Arbitrary<Event> {
  const receptionId = fc.constantFrom('now', 'now', 'now', 'earlier');
  const fault = fc.constantFrom(...faultCodes).map((code) => failed(code));
  const result = <T>(value: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 3, arbitrary: value.map((v) => ok(v)) }, { weight: 1, arbitrary: fault });
  const done = result(fc.constant(undefined));
  const handedOver = result(fc.constantFrom('handed-over' as const, 'will-be-handed-over' as const));
  const pin = fc.oneof(
    fc.integer({ min: 1, max: 3 }).map((triesLeft) => ({ at: 'ready' as const, triesLeft })),
    fc.constant({ at: 'locked' as const }),
    fc.constant({ at: 'absent' as const }),
  );
  const verdict = fc.oneof(
    fc.constant({ at: 'right' as const }),
    fc.constant({ at: 'locked' as const }),
    fc.integer({ min: 1, max: 2 }).map((triesLeft) => ({ at: 'wrong' as const, triesLeft })),
  );
  const password = fc.oneof(verdict, fc.constant({ at: 'locked' as const, forMs: 600_000 })) as fc.Arbitrary<PasswordVerdict>;
  const intent: fc.Arbitrary<Intent> = fc.oneof(
    fc.constantFrom('face' as const, 'pin' as const).map((method): Intent => ({ type: 'choose', method })),
    fc.constantFrom<Intent>(
      { type: 'continue' },
      { type: 'type-code' },
      { type: 'ask-staff' },
      { type: 'register' },
      { type: 'extend' },
      { type: 'stop' },
    ),
    fc.constantFrom(...allAnswers).map((answer): Intent => ({ type: 'answer', answer })),
  );
  const carrier = fc.constantFrom('card' as const, 'card' as const, 'android-phone' as const, 'iphone' as const);
  const validity = fc.constantFrom('1', '2', '3', '4', '5', '6');
  return fc.oneof(
    fc.constant<Event>({ type: 'card-placed', receptionId: 'now' }),
    fc.constant<Event>({ type: 'card-removed' }),
    fc.constant<Event>({ type: 'module-lost', code: 'MOD-202' }),
    fc.constant<Event>({ type: 'module-ready' }),
    fc.constant<Event>({ type: 'time-out' }),
    fc.constant<Event>({ type: 'time-short' }),
    fc.constant<Event>({ type: 'page-lost' }),
    fc.constantFrom<Event>({ type: 'rest', code: 'SYS-904' }, { type: 'rest', code: 'SYS-905' }),
    fc.constant<Event>({ type: 'resume' }),
    receptionId.map((id): Event => ({ type: 'approved', receptionId: id, approver: 'somebody' })),
    { weight: 6, arbitrary: intent.map((intent): Event => ({ type: 'intent', intent })) },
    {
      weight: 3,
      arbitrary: fc
        .oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 14 }))
        .map((digits): Event => ({ type: 'key', digits })),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(receptionId, result(fc.record({ pin, portrait: fc.boolean(), carrier })), fc.boolean(), fc.boolean())
        .map(([receptionId, result, faceReady, visual]): Event => ({ type: 'surveyed', receptionId, result, faceReady, visual })),
    },
    fc.tuple(receptionId, done).map(([receptionId, result]): Event => ({ type: 'gateway-opened', receptionId, result })),
    {
      weight: 3,
      arbitrary: fc
        .tuple(receptionId, result(fc.boolean().map(decision)))
        .map(([receptionId, result]): Event => ({ type: 'face-decided', receptionId, result })),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(receptionId, result(verdict))
        .map(([receptionId, result]): Event => ({ type: 'pin-verified', receptionId, result })),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(receptionId, result(fc.constantFrom(...allProved)), fc.constantFrom('proved' as const, 'registered' as const))
        .map(([receptionId, result, type]): Event => ({ type, receptionId, result })),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(receptionId, result(password))
        .map(([receptionId, result]): Event => ({ type: 'staff-verified', receptionId, result })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(receptionId, done)
        .map(([receptionId, result]): Event => ({ type: 'pending-recorded', receptionId, result })),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(receptionId, result(fc.record({ segmentOfResult: fc.constantFrom('1', '1', '9'), validity })))
        .map(([receptionId, result]) => ({ type: 'eligibility-answered', receptionId, result }) as Event),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(receptionId, handedOver)
        .map(([receptionId, result]): Event => ({ type: 'recorded', receptionId, result })),
    },
  );
}

export type Taken = { readonly before: State; readonly event: Event; readonly after: State; readonly effects: readonly Effect[] };

/** What usually comes next, so that walks get deep; `pick` chooses. */
function likely(state: State, pick: number): Event {
  const choose = <T>(...options: readonly T[]): T => options[pick % options.length] as T;
  const receptionId = 'now';
  const intent = (intent: Intent): Event => ({ type: 'intent', intent });
  switch (state.at) {
    case 'idle':
    case 'interrupted':
      return { type: 'card-placed', receptionId };
    case 'unavailable':
      return { type: 'module-ready' };
    case 'reading': {
      const pin = choose(
        { at: 'ready' as const, triesLeft: 3 },
        { at: 'ready' as const, triesLeft: 1 },
        { at: 'locked' as const },
      );
      const carrier = choose('card' as const, 'card' as const, 'card' as const, 'android-phone' as const, 'iphone' as const);
      const portrait = carrier === 'card';
      return { type: 'surveyed', receptionId, result: ok({ pin, portrait, carrier }), faceReady: true, visual: true };
    }
    case 'choosing':
    case 'face-retry':
      return intent(choose<Intent>({ type: 'choose', method: choose('face', 'pin') }, { type: 'ask-staff' }));
    case 'stopped':
      return intent(
        choose<Intent>({ type: 'choose', method: choose('face', 'pin') }, { type: 'type-code' }, { type: 'ask-staff' }),
      );
    case 'matching-face':
      return {
        type: 'face-decided',
        receptionId,
        result: choose(ok(decision(true)), ok(decision(false)), failed('FACE-402'), failed('CARD-108')),
      };
    case 'warning-last-try':
      return intent({ type: 'continue' });
    case 'entering-pin':
      return state.digits === 4 ? intent({ type: 'continue' }) : { type: 'key', digits: 4 };
    case 'typing-code':
      return state.digits === 14 ? intent({ type: 'continue' }) : { type: 'key', digits: 14 };
    case 'verifying-pin':
      return {
        type: 'pin-verified',
        receptionId,
        result: ok(choose({ at: 'right' }, { at: 'wrong', triesLeft: 1 }, { at: 'locked' })),
      };
    case 'asking-staff':
      return state.digits >= 6 ? intent({ type: 'continue' }) : { type: 'key', digits: 6 };
    case 'verifying-staff':
      return {
        type: 'staff-verified',
        receptionId,
        result: ok(choose({ at: 'right' }, { at: 'wrong', triesLeft: 2 }, { at: 'locked', forMs: 600_000 })),
      };
    case 'proving':
      return { type: 'proved', receptionId, result: ok(choose(...allProved)) };
    case 'offering-registration':
      return intent({ type: 'register' });
    case 'registering':
      return { type: 'registered', receptionId, result: ok(choose(...allProved.slice(2))) };
    case 'qualification-only':
      return intent({ type: 'continue' });
    case 'asking':
      return choose<Event>(intent({ type: 'answer', answer: fittingAnswer(state.questions[0]) }), { type: 'card-removed' });
    case 'querying':
      return {
        type: 'eligibility-answered',
        receptionId,
        result: choose(ok({ segmentOfResult: '1', validity: choose('1', '6', '4') }), failed('GATE-502')),
      };
    case 'recording-pending':
      return { type: 'pending-recorded', receptionId, result: ok() };
    case 'recording':
      return choose<Event>({ type: 'recorded', receptionId, result: ok('handed-over' as const) }, { type: 'card-removed' });
    case 'done':
    case 'pending':
      return { type: 'time-out' };
    case 'take-card':
      return { type: 'card-removed' };
  }
}

function walk(choices: readonly { readonly usual: number; readonly pick: number; readonly event: Event }[]): Taken[] {
  let state: State = { at: 'idle' };
  return choices.map(({ usual, pick, event: unusual }) => {
    const before = state;
    const event = usual > 1 ? likely(state, pick) : unusual;
    const step = transition(state, event);
    state = step.state;
    return { before, event, after: state, effects: step.effects };
  });
}

export const walks = fc
  .array(fc.record({ usual: fc.integer({ min: 0, max: 9 }), pick: fc.nat(1000), event: anyEvent() }), {
    minLength: 10,
    maxLength: 60,
    size: 'max',
  })
  .map(walk);

/** An answer that fits its question. */
export function fittingAnswer(question: Question): PatientAnswer {
  const answer = allAnswers.find(({ to }) => to === question.ask);
  if (!answer) throw new Error(`no answer to ${question.ask}`);
  return answer;
}
