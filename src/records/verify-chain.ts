import type { DatabaseSync } from 'node:sqlite';
import { type AuditEntry, GENESIS, hashOf } from './audit-entry.ts';

/** An entry of the chain, held where nobody at the reader can change it. */
export type Checkpoint = { readonly seq: number; readonly hash: string };

export type ChainVerdict =
  | { readonly ok: true; readonly entries: number; readonly head: Checkpoint }
  /** `seq` is the first entry that is not as it was written. */
  | { readonly ok: false; readonly seq: number; readonly reason: 'gap' | 'broken-link' | 'changed' | 'cut-off' };

/**
 * Goes through the whole audit chain. A chain alone cannot show that its end was cut off: that needs a checkpoint
 * from elsewhere.
 */
export function verifyChain(database: DatabaseSync, checkpoint?: Checkpoint): ChainVerdict {
  let head: Checkpoint = { seq: 0, hash: GENESIS };
  for (const row of database.prepare('SELECT * FROM audit ORDER BY seq').iterate()) {
    const entry = row as unknown as AuditEntry;
    const { seq, hash } = entry;
    if (seq !== head.seq + 1) return { ok: false, seq: head.seq + 1, reason: 'gap' };
    if (entry.prev_hash !== head.hash) return { ok: false, seq, reason: 'broken-link' };
    if (hashOf(entry) !== hash) return { ok: false, seq, reason: 'changed' };
    if (seq === checkpoint?.seq && hash !== checkpoint.hash) return { ok: false, seq, reason: 'changed' };
    head = { seq, hash };
  }
  if (checkpoint && checkpoint.seq > head.seq) return { ok: false, seq: head.seq + 1, reason: 'cut-off' };
  return { ok: true, entries: head.seq, head };
}
