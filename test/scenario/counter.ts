/** A whole reader at a counter, on simulated time, and what people do there. Only cable and TLS are handed over in memory. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Sight } from '../../src/bench/faces/bench-camera.ts';
import { yes } from '../../src/bench/patient.ts';
import { personaById } from '../../src/bench/personas.ts';
import type { ProtocolId } from '../../src/card/module/module-link.ts';
import type { FaultCode } from '../../src/faults/catalogue.ts';
import type { Screen } from '../../src/kiosk/protocol.ts';
import { screenOf } from '../../src/kiosk/snapshot.ts';
import type { ReceptionRow } from '../../src/reception/ports.ts';
import type { Question } from '../../src/reception/questions.ts';
import type { Intent, PatientAnswer, State } from '../../src/reception/state.ts';
import {
  type CounterOptions,
  type CounterParts,
  FACILITY_PASSWORD,
  type FaceWorker,
  openCounterParts,
  PATIENCE_MS,
} from './counter-parts.ts';

type RecordedRow = Pick<ReceptionRow, 'method' | 'given' | 'validity' | 'outcome'> & { readonly approver: string | null };

export class Counter {
  readonly reader: CounterParts['reader'];
  readonly slots: CounterParts['slots'];
  readonly bench: CounterParts['bench'];
  readonly clock: CounterParts['clock'];
  readonly clinic: CounterParts['clinic'];
  readonly staff: CounterParts['staff'];
  readonly desk: CounterParts['desk'];
  readonly records: CounterParts['records'];
  readonly clinicFolder: CounterParts['clinicFolder'];
  readonly handedOver: CounterParts['handedOver'];
  readonly defects: CounterParts['defects'];
  readonly #folder: string;
  readonly #close: () => Promise<void>;
  /** Every state that was shown, in order, by its name. */
  readonly shown: string[] = [];

  static async open(face: FaceWorker, module: ProtocolId, options: CounterOptions = {}): Promise<Counter> {
    return new Counter(await openCounterParts(face, module, options));
  }

  private constructor(parts: CounterParts) {
    this.reader = parts.reader;
    this.slots = parts.slots;
    this.bench = parts.bench;
    this.clock = parts.clock;
    this.clinic = parts.clinic;
    this.staff = parts.staff;
    this.desk = parts.desk;
    this.records = parts.records;
    this.clinicFolder = parts.clinicFolder;
    this.handedOver = parts.handedOver;
    this.defects = parts.defects;
    this.#folder = parts.folder;
    this.#close = parts.close;
    this.reader.onChange((state) => {
      if (this.shown.at(-1) !== state.at) this.shown.push(state.at);
    });
  }

  /** The persona comes, stands before the camera (or lets another do so) and places the card. */
  async placeCard(persona: string, before: { camera?: string } = {}): Promise<void> {
    await this.standsBefore(before.camera ?? persona);
    const placed = await this.bench.place(persona);
    if (!placed.ok) throw new Error(placed.fault.detail);
  }

  /** Who is before the camera from now on: a persona, `nobody`, or `photograph`, the adult's held up. */
  async standsBefore(whom: string): Promise<void> {
    const seen = await this.bench.camera.look(sightOf(whom));
    if (!seen.ok) throw new Error(seen.fault.detail);
  }

  takeCard(): void {
    this.bench.remove();
  }

  /** Places the card and comes to the choice between face and PIN. */
  async comesToChoose(persona: string, before: { camera?: string } = {}): Promise<Extract<State, { at: 'choosing' }>> {
    await this.placeCard(persona, before);
    return this.sees('choosing');
  }

  /** Takes the card, and the counter is free for the next. */
  async leaves(): Promise<void> {
    this.takeCard();
    await this.sees('idle');
  }

  /** Waits until the screen shows that state; simulated time passes meanwhile. */
  async sees<At extends State['at']>(at: At, maxMs = PATIENCE_MS): Promise<Extract<State, { at: At }>> {
    await this.clock
      .runUntil(() => this.reader.state.at === at, maxMs)
      .catch((error: Error) => {
        throw new Error(
          `waited for "${at}", saw ${this.shown.join(' → ')} (${JSON.stringify(this.reader.state)}): ${error.message}`,
        );
      });
    return this.reader.state as Extract<State, { at: At }>;
  }

  async seesFault(code: FaultCode, maxMs = PATIENCE_MS): Promise<Extract<State, { at: 'stopped' }>> {
    const state = await this.sees('stopped', maxMs);
    if (state.code !== code) throw new Error(`expected ${code}, the screen shows ${state.code}`);
    return state;
  }

  touch(intent: Intent): void {
    this.reader.intent(intent);
  }

  answer(answer: PatientAnswer): void {
    this.touch({ type: 'answer', answer });
  }

  /** Answers whatever is asked, by default with yes to everything. */
  answerAll(answer: (question: Question) => PatientAnswer = yes): void {
    const { state } = this.reader;
    if (state.at !== 'asking') throw new Error(`nothing is asked while "${state.at}"`);
    for (const question of state.questions) this.answer(answer(question));
  }

  choose(method: 'face' | 'pin'): void {
    this.touch({ type: 'choose', method });
  }

  /** Types the digits and confirms. */
  enterPin(digits: string): void {
    for (const digit of Buffer.from(digits, 'latin1')) this.reader.pinKey(digit);
    this.touch({ type: 'continue' });
  }

  /** Staff type the facility password at the reader, and confirm. */
  enterPassword(digits: string = FACILITY_PASSWORD): void {
    this.enterPin(digits);
  }

  /** Staff say at their desk that they have compared person and card. */
  approveAtDesk(approver: string): void {
    const { state } = this.reader;
    const approved = this.reader.approve('reception' in state ? state.reception.id : '', approver);
    if (!approved.ok) throw new Error(`the reader did not take it: ${approved.fault.code}`);
  }

  /** Types a PIN that the card refuses, and is asked for it again. */
  async entersWrongPin(digits: string): Promise<Extract<State, { at: 'entering-pin' }>> {
    this.enterPin(digits);
    await this.sees('verifying-pin');
    return this.sees('entering-pin');
  }

  /** Places the card, takes the PIN way with the persona's PIN, and comes to the consent screen. */
  async provesByPin(persona: string): Promise<void> {
    await this.comesToChoose(persona);
    this.choose('pin');
    this.enterPin('1234');
    await this.sees('asking');
  }

  async provesByFace(persona: string): Promise<void> {
    await this.comesToChoose(persona);
    this.choose('face');
    await this.sees('asking');
  }

  /** After whatever happened: the next patient is served, and gets a result file of their own. */
  async servesTheNext(): Promise<void> {
    await this.leaves();
    const before = this.resultFiles().length;
    await this.provesByPin('rare-name');
    const { handOver } = await this.agrees();
    if (handOver !== 'handed-over' || this.resultFiles().length !== before + 1)
      throw new Error('the next patient got no result file');
  }

  agree(): void {
    this.answer({ to: 'consent', items: ['medicines', 'checkups'] });
  }

  /** Agrees, and the reception is recorded. */
  async agrees(): Promise<Extract<State, { at: 'done' }>> {
    this.agree();
    return this.sees('done');
  }

  /** How many PIN entries the card that lies there, or lay there last, was asked to verify. */
  pinVerifies(): number {
    return this.bench.cards().reduce((sum, card) => sum + card.statistics.pinVerifies, 0);
  }

  /** What the kiosk shows now. */
  screen(): Screen {
    const { reader, bench } = this;
    const capture = bench.camera.capture();
    return screenOf(reader.state, { capture, faceReady: true, prescriptions: () => reader.prescriptions() });
  }

  clinicFiles(): string[] {
    return readdirSync(this.clinicFolder).sort();
  }

  /** What the clinic's software would take, without the sidecars. */
  resultFiles(): string[] {
    return this.clinicFiles().filter((name) => name.endsWith('.xml'));
  }

  clinicFile(name: string): string {
    return readFileSync(join(this.clinicFolder, name), 'utf8');
  }

  get recordsPath(): string {
    return join(this.#folder, 'records.sqlite');
  }

  recorded(): { outcome: string; method: string }[] {
    return this.#rows('SELECT outcome, method FROM receptions ORDER BY rowid') as { outcome: string; method: string }[];
  }

  /** The last reception of the records. */
  lastRow(): RecordedRow {
    const [row] = this.#rows('SELECT method, approver, given, validity, outcome FROM receptions ORDER BY rowid DESC LIMIT 1');
    if (!row) throw new Error('nothing is recorded');
    return { ...row, given: JSON.parse(String(row['given'])) } as RecordedRow;
  }

  audited(): string[] {
    return this.#rows('SELECT name FROM audit WHERE reception_id IS NOT NULL ORDER BY seq').map((row) => String(row['name']));
  }

  close(): Promise<void> {
    return this.#close();
  }

  #rows(query: string): Record<string, unknown>[] {
    const database = new DatabaseSync(this.recordsPath, { readOnly: true });
    try {
      return database.prepare(query).all();
    } finally {
      database.close();
    }
  }
}

function sightOf(whom: string): Sight {
  if (whom === 'nobody') return { kind: 'nobody' };
  if (whom === 'photograph') return { kind: 'picture', path: resolve('build/personas/a/frame-0.jpg') };
  return { kind: 'persona', personaId: whom, face: personaById(whom)?.face };
}
