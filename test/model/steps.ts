/** What people do at a counter, and what happens to it: in any order, whether it fits the screen or not. */
import fc from 'fast-check';
import type { GatewayControls } from '../../src/bench/gateway/controls.ts';
import { yes } from '../../src/bench/patient.ts';
import type { FacilityOptions } from '../../src/reception/ports.ts';
import type { Question } from '../../src/reception/questions.ts';
import type { Intent, PatientAnswer, State } from '../../src/reception/state.ts';
import { FACILITY_PASSWORD } from '../scenario/counter.ts';
import { type CounterDay, visitors } from './counter-day.ts';
import { type Sight, sights } from './scripted-face.ts';

type Trouble = Partial<Pick<GatewayControls, 'mode' | 'slowMs' | 'inProgress' | 'loseAnswers' | 'abnormal'>>;

export type Step =
  /** Does what the screen asks for, one way or the other, and waits for what comes of it. */
  | { readonly do: 'go-on'; readonly way: number }
  | { readonly do: 'place'; readonly persona: string }
  | { readonly do: 'take' }
  | { readonly do: 'touch'; readonly intent: Intent }
  | { readonly do: 'answer'; readonly answer: PatientAnswer }
  | { readonly do: 'type'; readonly digits: string; readonly confirm: boolean }
  | { readonly do: 'erase' }
  | { readonly do: 'approve'; readonly who: 'this' | 'another' }
  | { readonly do: 'pull-cable' }
  | { readonly do: 'gateway'; readonly trouble: Trouble }
  | { readonly do: 'camera'; readonly sight: Sight }
  | { readonly do: 'page-lost' }
  | { readonly do: 'facility'; readonly options: Partial<FacilityOptions> }
  | { readonly do: 'wait'; readonly ms: number };

const some = <T>(...of: readonly T[]) => fc.constantFrom(...of);
type Fields<Do> = { readonly [K in keyof Omit<Extract<Step, { do: Do }>, 'do'>]: fc.Arbitrary<Extract<Step, { do: Do }>[K]> };
const step = <Do extends Step['do']>(name: Do, fields: Fields<Do>): fc.Arbitrary<Step> =>
  fc.record({ do: fc.constant(name), ...fields }) as unknown as fc.Arbitrary<Step>;

const intents: readonly Intent[] = [
  { type: 'choose', method: 'face' },
  { type: 'choose', method: 'pin' },
  { type: 'type-code' },
  { type: 'ask-staff' },
  { type: 'continue' },
  { type: 'register' },
  { type: 'extend' },
  { type: 'stop' },
];
const answers: readonly PatientAnswer[] = [
  { to: 'consent', items: ['medicines'] },
  { to: 'consent', items: ['checkups', 'treatment', 'surgery'] },
  { to: 'consent', items: [] },
  { to: 'specific-diseases', yes: true },
  { to: 'specific-diseases', yes: false },
  { to: 'subsidy', yes: true },
  { to: 'prescription', form: '1' },
  { to: 'dispensing', chosen: [0, 7] },
];
const troubles: readonly Trouble[] = [
  { mode: 'down' },
  { mode: 'error-500' },
  { mode: 'wrong-schema' },
  { slowMs: 3_000 },
  { slowMs: 70_000 },
  { inProgress: 3 },
  { inProgress: 1_000 },
  { loseAnswers: 1 },
  { loseAnswers: 4 },
  { abnormal: true },
];
const normal: Trouble = { mode: 'normal', slowMs: 0, inProgress: 0, loseAnswers: 0, abnormal: false };
const settings: readonly Partial<FacilityOptions>[] = [
  { visual: false },
  { visual: true },
  { consentItems: ['medicines', 'specific-diseases'] },
  { consentItems: [] },
  { consentItems: ['medicines', 'checkups', 'treatment', 'surgery', 'specific-diseases'] },
];
const typed = ['1234', '1234', '9999', '12', '7', FACILITY_PASSWORD, '000000', '19900401290331'];

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 64, arbitrary: step('go-on', { way: fc.nat(63) }) },
  { weight: 3, arbitrary: step('place', { persona: some(...visitors) }) },
  { weight: 3, arbitrary: step('take', {}) },
  { weight: 8, arbitrary: step('touch', { intent: some(...intents) }) },
  { weight: 6, arbitrary: step('answer', { answer: some(...answers) }) },
  { weight: 8, arbitrary: step('type', { digits: some(...typed), confirm: fc.boolean() }) },
  { weight: 2, arbitrary: step('erase', {}) },
  { weight: 3, arbitrary: step('approve', { who: some('this', 'another') }) },
  { weight: 1, arbitrary: step('pull-cable', {}) },
  { weight: 2, arbitrary: step('gateway', { trouble: some(...troubles) }) },
  { weight: 5, arbitrary: step('gateway', { trouble: fc.constant(normal) }) },
  { weight: 3, arbitrary: step('camera', { sight: some(...sights, 'the-holder') }) },
  { weight: 1, arbitrary: step('page-lost', {}) },
  { weight: 1, arbitrary: step('facility', { options: some(...settings) }) },
  { weight: 16, arbitrary: step('wait', { ms: some(0, 1, 20, 50, 100, 300, 500, 1_000, 3_000) }) },
  { weight: 2, arbitrary: step('wait', { ms: some(8_000, 21_000, 41_000, 61_000, 121_000, 181_000) }) },
);

