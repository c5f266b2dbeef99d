/** What the people at the counter did, as the laws compare it with what the reader made of it. */
import type { VirtualCard } from '../../src/bench/card/virtual-card.ts';
import type { Question } from '../../src/reception/questions.ts';
import { isPatientsTurn } from '../../src/reception/rules.ts';
import type { PatientAnswer, State } from '../../src/reception/state.ts';
import type { Counter } from '../scenario/counter.ts';

/** A card as it lay there, seen by the reader: pulling the cable ends it too. */
export type Placing = { readonly persona: string; readonly fromMs: number; toMs: number };

export type SeenReception = {
  readonly id: string;
  readonly startedMs: number;
  /** When its holder was confirmed. */
  provedMs?: number;
  asked: number;
  answered: number;
  /** Said yes to. */
  readonly yes: Set<string>;
  /** Who approved at the desk. */
  readonly approvers: Set<string>;
};

/** A PIN entry that was confirmed: `told` the patient, `had` by the card. */
type Entry = {
  readonly told: number;
  readonly had: number;
  /** How many were verified before, by all cards and by the one that lies there. */
  readonly before: { all: number; here: number };
  readonly here: () => number;
  readonly card: VirtualCard | undefined;
};

export class CounterModel {
  readonly placings: Placing[] = [];
  readonly receptions = new Map<string, SeenReception>();
  readonly laws: string[] = [];
  entry: Entry | undefined;
  /** By the cards, before this counter was opened. */
  verifiesBefore: number;
  #state: State = { at: 'idle' };
  /** Since when the present state can be held against its bound. */
  sinceMs = 0;
  readonly #counter: Counter;

  constructor(counter: Counter) {
    this.#counter = counter;
    this.verifiesBefore = counter.pinVerifies();
    this.sinceMs = counter.clock.now();
    counter.reader.onChange((state) => this.#changed(state));
  }

  placed(persona: string): void {
    this.placings.push({ persona, fromMs: this.#counter.clock.now(), toMs: Number.POSITIVE_INFINITY });
  }

  taken(): void {
    const last = this.placings.at(-1);
    if (last) last.toMs = Math.min(last.toMs, this.#counter.clock.now());
  }

  /** Whoever touches the screen has the time to answer anew. */
  touched(): void {
    if (isPatientsTurn(this.#state)) this.sinceMs = this.#counter.clock.now();
  }

  answers(answer: PatientAnswer): void {
    const { state } = this.#counter.reader;
    if (state.at !== 'asking') return;
    const reception = this.receptions.get(state.reception.id);
    const yes = saidYesTo(state.questions[0], answer);
    if (!reception || !yes) return;
    reception.answered++;
    for (const item of yes) reception.yes.add(item);
  }

  /** One VERIFY more that the reader has not sent. */
  spentElsewhere(card: VirtualCard): void {
    this.verifiesBefore++;
    if (!this.entry) return;
    this.entry.before.all++;
    if (this.entry.card === card) this.entry.before.here++;
  }

  get reception(): SeenReception | undefined {
    return 'reception' in this.#state ? this.receptions.get(this.#state.reception.id) : undefined;
  }

  #changed(state: State): void {
    const before = this.#state;
    this.#state = state;
    const now = this.#counter.clock.now();
    const again = state.at === 'take-card' && before.at === 'take-card';
    if (state.at !== before.at || again) this.sinceMs = now;
    if (state.at === before.at) return;
    if (state.at === 'reading') this.#begins(state.reception.id, now);
    const { reception } = this;
    if (state.at === 'verifying-pin') this.#confirmsPin(state.triesLeft);
    if (before.at === 'proving' && reception) reception.provedMs ??= now;
    if (state.at === 'asking' && reception) reception.asked = state.questions.length;
  }

  #begins(id: string, startedMs: number): void {
    if (this.receptions.has(id)) this.laws.push(`reception ${id} began twice`);
    this.receptions.set(id, { id, startedMs, asked: 0, answered: 0, yes: new Set(), approvers: new Set() });
  }

  #confirmsPin(told: number): void {
    const card = this.#counter.bench.placed?.card;
    const had = card?.holder?.pinTriesLeft() ?? 0;
    const here = () => card?.statistics.pinVerifies ?? 0;
    this.entry = { told, had, here, card, before: { all: this.#counter.pinVerifies(), here: here() } };
  }
}

/** Undefined where the answer is to another question: it must not be looked at. */
function saidYesTo(question: Question, answer: PatientAnswer): readonly string[] | undefined {
  if (question.ask !== answer.to) return undefined;
  if (question.ask === 'consent' && answer.to === 'consent') return question.items.filter((item) => answer.items.includes(item));
  return answer.to === 'specific-diseases' && answer.yes ? ['specific-diseases'] : [];
}
