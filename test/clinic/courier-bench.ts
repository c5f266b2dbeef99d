/** A courier on simulated time, a real folder, and an outbox in memory that a crash of the courier leaves as it is. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Courier, type CourierState, startCourier } from '../../src/clinic/courier.ts';
import { type FolderFiles, folderFiles } from '../../src/clinic/folder-delivery.ts';
import { makeParcel } from '../../src/clinic/parcel.ts';
import { failed, ok } from '../../src/faults/result.ts';
import type { Parcel } from '../../src/reception/ports.ts';
import type { Outbox } from '../../src/records/outbox.ts';
import { createSimulatedClock, type SimulatedClock } from '../simulated-clock.ts';
import { heldFiles } from './held-files.ts';
import { readOqs, textOf } from './read-oqs.ts';
import { wholeResult } from './whole-result.ts';

export const READER = 'KZTEST01';

export function parcel(n: number, more: { fhir?: boolean; remarks?: string } = {}): Parcel {
  const answer = {
    segmentOfResult: '1',
    validity: '1',
    qualifications: [{ Name: `見本　${n}`, Remarks: more.remarks ?? '' }],
  } as const;
  const at = new Date(Date.UTC(2026, 3, 1) + n * 1_000);
  const result = { ...wholeResult, answer, at, receptionId: `r${String(n).padStart(4, '0')}` };
  return makeParcel(result, { readerId: READER, medicalInstitutionCode: '0012345678', fhir: more.fhir ?? true }).parcel;
}

export const several = (count: number) => Array.from({ length: count }, (_, n) => parcel(n, { fhir: n % 2 === 0 }));

export class MemoryOutbox implements Outbox {
  readonly parcels: Parcel[];
  /** How often the records fail before they work again. */
  faults = 0;

  constructor(parcels: readonly Parcel[] = []) {
    this.parcels = [...parcels];
  }

  next() {
    return this.#fault() ?? ok(this.parcels[0]);
  }

  delivered(receptionId: string) {
    const fault = this.#fault();
    if (fault) return fault;
    if (this.parcels[0]?.receptionId === receptionId) this.parcels.shift();
    return ok();
  }

  depth() {
    return ok(this.parcels.length);
  }

  oldestAt() {
    return ok(this.parcels[0]?.acceptedAt);
  }

  #fault() {
    if (this.faults === 0) return undefined;
    this.faults--;
    return failed('REC-701', 'database or disk is full');
  }
}

export class CourierBench {
  readonly clock: SimulatedClock = createSimulatedClock();
  readonly home: string = mkdtempSync(join(tmpdir(), 'kazasu-courier-'));
  readonly folder: string = join(this.home, 'face');
  readonly defects: unknown[] = [];
  /** All states told, in order. */
  readonly told: CourierState[] = [];
  /** Texts of `Name` in the results that the clinic has taken, in order. */
  readonly taken: string[] = [];

  constructor() {
    mkdirSync(this.folder);
  }

  start(outbox: Outbox, files: FolderFiles = folderFiles, folder: string = this.folder): Courier {
    const courier = startCourier({
      outbox,
      folder,
      readerId: READER,
      clock: this.clock,
      random: () => 0,
      onDefect: (error) => this.defects.push(error),
      files: this.held(files),
    });
    courier.watch((state) => this.told.push(state));
    return courier;
  }

  held(files: FolderFiles): FolderFiles {
    return heldFiles(this.clock, files);
  }

  reasonsTold(): string[] {
    return [...new Set(this.told.flatMap((state) => (state.at === 'waiting' ? [state.reason] : [])))];
  }

  names(folder: string = this.folder): string[] {
    return readdirSync(folder).sort();
  }

  /** What the clinic's software does: it reads each result that it sees, and takes all that belongs to it away. */
  clinicTakes(): void {
    for (const name of this.names().filter((one) => one.endsWith('.xml'))) {
      this.taken.push(textOf(readOqs(readFileSync(join(this.folder, name))), 'Name') ?? '');
      for (const other of this.names()) {
        if (other.startsWith(name.replace('.xml', '')) && !other.endsWith('.part')) rmSync(join(this.folder, other));
      }
    }
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}

export const idle = (courier: Courier) => () => courier.state().at === 'idle';
export const waitingFor = (courier: Courier, reason: string) => () => {
  const state = courier.state();
  return state.at === 'waiting' && state.reason === reason;
};
