/** What is recorded, and how it comes to the clinic: the store, and the courier that hands over what waits in it. */
import { resolve } from 'node:path';
import manifest from '../package.json' with { type: 'json' };
import { createClinicPort } from './clinic/clinic-port.ts';
import { startCourier } from './clinic/courier.ts';
import type { FolderFiles } from './clinic/folder-delivery.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { failed, ok, type Result } from './faults/result.ts';
import type { ClinicPort } from './reception/ports.ts';
import { openRecords, type Records, type RecordsOptions } from './records/records.ts';
import { readSealingKey } from './records/sealing-key.ts';

export type HandOverOptions = {
  readonly config: Config;
  /** The clinic's; it need not be there. */
  readonly folder: string;
  readonly recordsPath: string;
  readonly clock: Clock;
  readonly simulated: boolean;
  readonly onDefect: (error: unknown) => void;
  readonly files?: FolderFiles;
};

export type HandOvers = { readonly clinic: ClinicPort; readonly records: Records; close(): Promise<void> };

/** What an earlier run left waiting is handed over first. Faults: REC-701, SYS-902 (the key to seal archives for). */
export function openHandOvers(options: HandOverOptions): Result<HandOvers> {
  const { config, folder, recordsPath, clock, simulated, onDefect, files } = options;
  const { readerId, medicalInstitutionCode } = config;
  const { version } = manifest;
  const kept = keepingOf(config.records);
  if (!kept.ok) return kept;
  const opened = openRecords({ path: recordsPath, clock, version, ...kept.value });
  if (!opened.ok) return opened;
  const records = opened.value;
  const event = { name: 'reader.started', version, simulated } as const;
  const noted = records.note([{ event, atMs: clock.now(), wall: clock.wall() }]);
  if (!noted.ok) {
    records.close();
    return noted;
  }
  const courier = startCourier({
    ...{ outbox: records.outbox, folder, readerId, clock, onDefect, random: Math.random },
    ...(files && { files }),
  });
  return ok({
    clinic: createClinicPort({ ...config.clinic, courier, clock, readerId, medicalInstitutionCode }),
    records,
    async close() {
      await courier.close();
      records.close();
    },
  });
}

/** Fault: SYS-902, whose detail names field and reason. */
function keepingOf({ retention, archive }: Config['records']): Result<Pick<RecordsOptions, 'retention' | 'archive'>> {
  const { maxMegabytes, ...days } = retention;
  const policy = { ...days, maxBytes: maxMegabytes * 1024 * 1024 };
  if (!archive) return ok({ retention: policy });
  const sealFor = readSealingKey(archive.sealFor);
  if (!sealFor.ok) return failed('SYS-902', `records.archive.sealFor: ${sealFor.fault.detail}`);
  return ok({ retention: policy, archive: { folder: resolve(archive.folder), sealFor: sealFor.value } });
}
