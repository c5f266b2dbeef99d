/** What people do at a counter, and what happens to it: in any order, whether it fits the screen or not. */
import fc from 'fast-check';
import type { GatewayControls } from '../../src/bench/gateway/controls.ts';
import type { FacilityOptions } from '../../src/reception/facility-options.ts';
import type { Intent, PatientAnswer } from '../../src/reception/state.ts';
import { FACILITY_PASSWORD } from '../scenario/counter-parts.ts';
import { visitors } from './counter-day.ts';
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
  /** Somebody else spends one of the card's tries while it lies there: the reader is not told. */
  | { readonly do: 'another-hand' }
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
  { weight: 1, arbitrary: step('another-hand', {}) },
  { weight: 1, arbitrary: step('facility', { options: some(...settings) }) },
  { weight: 16, arbitrary: step('wait', { ms: some(0, 1, 20, 50, 100, 300, 500, 1_000, 3_000) }) },
  { weight: 2, arbitrary: step('wait', { ms: some(8_000, 21_000, 41_000, 61_000, 121_000, 181_000) }) },
);
