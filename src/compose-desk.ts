/** The people behind the counter: what they have set, what they are told, and their console. */
import { join, resolve } from 'node:path';
import manifest from '../package.json' with { type: 'json' };
import type { Clock } from './clock.ts';
import type { ComposedReader } from './compose.ts';
import { watchHealth } from './compose-health.ts';
import type { Config } from './config.ts';
import type { AuditCopy } from './desk/desk-source.ts';
import { type KeptFacilityOptions, openFacilityOptions } from './desk/facility-options.ts';
import { createFacilityPassword, type FacilityPassword } from './desk/facility-password.ts';
import { createReaderDeskSource } from './desk/reader-desk-source.ts';
import { createDeskServer, type DeskServer } from './desk/server.ts';
import { createStaffNews, type KeptStaffNews } from './desk/staff-news.ts';
import { createStaffPort } from './desk/staff-port.ts';
import type { GatewayClient } from './eligibility/gateway-client.ts';
import { ok, type Result } from './faults/result.ts';
import type { DeskEvent } from './reception/desk-event.ts';
import type { CardPort, ClinicPort, StaffPort } from './reception/ports.ts';
import type { Reader } from './reception/reader.ts';
import { exportAudit } from './records/audit-export.ts';
import type { Records } from './records/records.ts';
import { sealFile } from './records/sealed-file.ts';
import { readSealingKey } from './records/sealing-key.ts';
import type { World } from './world.ts';

export type StaffOptions = {
  /** Where password, options and people are kept. */
  readonly folder: string;
  readonly clock: Clock;
  readonly random: (length: number) => Uint8Array;
};

export type Staff = {
  readonly port: StaffPort;
  readonly password: FacilityPassword;
  readonly options: KeptFacilityOptions;
  readonly news: KeptStaffNews;
  readonly folder: string;
  /** Told when there is news. */
  onNews: () => void;
  close(): void;
};

/** Faults: SYS-902 when a file of theirs cannot be understood. */
export function openStaff({ folder, clock, random }: StaffOptions): Result<Staff> {
  const password = createFacilityPassword({ path: join(folder, 'facility-password.json'), clock, random });
  if (!password.ok) return password;
  const options = openFacilityOptions(join(folder, 'facility-options.json'));
  if (!options.ok) return options;
  const news = createStaffNews(clock, () => staff.onNews());
  const port = createStaffPort({ password: password.value, options: options.value, news });
  const staff: Staff = {
    ...{ port, news, folder, password: password.value, options: options.value },
    onNews: () => {},
    close: news.close,
  };
  return ok(staff);
}

export type DeskOptions = {
  readonly staff: Staff;
  readonly reader: Reader;
  readonly card: CardPort;
  readonly clinic: ClinicPort;
  readonly records: Records;
  readonly recordsPath: string;
  readonly gateway: Pick<GatewayClient, 'watch'>;
  readonly faceReady: () => boolean;
  readonly asking: ComposedReader['asking'];
  readonly world: Pick<World, 'gateway' | 'panelStanding'>;
  readonly config: Pick<Config, 'desk' | 'readerId' | 'records'>;
  readonly clock: Clock;
  readonly random: (length: number) => Uint8Array;
  readonly onDefect: (error: unknown) => void;
  /** The technician's sheet as it is now. */
  readonly evidence?: (() => string) | undefined;
};

/** Serves the console on the clinic's network. Rejects when its port is taken. Faults: SYS-902, REC-701. */
export async function openDesk(options: DeskOptions): Promise<Result<DeskServer>> {
  const { staff, reader, clinic, records, config, clock, random, onDefect } = options;
  const health = watchHealth(options);
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
  staff.onNews = changed;
  const { asking } = options;
  const stops = [clinic.watch(changed), health.watch(changed), asking.watch(changed)];
  const source = createReaderDeskSource({
    reader,
    recent: records.recent,
    pending: records.pending,
    asking,
    health: health.parts,
    exportAudit: async () => exportSealed(options),
    options: staff.options,
    news: staff.news,
    now: () => clock.wall(),
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  const close = () => {
    for (const stop of [...stops, health.stop, source.close]) stop();
  };
  const audit = (event: DeskEvent) => void records.note([{ event, atMs: clock.now(), wall: clock.wall() }]);
  const place = { folder: staff.folder, readerId: config.readerId, ...config.desk, pageDir: resolve('build/desk') };
  const { evidence } = options;
  const server = await createDeskServer({ source, password: staff.password, ...place, clock, random, audit, onDefect, evidence });
  if (!server.ok) {
    close();
    return server;
  }
  return ok({
    ...server.value,
    async close() {
      close();
      await server.value.close();
    },
  });
}

/** Sealed where the facility has named a key for its archive. */
function exportSealed({ recordsPath, config, clock }: DeskOptions): Result<AuditCopy> {
  const { archive } = config.records;
  const key = archive ? readSealingKey(archive.sealFor) : ok(undefined);
  if (!key.ok) return key;
  const copy = exportAudit(recordsPath, { clock, version: manifest.version, sealed: key.value !== undefined });
  if (!copy.ok) return copy;
  const day = clock.wall().toISOString().slice(0, 10);
  return ok(
    key.value
      ? { fileName: `audit-${day}.sealed`, bytes: sealFile(copy.value, key.value) }
      : { fileName: `audit-${day}.sqlite`, bytes: copy.value },
  );
}
