/** The record without a reader: what technicians' and auditors' commands do with a store or a log of one. */
export { auditCopy } from './records/audit-copy.ts';
export { type ReplayStep, replayReception } from './records/audit-replay.ts';
export { type AuditReason, type AuditVerdict, verifyAudit } from './records/audit-verifier.ts';
export { eraseStore, type StoreContents, storeContents } from './records/erase.ts';
export { isSealingKey, openSealedFile, sealFile } from './records/sealed-file.ts';
