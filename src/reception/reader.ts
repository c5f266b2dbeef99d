import type { Clock } from '../clock.ts';
import type { FaultCode } from '../faults/catalogue.ts';
import { failed, ok, type Result } from '../faults/result.ts';
import { carryOut, defectAnswer, type Task } from './carry-out.ts';
import type { Answer, Effect, Event } from './event.ts';
import { lightOf } from './light.ts';
import { ReceptionMemory } from './memory.ts';
import { createNameReading, type NameReading } from './name-reading.ts';
import type { Ports, Work } from './perform.ts';
import type { PinEntry } from './pin-entry.ts';
import type { AuditEvent, AuditNote, FaceHint } from './ports.ts';
import type { Prescription } from './questions.ts';
import { outcomeIn, type ReceptionReport, reportOf } from './reception-report.ts';
import { record } from './record.ts';
import { isFree, isResting, visualOpen } from './rules.ts';
import type { Intent, RestCode, State } from './state.ts';
import { StateTimer } from './state-timer.ts';
import type { Timeline } from './timeline.ts';
import { transition } from './transition.ts';

export type ReaderOptions = {
  readonly ports: Ports;
  readonly clock: Clock;
  readonly timeline: Timeline;
  readonly newReceptionId: () => string;
  readonly simulated: boolean;
  /** Told of a defect: an effect that rejected. The reception is ended safely (SYS-901). */
  readonly onDefect: (error: unknown) => void;
};

/**
 * The one runner: takes events to the pure transition, keeps the state, has effects carried out and
 * each state held to its bound. Listeners are told after every change.
 */
export class Reader {
  readonly #options: ReaderOptions;
  #state: State = { at: 'idle' };
  #memory: ReceptionMemory | undefined;
  /** Ends what was started for the present state. */
  #stateOver = new AbortController();
  readonly #nameReading: NameReading;
  /** Ends when the card has been let go of. */
  #released: Promise<void> = Promise.resolve();
  readonly #timer: StateTimer;
  #cardThere = false;
  #moduleFault: FaultCode | undefined;
  #stopWatching: (() => void)[] = [];
  #listeners = new Set<(state: State) => void>();
  #reporters = new Set<(report: ReceptionReport) => void>();
  #resultFile: string | undefined;

  constructor(options: ReaderOptions) {
    this.#options = options;
    const { ports, clock, onDefect } = options;
    this.#nameReading = createNameReading({ card: ports.card, staff: ports.staff, clock, onDefect });
    this.#timer = new StateTimer(clock, (type) => this.#take({ type }));
  }

  get state(): State {
    return this.#state;
  }

  start(): void {
    const { card, clinic } = this.#options.ports;
    const stopCard = card.watch((event) => {
      if (event.type === 'placed') this.#placed();
      else if (event.type === 'removed') {
        this.#cardThere = false;
        this.#take({ type: 'card-removed' });
      } else if (event.type === 'module-lost') {
        this.#cardThere = false;
        this.#moduleFault = event.code;
        this.#take({ type: 'module-lost', code: event.code });
      } else {
        this.#moduleFault = undefined;
        this.#take({ type: 'module-ready' });
      }
    });
    this.#stopWatching = [stopCard, clinic.watch(() => this.#show())];
    this.#show();
  }

  onChange(listener: (state: State) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Told whenever a reception is accepted or stops at a fault. */
  onReport(listener: (report: ReceptionReport) => void): () => void {
    this.#reporters.add(listener);
    return () => this.#reporters.delete(listener);
  }

  intent(intent: Intent): void {
    this.#take({ type: 'intent', intent });
  }

  /** One key of the digit pad: an ASCII digit, or 08 to erase one. Ignored unless digits are being entered. */
  pinKey(key: number): void {
    const entry = this.#entry();
    if (!entry) return;
    if (key === 0x08) entry.erase();
    else entry.press(key);
    this.#take({ type: 'key', digits: entry.count });
  }

  #entry(): PinEntry | undefined {
    switch (this.#state.at) {
      case 'entering-pin':
        return this.#memory?.pin;
      case 'typing-code':
        return this.#memory?.codeB;
      case 'asking-staff':
        return this.#memory?.password;
      default:
        return undefined;
    }
  }

  /** 目視確認 from the desk, by whom (a handle). Fault: STAFF-854 when it is not, or no longer, to be confirmed. */
  approve(receptionId: string, approver: string): Result<void> {
    const state = this.#state;
    if (!visualOpen(state) || !('reception' in state) || state.reception.id !== receptionId) return failed('STAFF-854');
    this.#take({ type: 'approved', receptionId, approver });
    return ok();
  }

  /** The kiosk page is gone, or does not move. */
  pageLost(): void {
    this.#take({ type: 'page-lost' });
  }

