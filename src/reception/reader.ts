import type { Clock } from '../clock.ts';
import type { FaultCode } from '../faults/catalogue.ts';
import { failed, ok, type Result } from '../faults/result.ts';
import { boundOf, isWarnedBefore, WARNING_MS } from './bounds.ts';
import type { Answer, Effect, Event } from './event.ts';
import { lightOf } from './light.ts';
import { ReceptionMemory } from './memory.ts';
import { createNameReading, type NameReading } from './name-reading.ts';
import {
  matchFace,
  openGateway,
  type Ports,
  prove,
  query,
  register,
  survey,
  verifyPin,
  verifyStaff,
  type Work,
} from './perform.ts';
import type { PinEntry } from './pin-entry.ts';
import type { AuditEvent, AuditNote } from './ports.ts';
import type { Prescription } from './questions.ts';
import { record, recordPending } from './record.ts';
import { isFree, isPatientsTurn, isResting, visualOpen } from './rules.ts';
import type { Intent, State } from './state.ts';
import type { Stage, Timeline } from './timeline.ts';
import { transition } from './transition.ts';

/** An effect that takes time and is answered. */
type Task = Exclude<Effect, { do: 'play' | 'audit' | 'clear-entry' | 'forget-card' | 'end' | 'read-name' }>;

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

/** How a reception went, without anything of the person. */
export type ReceptionReport = {
  readonly receptionId: string;
  /** `accepted`, or the code of the fault that it stopped at last. */
  readonly outcome: string;
  readonly method: string | undefined;
  readonly timeline: readonly Stage[];
  readonly machineMs: number;
  readonly waits: ReturnType<Timeline['waits']>;
  /** The name of the file that the clinic was given; absent while it waits. */
  readonly resultFile: string | undefined;
};

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
 * The one runner: takes events to the pure transition, keeps the state, carries out effects, arms one timer for
 * the state's bound. Listeners are told after every change.
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
  #cancelBound: () => void = () => {};
  #cardThere = false;
  #moduleFault: FaultCode | undefined;
  /** Since when the present bound runs. */
  #since = 0;
  #stopWatching: (() => void)[] = [];
  #listeners = new Set<(state: State) => void>();
  #reporters = new Set<(report: ReceptionReport) => void>();
  #resultFile: string | undefined;

  constructor(options: ReaderOptions) {
    this.#options = options;
    const { ports, clock, onDefect } = options;
    this.#nameReading = createNameReading({ card: ports.card, staff: ports.staff, clock, onDefect });
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

  /** Keeps still for an update from now on. @returns false when somebody stands at the reader: nothing has changed then */
  rest(): boolean {
    this.#take({ type: 'rest' });
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
    this.#cancelBound();
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
    else if (event.type === 'intent' && event.intent.type === 'extend') this.#giveTimeAnew(state);
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
    // A hint or the card's going must not lengthen a wait; what the patient does may.
    if (beginsAnew(before, state)) this.#since = this.#options.clock.now();
    this.#hold(state);
  }

  /** Asked for before it runs out, as whoever changes the language does. What the machine does has no more time for it. */
  #giveTimeAnew(state: State): void {
    if (!isPatientsTurn(state)) return;
    this.#since = this.#options.clock.now();
    this.#hold(state);
  }

  #hold(state: State): void {
    this.#cancelBound();
    const bound = boundOf(state);
    if (bound) this.#arm(bound.ms, isWarnedBefore(bound) && isPatientsTurn(state) && !isHurried(state));
  }

  #arm(boundMs: number, warns: boolean): void {
    const { clock } = this.#options;
    const atMs = this.#since + boundMs - (warns ? WARNING_MS : 0);
    const type = warns ? 'time-short' : 'time-out';
    this.#cancelBound = clock.after(Math.max(0, atMs - clock.now()), () => this.#take({ type }));
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

  #carryOut(effect: Task, work: Work): Promise<Answer> {
    switch (effect.do) {
      case 'open-gateway':
        return openGateway(work);
      case 'survey':
        return survey(work);
      case 'match-face':
        return matchFace(work, (hint) => this.#answer(work, { type: 'face-hinted', hint }));
      case 'verify-pin':
        return verifyPin(work, effect.knownTriesLeft);
      case 'prove':
        return prove(work, effect.method, effect.approver);
      case 'verify-staff':
        return verifyStaff(work);
      case 'register':
        return register(work);
      case 'query':
        return query(work, effect.given);
      case 'record':
        return this.#recorded(work, effect);
      case 'record-pending': {
        const { method, given, code } = effect;
        return Promise.resolve({ type: 'pending-recorded', result: recordPending(work, method, given, code) });
      }
    }
  }

  async #recorded(work: Work, effect: Extract<Effect, { do: 'record' }>): Promise<Answer> {
    const { result, fileName, nameWanted = false } = await record(work, effect.method, effect.given, effect.outcome);
    this.#resultFile = fileName;
    return { type: 'recorded', result, nameWanted };
  }

  #run(task: Task, work: Work): void {
    this.#carryOut(task, work).then(
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
    const { timeline } = this.#options;
    return {
      receptionId: 'reception' in state ? state.reception.id : '',
      outcome,
      method: 'method' in state ? state.method : undefined,
      timeline: timeline.stages(),
      machineMs: timeline.machineMs(),
      waits: timeline.waits(),
      resultFile: this.#resultFile,
    };
  }

  #report(before: State, state: State): void {
    if (state.at === before.at) return;
    const outcome =
      state.at === 'done'
        ? 'accepted'
        : state.at === 'pending'
          ? 'pending'
          : state.at === 'stopped' || state.at === 'interrupted'
            ? state.code
            : undefined;
    if (!outcome) return;
    const report = this.reportNow(outcome, before);
    this.#tell(this.#reporters, report);
  }
}

/** The answer that ends what asked for a task, when the task failed by a defect of ours. */
function defectAnswer(task: Task): Answer {
  const result = failed('SYS-901');
  switch (task.do) {
    case 'open-gateway':
      return { type: 'gateway-opened', result };
    case 'survey':
      return { type: 'surveyed', result, faceReady: false, visual: false };
    case 'match-face':
      return { type: 'face-decided', result };
    case 'verify-pin':
      return { type: 'pin-verified', result };
    case 'prove':
      return { type: 'proved', result };
    case 'verify-staff':
      return { type: 'staff-verified', result };
    case 'register':
      return { type: 'registered', result };
    case 'query':
      return { type: 'eligibility-answered', result };
    case 'record':
      return { type: 'recorded', result };
    case 'record-pending':
      return { type: 'pending-recorded', result };
  }
}