export async function take(one: Step, day: CounterDay): Promise<void> {
  const { counter, model } = day;
  switch (one.do) {
    case 'go-on':
      return goOn(one.way, day);
    case 'place':
      return place(one.persona, day);
    case 'take':
      counter.takeCard();
      return model.taken();
    case 'touch':
      return touch(one.intent, day);
    case 'answer':
      return answer(one.answer, day);
    case 'type':
      return type(one.digits, one.confirm, day);
    case 'erase':
      model.touched();
      return counter.reader.pinKey(0x08);
    case 'approve':
      return approve(one.who, day);
    case 'pull-cable':
      return day.cableIn ? pullCable(day) : putCableBack(day);
    case 'gateway':
      return void Object.assign(counter.bench.gateway.controls, one.trouble);
    case 'camera':
      day.face.sight = one.sight;
      return;
    case 'page-lost':
      return counter.reader.pageLost();
    case 'facility':
      return void counter.staff.options.change({ ...counter.staff.options.options(), ...one.options });
    case 'wait':
      return counter.clock.advance(one.ms);
  }
}

async function place(persona: string, { counter, model, cableIn }: CounterDay): Promise<void> {
  model.taken();
  await counter.bench.place(persona);
  if (cableIn) model.placed(persona);
}

/** Before and after: it may lead to another screen. */
function touch(intent: Intent, { counter, model }: CounterDay): void {
  model.touched();
  counter.touch(intent);
  model.touched();
}

function answer(given: PatientAnswer, { counter, model }: CounterDay): void {
  model.touched();
  model.answers(given);
  counter.answer(given);
}

function type(digits: string, confirm: boolean, day: CounterDay): void {
  day.model.touched();
  for (const digit of Buffer.from(digits, 'latin1')) day.counter.reader.pinKey(digit);
  if (confirm) touch({ type: 'continue' }, day);
}

async function pullCable(day: CounterDay): Promise<void> {
  const { counter, model } = day;
  model.taken();
  day.cableIn = false;
  await counter.bench.unplug();
}

/** A card that lies there is met anew. */
async function putCableBack(day: CounterDay): Promise<void> {
  const { counter, model } = day;
  await counter.bench.plugIn();
  day.cableIn = true;
  if (counter.bench.placed) model.placed(counter.bench.placed.personaId);
}

function approve(who: 'this' | 'another', { counter, model }: CounterDay): void {
  const { state } = counter.reader;
  const id = 'reception' in state ? state.reception.id : 'none';
  const { size } = model.receptions;
  const asked = who === 'this' ? id : ([...model.receptions.keys()].findLast((one) => one !== id) ?? 'none');
  if (who === 'this') model.reception?.approvers.add(`nurse-${size}`);
  const approved = counter.reader.approve(asked, `nurse-${size}`);
  if (who === 'another' && approved.ok) model.laws.push('an approval for another reception was taken');
}

/** So long a patient looks at a screen that does not change. */
const PATIENCE_MS = 8_000;

async function goOn(way: number, day: CounterDay): Promise<void> {
  const { reader, clock } = day.counter;
  const before = reader.state;
  await doWhatIsAsked(before, way, day);
  let patient = true;
  const cancel = clock.after(PATIENCE_MS, () => {
    patient = false;
  });
  await clock.runUntil(() => !patient || reader.state.at !== before.at, PATIENCE_MS);
  cancel();
}

/** @param way 0…63: which of the ways that the screen offers */
async function doWhatIsAsked(state: State, way: number, day: CounterDay): Promise<void> {
  const { counter, model } = day;
  const say = (intent: Intent) => touch(intent, day);
  switch (state.at) {
    case 'idle':
      return place(visitors[way % visitors.length] ?? 'adult', day);
    case 'unavailable':
      return day.cableIn ? undefined : putCableBack(day);
    case 'choosing':
    case 'face-retry':
      return chooseWay(way, day);
    case 'warning-last-try':
    case 'qualification-only':
      return say({ type: 'continue' });
    case 'entering-pin':
      return type(way < 56 ? '1234' : '9999', true, day);
    case 'typing-code':
      return say({ type: 'choose', method: 'pin' });
    case 'asking-staff':
      return way % 4 === 0 ? type(FACILITY_PASSWORD, true, day) : approve('this', day);
    case 'offering-registration':
      return say(way < 48 ? { type: 'register' } : { type: 'stop' });
    case 'asking':
      return answer(answerTo(state.questions[0], way), day);
    case 'stopped':
      return way < 40 ? chooseWay(way, day) : say({ type: 'stop' });
    case 'done':
    case 'pending':
    case 'interrupted':
    case 'take-card':
      counter.takeCard();
      return model.taken();
    default:
      return undefined;
  }
}

/** The first that is open of a way and the others. */
function chooseWay(way: number, day: CounterDay): void {
  const ways: readonly Intent[] = [
    { type: 'choose', method: 'pin' },
    { type: 'choose', method: 'face' },
    { type: 'ask-staff' },
  ];
  const before = day.counter.reader.state.at;
  for (let turn = 0; turn < ways.length; turn++) {
    if (day.counter.reader.state.at !== before) return;
    touch(ways[(way + turn) % ways.length] as Intent, day);
  }
}

function answerTo(question: Question, way: number): PatientAnswer {
  if (way % 4 === 3 && question.ask === 'consent') return { to: 'consent', items: question.items.filter((_, place) => way & (4 << place)) };
  if (way % 4 === 3 && question.ask === 'specific-diseases') return { to: 'specific-diseases', yes: false };
  return yes(question);
}
