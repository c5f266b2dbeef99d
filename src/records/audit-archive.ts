import { createHash, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import type { Result } from '../faults/result.ts';
import { auditCopy } from './audit-copy.ts';
import { archiveStatement, type Checkpoint } from './checkpoint.ts';
import { fileFault, writeDurably } from './key-file.ts';
import { sealFile } from './sealed-file.ts';
import type { Signer } from './signer.ts';
import { inTransaction } from './store.ts';

/** Where the audit log's old parts go. */
export type ArchivePlace = {
  readonly folder: string;
  /** X25519 public key of the clinic. */
  readonly sealFor: KeyObject;
};

export type ArchiveOptions = {
  readonly database: DatabaseSync;
  readonly path: string;
  readonly clock: Clock;
  readonly signer: Signer;
  readonly place: ArchivePlace;
};

/**
 * Seals the entries up to a checkpoint into a file, and only when that is on the disk removes them here, leaving a
 * signed note from which the chain still verifies. A crash in between leaves a file that the next attempt writes anew.
 * Returns how many entries went. Fault: REC-701.
 */
export function archiveAudit({ database, path, clock, signer, place }: ArchiveOptions, upTo: Checkpoint): Result<number> {
  const copy = auditCopy(path, upTo.seq);
  if (!copy.ok) return copy;
  const sealed = sealFile(copy.value, place.sealFor);
  const { first } = database.prepare('SELECT coalesce(max(seq), 0) + 1 AS first FROM archives').get() as { first: number };
  const fileName = `audit-${padded(first)}-${padded(upTo.seq)}.sealed`;
  try {
    writeDurably(join(place.folder, fileName), sealed);
  } catch (error) {
    return fileFault(error, place.folder);
  }
  return inTransaction(database, () => {
    const file_sha256 = createHash('sha256').update(sealed).digest('hex');
    const note = { seq: upTo.seq, hash: upTo.hash, at: clock.wall().toISOString(), file_name: fileName, file_sha256 };
    database
      .prepare('INSERT INTO archives (seq, hash, at, file_name, file_sha256, signature) VALUES (?, ?, ?, ?, ?, ?)')
      .run(note.seq, note.hash, note.at, note.file_name, note.file_sha256, signer.sign(archiveStatement(note)));
    database.prepare('DELETE FROM checkpoints WHERE seq < ?').run(upTo.seq);
    return Number(database.prepare('DELETE FROM audit WHERE seq <= ?').run(upTo.seq).changes);
  });
}

/** So that the names sort as the parts follow. */
function padded(seq: number): string {
  return String(seq).padStart(9, '0');
}
