/**
 * A whole reader at a counter, on simulated time: the product's own composition, the bench's card, module peer and
 * gateway, the real face worker, a real folder and a real store. Only cable and TLS are handed over in memory.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Bench } from '../../src/bench/bench.ts';
import type { Sight } from '../../src/bench/faces/bench-camera.ts';
import { followHints } from '../../src/bench/faces/follow-hints.ts';
import { yes } from '../../src/bench/patient.ts';
import { personaById } from '../../src/bench/personas.ts';
import type { ProtocolId } from '../../src/card/module/module-link.ts';
import type { CharacterCode } from '../../src/clinic/character-code.ts';
import { type FolderFiles, folderFiles } from '../../src/clinic/folder-delivery.ts';
import { type ComposedReader, composeReader } from '../../src/compose.ts';
import { openHandOvers } from '../../src/compose-clinic.ts';
import { openStaff, type Staff } from '../../src/compose-desk.ts';
import { readConfig } from '../../src/config.ts';
import type { DeskSource } from '../../src/desk/desk-source.ts';
import { createReaderDeskSource } from '../../src/desk/reader-desk-source.ts';
import { createFacePort } from '../../src/face/face-port.ts';
import type { FaultCode } from '../../src/faults/catalogue.ts';
import type { Screen } from '../../src/kiosk/protocol.ts';
import { screenOf } from '../../src/kiosk/snapshot.ts';
import type { ClinicPort, ReceptionRow, StaffPort } from '../../src/reception/ports.ts';
import type { Question } from '../../src/reception/questions.ts';
import type { Reader } from '../../src/reception/reader.ts';
import type { Intent, PatientAnswer, State } from '../../src/reception/state.ts';
import { Timeline } from '../../src/reception/timeline.ts';
import type { Records } from '../../src/records/records.ts';
import { heldFiles } from '../clinic/held-files.ts';
import { createSimulatedClock, type SimulatedClock } from '../simulated-clock.ts';

/** Of six digits, as the facility has set it. */
export const FACILITY_PASSWORD = '135790';

/** Nothing at the counter takes longer. */
const PATIENCE_MS = 180_000;

export type FaceWorker = ReturnType<typeof createFacePort> & { readonly clock: SimulatedClock };

/** One worker for many counters: it takes half a second to start. @param random decides which way a head is to be turned */
export function startFaceWorker(random: (length: number) => Uint8Array = randomBytes): FaceWorker {
  const clock = createSimulatedClock();
  return {
    ...createFacePort({ modelsDir: resolve('build/models'), clock, hold: clock.hold, challenge: 'turn', random }),
    clock,
  };
}

type RecordedRow = Pick<ReceptionRow, 'method' | 'given' | 'validity' | 'outcome'> & { readonly approver: string | null };

export type CounterOptions = {
  readonly readerId?: string;
  /** Of the result files. */
  readonly encoding?: CharacterCode;
  /** An earlier counter's, or one to be kept; absent: its own, which goes with it. */
  readonly folder?: string;
  /** Where two counters share one; absent: within `folder`. */
  readonly clinicFolder?: string;
  readonly files?: FolderFiles;
  /** Kept for the next counter, with the cards that were issued there; absent: its own. */
  readonly bench?: Bench;
};

type CounterParts = Pick<
  Counter,
  'reader' | 'slots' | 'bench' | 'clinic' | 'clock' | 'handedOver' | 'defects' | 'close' | 'records' | 'staff' | 'clinicFolder'
> & { readonly folder: string; readonly asking: ComposedReader['asking'] };

export class Counter {
  readonly reader: Reader;
  /** Where its module takes a card. */
  readonly slots: ComposedReader['slots'];
  readonly bench: Bench;
  readonly clock: SimulatedClock;
  readonly clinic: ClinicPort;
  /** What the facility has set and its people are told. */
  readonly staff: Staff;
  /** What the staff console shows. */
  readonly desk: DeskSource;
  readonly records: Records;
  readonly clinicFolder: string;
  readonly #folder: string;
  readonly #close: () => Promise<void>;
  readonly defects: unknown[];
  /** The results that the clinic was given, in order. */
  readonly handedOver: readonly string[];
  /** Every state that was shown, in order, by its name. */
  readonly shown: string[] = [];

