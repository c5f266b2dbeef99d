/** One day at a counter: opened with everything as usual, looked at after each step, and closed in order. */
import type { Bench } from '../../src/bench/bench.ts';
import { normalControls } from '../../src/bench/gateway/controls.ts';
import { personaById } from '../../src/bench/personas.ts';
import { Counter } from '../scenario/counter.ts';
import type { SimulatedClock } from '../simulated-clock.ts';
import { CounterModel } from './counter-model.ts';
import { brokenAtTheEnd, brokenNow, cardStillOpen, isOver } from './laws.ts';
import type { ScriptedFace } from './scripted-face.ts';
import { forgetMemories, leftOf, lookAtNames, memoriesSoFar } from './seen-memories.ts';

/** Who comes to the counter: cards and phones whose ways differ, and a card that is of another kind. */
export const visitors = [
  'adult',
  'gaiji-name',
  'dialysis',
  'unregistered',
  'certificate-grace',
  'newer-eligibility',
  'no-pin-card',
  'phone-iphone',
  'phone-android',
  'transit-card',
] as const;

const GATEWAY_MS = 800;
/** Personal data is gone so soon after the end. */
const GONE_WITHIN_MS = 1_000;
/** A gateway that was away is asked again within five minutes, and rests as long. */
const SETTLED_WITHIN_MS = 3_600_000;

export class CounterDay {
  readonly counter: Counter;
  readonly face: ScriptedFace;
  readonly model: CounterModel;
  readonly #left: string[] = [];
  #ends = 0;
  cableIn = true;

  /** @param bench kept from day to day, since cards take long to issue */
  static async open(face: ScriptedFace<SimulatedClock>, bench: Bench): Promise<CounterDay> {
    forgetMemories();
    for (const card of bench.cards()) {
      const personaId = card.holder?.personaId ?? '';
      const persona = personaById(personaId);
      const newest = bench.cards().findLast((one) => one.holder?.personaId === personaId) === card;
      if (newest && persona?.carrier !== 'iphone' && card.holder?.pinTriesLeft() !== persona?.pinTriesLeft)
        await bench.reissue(personaId, 'as-told');
    }
    bench.gateway.register('unregistered', undefined);
    Object.assign(bench.gateway.controls, normalControls({ eligibilityMs: GATEWAY_MS }));
    face.sight = 'the-holder';
    face.portraits.length = 0;
    return new CounterDay(await Counter.open(face, 'gem', { bench }), face);
  }

  private constructor(counter: Counter, face: ScriptedFace<SimulatedClock>) {
    this.counter = counter;
    this.face = face;
    this.model = new CounterModel(counter);
    counter.reader.onChange((state) => {
      lookAtNames();
      if (isOver(state)) this.#lookLater();
    });
  }

  /** A second after an end. */
  #lookLater(): void {
    const { clock, reader, staff, bench } = this.counter;
    const so = memoriesSoFar();
    const end = ++this.#ends;
    clock.after(GONE_WITHIN_MS, () => {
      const current = 'reception' in reader.state && !isOver(reader.state) ? reader.state.reception.id : undefined;
      const kept = (picture: Uint8Array) =>
        [...this.model.receptions.keys()].some((id) => staff.news.glyphs(id)?.namePng === picture);
      this.#left.push(...leftOf(so, current, kept));
      if (this.face.portraits.some((portrait) => portrait.some((byte) => byte !== 0))) this.#left.push('a portrait');
      if (current !== undefined) return;
      if (reader.prescriptions().length > 0) this.#left.push('prescriptions');
      // Of an end that came since, and to which the card has its second, the next look tells.
      if (this.cableIn && bench.placed && end === this.#ends && reader.state.at !== 'unavailable')
        this.#left.push(...cardStillOpen(this.counter));
    });
  }

  /** Throws with every law that does not hold now. */
  look(): void {
    const broken = [...brokenNow(this.counter, this.model), ...this.#left.map((what) => `still there after the end: ${what}`)];
    if (broken.length > 0) throw new Error(`${broken.join('\n')}\n${this.#story()}`);
  }

  /** Puts everything back, waits until what was open is settled, and looks whether both sides agree. */
  async end(): Promise<void> {
    const { counter, model } = this;
    if (!this.cableIn) await counter.bench.plugIn();
    this.cableIn = true;
    Object.assign(counter.bench.gateway.controls, normalControls({ eligibilityMs: GATEWAY_MS }));
    counter.takeCard();
    model.taken();
    await counter.sees('idle');
    await counter.clock.runUntil(() => this.#isSettled(), SETTLED_WITHIN_MS);
    await counter.clock.advance(GONE_WITHIN_MS);
    this.look();
    const broken = brokenAtTheEnd(counter, model);
    if (broken.length > 0) throw new Error(`${broken.join('\n')}\n${this.#story()}`);
  }

  #isSettled(): boolean {
    const { records } = this.counter;
    const [open, depth, pending] = [records.gateway.unanswered(), records.outbox.depth(), records.pending()];
    return open.ok && open.value.length === 0 && depth.ok && depth.value === 0 && pending.ok && pending.value.length === 0;
  }

  #story(): string {
    return `seen: ${this.counter.shown.slice(-40).join(' → ')}`;
  }

  close(): Promise<void> {
    return this.counter.close();
  }
}
