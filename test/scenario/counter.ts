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
import { personaById } from '../../src/bench/personas.ts';
import type { ProtocolId } from '../../src/card/module/module-link.ts';
import { folderFiles } from '../../src/clinic/folder-delivery.ts';
import { composeUnit } from '../../src/compose.ts';
import { openHandOvers } from '../../src/compose-clinic.ts';
import { readConfig } from '../../src/config.ts';
import { createFacePort } from '../../src/face/face-port.ts';
import type { FaultCode } from '../../src/faults/catalogue.ts';
import type { ClinicPort } from '../../src/reception/ports.ts';
import type { Reader } from '../../src/reception/reader.ts';
import type { Intent, State } from '../../src/reception/state.ts';
import { Timeline } from '../../src/reception/timeline.ts';
import { heldFiles } from '../clinic/held-files.ts';
import { createSimulatedClock, type SimulatedClock } from '../simulated-clock.ts';

/** Nothing at the counter takes longer. */
const PATIENCE_MS = 180_000;

export type FaceWorker = ReturnType<typeof createFacePort> & { readonly clock: SimulatedClock };

/** One worker for many counters: it takes half a second to start. */
export function startFaceWorker(): FaceWorker {
  const clock = createSimulatedClock();
  return {
    ...createFacePort({ modelsDir: resolve('build/models'), clock, hold: clock.hold, challenge: 'turn', random: randomBytes }),
    clock,
  };
}

type CounterParts = Pick<Counter, 'reader' | 'bench' | 'clinic' | 'clock' | 'handedOver' | 'defects' | 'close'> & {
  readonly folder: string;
};

export class Counter {
  readonly reader: Reader;
  readonly bench: Bench;
  readonly clock: SimulatedClock;
  readonly clinic: ClinicPort;
  readonly #folder: string;
  readonly #close: () => Promise<void>;
  readonly defects: unknown[];
  /** The results that the clinic was given, in order. */
  readonly handedOver: readonly string[];
  /** Every state that was shown, in order, by its name. */
  readonly shown: string[] = [];

  static async open(face: FaceWorker, module: ProtocolId): Promise<Counter> {
    const { clock } = face;
    const folder = mkdtempSync(join(tmpdir(), 'kazasu-counter-'));
    mkdirSync(join(folder, 'clinic'));
    const timeline = new Timeline(clock.now);
    const bench = await Bench.open({
      clock,
      waits: timeline,
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
      readerId: 'KZTEST01',
      module,
      baudRate: 115_200,
      gatewayLatencyMs: 3_000,
      joins: 'memory',
      hold: clock.hold,
    });
    const config = readConfig();
    if (!config.ok) throw new Error(config.fault.detail);
    const handedOver: string[] = [];
    const giveName = async (path: string) => {
      await folderFiles.giveName(path);
      if (path.endsWith('.xml')) handedOver.push(basename(path));
    };
    const defects: unknown[] = [];
    const onDefect = (error: unknown) => defects.push(error);
    const handOvers = openHandOvers({
      config: { ...config.value, readerId: 'KZTEST01' },
      folder: join(folder, 'clinic'),
      recordsPath: join(folder, 'records.sqlite'),
      clock,
      simulated: true,
      onDefect,
      files: heldFiles(clock, { ...folderFiles, giveName }),
    });
    if (!handOvers.ok) throw new Error(handOvers.fault.detail);
    const { clinic, records } = handOvers.value;
    const opening = composeUnit({ world: await bench.world(), clock, timeline, face, records, clinic, onDefect });
    const unit = await during(clock, opening);
    if (!unit.ok) throw new Error(`the reader did not start: ${unit.fault.code}`);
    followHints(unit.value.reader, bench.camera);
    const close = async () => {
      await during(clock, unit.value.close());
      await during(clock, bench.close());
      await during(clock, handOvers.value.close());
      rmSync(folder, { recursive: true });
    };
    return new Counter({ reader: unit.value.reader, bench, clinic, clock, folder, handedOver, defects, close });
  }

  private constructor(parts: CounterParts) {
    this.reader = parts.reader;
    this.bench = parts.bench;
    this.clinic = parts.clinic;
    this.clock = parts.clock;
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

  choose(method: 'face' | 'pin'): void {
    this.touch({ type: 'choose', method });
  }

  /** Types the digits and confirms. */
  enterPin(digits: string): void {
    for (const digit of Buffer.from(digits, 'latin1')) this.reader.pinKey(digit);
    this.touch({ type: 'continue' });
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
    await this.sees('consenting');
  }

  async provesByFace(persona: string): Promise<void> {
    await this.comesToChoose(persona);
    this.choose('face');
    await this.sees('consenting');
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
    this.touch({ type: 'consent', items: ['medicines', 'checkups'] });
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

  clinicFiles(): string[] {
    return readdirSync(join(this.#folder, 'clinic')).sort();
  }

  /** What the clinic's software would take, without the sidecars. */
  resultFiles(): string[] {
    return this.clinicFiles().filter((name) => name.endsWith('.xml'));
  }

  clinicFile(name: string): string {
    return readFileSync(join(this.#folder, 'clinic', name), 'utf8');
  }

  get clinicFolder(): string {
    return join(this.#folder, 'clinic');
  }

  recorded(): { outcome: string; method: string }[] {
    return this.#rows('SELECT outcome, method FROM receptions ORDER BY rowid') as { outcome: string; method: string }[];
  }

  audited(): string[] {
    return this.#rows('SELECT name FROM audit WHERE reception_id IS NOT NULL ORDER BY seq').map((row) => String(row['name']));
  }

  close(): Promise<void> {
    return this.#close();
  }

  #rows(query: string): Record<string, unknown>[] {
    const database = new DatabaseSync(join(this.#folder, 'records.sqlite'), { readOnly: true });
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

/** Lets simulated time pass until `work` has ended. */
async function during<T>(clock: SimulatedClock, work: Promise<T>): Promise<T> {
  let ended = false;
  const ending = work.finally(() => {
    ended = true;
  });
  await clock.runUntil(() => ended, PATIENCE_MS);
  return ending;
}
