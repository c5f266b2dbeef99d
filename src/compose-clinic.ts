/** What is recorded, and how it comes to the clinic: the store, and the courier that hands over what waits in it. */
import manifest from '../package.json' with { type: 'json' };
import { createClinicPort } from './clinic/clinic-port.ts';
import { startCourier } from './clinic/courier.ts';
import type { FolderFiles } from './clinic/folder-delivery.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { ok, type Result } from './faults/result.ts';
import type { ClinicPort } from './reception/ports.ts';
import { openRecords, type Records } from './records/records.ts';

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

/** What an earlier run left waiting is handed over first. Fault: REC-701. */
export function openHandOvers(options: HandOverOptions): Result<HandOvers> {
  const { config, folder, recordsPath, clock, simulated, onDefect, files } = options;
  const { readerId, medicalInstitutionCode } = config;
  const { version } = manifest;
  const opened = openRecords({ path: recordsPath, clock, version });
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
