import type { Clock } from '../clock.ts';
import { boundOf, isWarnedBefore, WARNING_MS } from './bounds.ts';
import { isPatientsTurn } from './rules.ts';
import type { State } from './state.ts';

/** The one timer of a reader: it holds the present state to its bound, and warns a patient before. */
export class StateTimer {
  readonly #clock: Clock;
  readonly #fire: (type: 'time-short' | 'time-out') => void;
  /** Since when the present bound runs. */
  #since = 0;
  #cancel: () => void = () => {};

  constructor(clock: Clock, fire: (type: 'time-short' | 'time-out') => void) {
    this.#clock = clock;
    this.#fire = fire;
  }

  /** A hint or the card's going must not lengthen a wait; what the patient does may. */
  entered(before: State, state: State): void {
    if (beginsAnew(before, state)) this.#since = this.#clock.now();
    this.#hold(state);
  }

  /** Asked for before it runs out, as whoever changes the language does. What the machine does has no more time for it. */
  giveAnew(state: State): void {
    if (!isPatientsTurn(state)) return;
    this.#since = this.#clock.now();
    this.#hold(state);
  }

  stop(): void {
    this.#cancel();
  }

  #hold(state: State): void {
    this.#cancel();
    const bound = boundOf(state);
    if (!bound) return;
    const warns = isWarnedBefore(bound) && isPatientsTurn(state) && !isHurried(state);
    const atMs = this.#since + bound.ms - (warns ? WARNING_MS : 0);
    this.#cancel = this.#clock.after(Math.max(0, atMs - this.#clock.now()), () => this.#fire(warns ? 'time-short' : 'time-out'));
  }
}

/** Who is typing, is answering one question after the other, or has asked for more time, has it anew. */
function beginsAnew(before: State, state: State): boolean {
  if (before.at !== state.at) return true;
  if ('digits' in state && 'digits' in before) return state.digits !== before.digits || isCalmedDown(before, state);
  if ('questions' in state && 'questions' in before && state.questions.length !== before.questions.length) return true;
  if (state.at === 'take-card') return true;
  return isCalmedDown(before, state);
}

const isHurried = (state: State): boolean => 'reception' in state && state.reception.hurry;
const isCalmedDown = (before: State, state: State): boolean => isHurried(before) && !isHurried(state);