  static async open(face: FaceWorker, module: ProtocolId, options: CounterOptions = {}): Promise<Counter> {
    const { clock } = face;
    const { readerId = 'KZTEST01', encoding = 'utf-8', files = folderFiles } = options;
    const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'kazasu-counter-'));
    const clinicFolder = options.clinicFolder ?? join(folder, 'clinic');
    mkdirSync(clinicFolder, { recursive: true });
    const timeline = new Timeline(clock.now);
    const bench =
      options.bench ??
      (await Bench.open({
        clock,
        waits: timeline,
        random: (length) => crypto.getRandomValues(new Uint8Array(length)),
        readerId,
        module,
        baudRate: 115_200,
        gatewayLatencyMs: 3_000,
        joins: 'memory',
        hold: clock.hold,
      }));
    const config = readConfig();
    if (!config.ok) throw new Error(config.fault.detail);
    const handedOver: string[] = [];
    const giveName = async (path: string) => {
      await files.giveName(path);
      if (path.endsWith('.xml')) handedOver.push(basename(path));
    };
    const defects: unknown[] = [];
    const onDefect = (error: unknown) => defects.push(error);
    const handOvers = openHandOvers({
      config: { ...config.value, readerId, clinic: { ...config.value.clinic, encoding } },
      folder: clinicFolder,
      recordsPath: join(folder, 'records.sqlite'),
      clock,
      simulated: true,
      onDefect,
      files: heldFiles(clock, { ...files, giveName }),
    });
    if (!handOvers.ok) throw new Error(handOvers.fault.detail);
    const { clinic, records } = handOvers.value;
    const staff = openStaff({ folder, clock, random: randomBytes });
    if (!staff.ok) throw new Error(staff.fault.detail);
    if (!staff.value.password.isSet) await staff.value.password.set(Buffer.from(FACILITY_PASSWORD));
    const parts = { clock, timeline, face, records, clinic, onDefect, staff: heldStaff(staff.value.port, clock) };
    const composed = composeReader({ world: await bench.world(), ...parts });
    const started = await during(clock, composed.moduleStarted);
    if (!started.ok) throw new Error(`the reader did not start: ${started.fault.code}`);
    const { reader } = composed;
    followHints(reader, bench.camera);
    const close = async () => {
      await during(clock, composed.close());
      if (!options.bench) await during(clock, bench.close());
      await during(clock, handOvers.value.close());
      staff.value.close();
      if (options.folder === undefined) rmSync(folder, { recursive: true });
    };
    const seen = { reader, slots: composed.slots, asking: composed.asking, bench, clinic, clock, records, staff: staff.value };
    return new Counter({ ...seen, folder, clinicFolder, handedOver, defects, close });
  }

  private constructor(parts: CounterParts) {
    this.reader = parts.reader;
    this.slots = parts.slots;
    this.bench = parts.bench;
    this.clinic = parts.clinic;
    this.staff = parts.staff;
    this.clock = parts.clock;
    this.records = parts.records;
    this.desk = deskOf(parts);
    this.clinicFolder = parts.clinicFolder;
    this.#folder = parts.folder;
    this.handedOver = parts.handedOver;
    this.defects = parts.defects;
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

/** The desk without its server; parts' health is told by other tests. */
function deskOf({ reader, records, staff, clinic, clock, asking }: CounterParts): DeskSource {
  return createReaderDeskSource({
    ...{ reader, news: staff.news, options: staff.options, now: clock.wall, watch: clinic.watch },
    recent: records.recent,
    pending: records.pending,
    asking,
    health: () => [],
    exportAudit: () => Promise.reject(new Error('no test asks for it')),
  });
}

function sightOf(whom: string): Sight {
  if (whom === 'nobody') return { kind: 'nobody' };
  if (whom === 'photograph') return { kind: 'picture', path: resolve('build/personas/a/frame-0.jpg') };
  return { kind: 'persona', personaId: whom, face: personaById(whom)?.face };
}

/** To compare a password takes real time, which simulated time must not overtake. */
function heldStaff(port: StaffPort, clock: SimulatedClock): StaffPort {
  return {
    ...port,
    async verifyPassword(password, signal) {
      const release = clock.hold();
      try {
        return await port.verifyPassword(password, signal);
      } finally {
        release();
      }
    },
  };
}

/** Lets simulated time pass until `work` has ended. */
async function during<T>(clock: SimulatedClock, work: Promise<T>): Promise<T> {
  let ended = false;
  const ending = work.finally(() => {
    ended = true;
  });
  await clock.runUntil(() => ended, PATIENCE_MS);
  return ending;
}
