/**
 * What a counter is put together from: the product's own composition, the bench's card, module peer and gateway, the real
 * face worker, a real folder and a real store, on simulated time.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { Bench } from '../../src/bench/bench.ts';
import { followHints } from '../../src/bench/faces/follow-hints.ts';
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
import type { ClinicPort, StaffPort } from '../../src/reception/ports.ts';
import type { Reader } from '../../src/reception/reader.ts';
import { Timeline } from '../../src/reception/timeline.ts';
import type { Records } from '../../src/records/records.ts';
import { heldFiles } from '../clinic/held-files.ts';
import { createSimulatedClock, type SimulatedClock } from '../simulated-clock.ts';

/** Of six digits, as the facility has set it. */
export const FACILITY_PASSWORD = '135790';

/** Nothing at the counter takes longer. */
export const PATIENCE_MS = 180_000;

export type FaceWorker = ReturnType<typeof createFacePort> & { readonly clock: SimulatedClock };

/** One worker for many counters: it takes half a second to start. @param random decides which way a head is to be turned */
export function startFaceWorker(random: (length: number) => Uint8Array = randomBytes): FaceWorker {
  const clock = createSimulatedClock();
  return {
    ...createFacePort({ modelsDir: resolve('build/models'), clock, hold: clock.hold, challenge: 'turn', random }),
    clock,
  };
}

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

export type CounterParts = {
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
  readonly folder: string;
  readonly clinicFolder: string;
  /** The results that the clinic was given, in order. */
  readonly handedOver: readonly string[];
  readonly defects: readonly unknown[];
  close(): Promise<void>;
};

/** Puts a reader and its bench together, and waits until the reader has started. */
export async function openCounterParts(face: FaceWorker, module: ProtocolId, options: CounterOptions): Promise<CounterParts> {
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
  const { slots, asking } = composed;
  const desk = deskOf({ reader, asking, clinic, clock, records, staff: staff.value });
  return {
    ...{ reader, slots, bench, clock, clinic, records, desk, staff: staff.value },
    ...{ folder, clinicFolder, handedOver, defects, close },
  };
}

type DeskParts = Pick<CounterParts, 'reader' | 'records' | 'staff' | 'clinic' | 'clock'> & Pick<ComposedReader, 'asking'>;

/** The desk without its server; parts' health is told by other tests. */
function deskOf({ reader, records, staff, clinic, clock, asking }: DeskParts): DeskSource {
  return createReaderDeskSource({
    ...{ reader, news: staff.news, options: staff.options, now: clock.wall, watch: clinic.watch },
    recent: records.recent,
    pending: records.pending,
    asking,
    health: () => [],
    exportAudit: () => Promise.reject(new Error('no test asks for it')),
  });
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