  /** Keeps still from now on, and says why. @returns false when somebody stands at the reader: nothing has changed then */
  rest(code: RestCode): boolean {
    this.#take({ type: 'rest', code });
    return isResting(this.#state);
  }

  /** Takes patients again. */
  resume(): void {
    this.#take({ type: 'resume' });
  }

  /** What the patient may choose from to be dispensed. Personal data: to be shown, and not kept. */
  prescriptions(): readonly Prescription[] {
    return this.#memory?.prescriptions ?? [];
  }

  async close(): Promise<void> {
    for (const stop of this.#stopWatching) stop();
    this.#timer.stop();
    this.#end();
    this.#stateOver.abort();
    this.#nameReading.end();
    await this.#options.ports.card.release();
  }

  #placed(): void {
    this.#cardThere = true;
    this.#take({ type: 'card-placed', receptionId: this.#options.newReceptionId() });
  }

  #take(event: Event): void {
    const before = this.#state;
    const { state, effects } = transition(before, event);
    if (event.type === 'card-placed' && state.at === 'reading') this.#begin(event.receptionId);
    this.#state = state;
    if (state !== before) this.#entered(before, state);
    else if (event.type === 'intent' && event.intent.type === 'extend') this.#timer.giveAnew(state);
    for (const effect of effects) this.#perform(effect);
    if (state !== before) {
      this.#report(before, state);
      this.#tell(this.#listeners, state);
    }
    if (state !== before && isFree(state)) this.#catchUp(state);
  }

  /** What happened to card and module while the last reception was being finished: the next patient does not wait. */
  #catchUp(state: State): void {
    if (this.#moduleFault) {
      if (state.at === 'idle') this.#take({ type: 'module-lost', code: this.#moduleFault });
    } else if (this.#cardThere) this.#placed();
  }

  #begin(receptionId: string): void {
    this.#nameReading.end();
    this.#end();
    this.#memory = new ReceptionMemory(receptionId, this.#options.clock.wall());
    this.#options.timeline.restart();
    this.#resultFile = undefined;
  }

  #entered(before: State, state: State): void {
    if (before.at !== state.at) {
      this.#stateOver.abort();
      this.#stateOver = new AbortController();
      if ('reception' in state) this.#options.timeline.enter(state.at);
    }
    this.#show();
    this.#timer.entered(before, state);
  }

  #show(): void {
    const { panel, clinic } = this.#options.ports;
    panel.show(lightOf(this.#state, clinic.waitsFor() !== undefined));
  }

  #perform(effect: Effect): void {
    if (effect.do === 'play') this.#options.ports.panel.play(effect.sound, effect.urgency);
    else if (effect.do === 'audit') this.#note(effect.event);
    else if (effect.do === 'read-name') this.#nameReading.begin(effect.receptionId, this.#released);
    else if (this.#memory) this.#performFor(this.#memory, effect);
  }

  #performFor(memory: ReceptionMemory, effect: Exclude<Effect, { do: 'play' | 'audit' | 'read-name' }>): void {
    const { ports, clock, timeline, simulated } = this.#options;
    // The gateway is opened beside the states; all else is done for the state that asks.
    const over = effect.do === 'open-gateway' ? [memory.over.signal] : [this.#stateOver.signal, memory.over.signal];
    const signal = AbortSignal.any(over);
    const work: Work = { ports, memory, timeline, signal, clock, simulated };
    if (effect.do === 'clear-entry') memory.clearEntry();
    else if (effect.do === 'forget-card') this.#forgetCard(memory);
    else if (effect.do === 'end') this.#end();
    else this.#run(effect, work);
  }

  /** Kept with the reception's record, or until its end; of one that is over, at once. */
  #note(event: AuditEvent): void {
    const { ports, clock } = this.#options;
    const note: AuditNote = { event, atMs: clock.now(), wall: clock.wall() };
    if (this.#memory) this.#memory.audit.push(note);
    else ports.records.note([note]);
  }

  async #recorded(work: Work, task: Extract<Task, { do: 'record' }>): Promise<Answer> {
    const { result, fileName, nameWanted = false } = await record(work, task.method, task.given, task.outcome);
    this.#resultFile = fileName;
    return { type: 'recorded', result, nameWanted };
  }

  #run(task: Task, work: Work): void {
    const onHint = (hint: FaceHint) => this.#answer(work, { type: 'face-hinted', hint });
    const answered = task.do === 'record' ? this.#recorded(work, task) : carryOut(task, work, onHint);
    answered.then(
      (answer) => this.#answer(work, answer),
      (error: unknown) => {
        this.#options.onDefect(error);
        this.#answer(work, defectAnswer(task));
      },
    );
  }

  /** What was asked for a state that is over is not looked at: the next one may wait for the same kind of answer. */
  #answer({ memory, signal }: Work, answer: Answer): void {
    if (!signal.aborted) this.#take({ ...answer, receptionId: memory.receptionId });
  }

  #forgetCard(memory: ReceptionMemory): void {
    memory.forgetCard();
    this.#letGo();
  }

  /** Aborts, wipes, and leaves the card without any right that it was given. */
  #end(): void {
    const memory = this.#memory;
    if (!memory) return;
    this.#memory = undefined;
    const notes: readonly AuditNote[] = memory.audit;
    memory.forget();
    if (notes.length > 0) this.#options.ports.records.note(notes);
    this.#letGo();
  }

  #letGo(): void {
    this.#released = this.#options.ports.card.release().catch(this.#options.onDefect);
  }

  /** A listener's defect is its own: the reception goes on. */
  #tell<T>(listeners: ReadonlySet<(news: T) => void>, news: T): void {
    for (const listener of [...listeners]) {
      try {
        listener(news);
      } catch (error) {
        this.#options.onDefect(error);
      }
    }
  }

  /** How the present reception went so far. */
  reportNow(outcome: string, state: State = this.#state): ReceptionReport {
    return reportOf(state, outcome, this.#options.timeline, this.#resultFile);
  }

  #report(before: State, state: State): void {
    const outcome = state.at === before.at ? undefined : outcomeIn(state);
    if (outcome !== undefined) this.#tell(this.#reporters, this.reportNow(outcome, before));
  }
}
