/** The record without a reader: what technicians' and auditors' commands do with a store or a log of one. */
import manifest from '../package.json' with { type: 'json' };
import { systemClock } from './clock.ts';
import type { Result } from './faults/result.ts';
import { exportAudit } from './records/audit-export.ts';

export { type ReplayStep, replayReception } from './records/audit-replay.ts';
export { type AuditReason, type AuditVerdict, verifyAudit } from './records/audit-verifier.ts';
export { eraseStore, type StoreContents, storeContents } from './records/erase.ts';
export { isSealingKey, openSealedFile, sealFile } from './records/sealed-file.ts';

/** See `exportAudit`. Fault: REC-701. */
export function composeExport(path: string, sealed: boolean): Result<Uint8Array> {
  return exportAudit(path, { clock: systemClock, version: manifest.version, sealed });
}
