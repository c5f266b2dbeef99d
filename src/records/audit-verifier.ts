/**
 * Whether an audit log is as it was written. This file stands alone: it imports nothing of the program that writes
 * the log, and follows the format as README.md beside it describes it, so that an auditor needs to read no more.
 */
import { createHash, type KeyObject, verify } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

type Place = { readonly seq: number; readonly hash: string };

export type AuditReason =
  /** An entry is missing, or stands twice. */
  | 'gap'
  /** It does not follow from the entry before. */
  | 'broken-link'
  /** It is not what it was when its hash was made, when the device signed it, or when the checkpoint was taken. */
  | 'changed'
  /** The device's signature is not over this. */
  | 'bad-signature'
  /** More entries follow the last signature than a device leaves unsigned. */
  | 'unsigned'
  /** The log ended later once. */
  | 'cut-off'
  /** It lies in a part that was archived: that file can tell. */
  | 'archived'
  /** No such log, or a damaged file. */
  | 'unreadable';

export type AuditVerdict =
  | {
      readonly ok: true;
      /** How many entries, the first one's number, and the last one. */
      readonly entries: number;
      readonly from: number;
      readonly head: Place;
      /** Entries up to here are signed by the key that was given; 0 without a key. */
      readonly signedUpTo: number;
    }
  /** `seq`: the first entry that is not as it was written. */
  | { readonly ok: false; readonly seq: number; readonly reason: AuditReason };

export type AuditProof = {
  /** A checkpoint that was kept elsewhere: it alone shows that the end was cut off or all of the log made anew. */
  readonly held?: Place | undefined;
  /** The device's Ed25519 public key. */
  readonly key?: KeyObject | undefined;
};

type Row = Readonly<Record<string, unknown>> & Place;

/** A device signs at the latest after 256 entries; one transaction, or a crash, may come in between. */
const MOST_UNSIGNED = 512;

/** Goes through the log of a SQLite file: the reader's own store, an exported log or an archived part. */
export function verifyAudit(path: string, proof: AuditProof = {}): AuditVerdict {
  let database: DatabaseSync | undefined;
  let at: Place = { seq: 0, hash: '0'.repeat(64) };
  try {
    database = new DatabaseSync(path, { readOnly: true });
    const walk = verifySteps(database, proof);
    for (;;) {
      const step = walk.next();
      if (step.done) return step.value;
      at = step.value;
    }
  } catch {
    return { ok: false, seq: at.seq + 1, reason: 'unreadable' };
  } finally {
    database?.close();
  }
}

/** Yields each place that was found good; returns the verdict. */
function* verifySteps(database: DatabaseSync, { held, key }: AuditProof): Generator<Place, AuditVerdict> {
  const bad = (seq: number, reason: AuditReason): AuditVerdict => ({ ok: false, seq, reason });
  const isSigned = (row: Row, statement: readonly unknown[]) =>
    key === undefined || verify(null, Buffer.from(JSON.stringify(statement)), key, row['signature'] as Uint8Array);

  let head: Place = { seq: 0, hash: '0'.repeat(64) };
  for (const row of rowsOf(database, 'archives')) {
    const statement = ['kazasu-audit-archive', row.seq, row.hash, row['at'], row['file_name'], row['file_sha256']];
    if (!isSigned(row, statement)) return bad(row.seq, 'bad-signature');
    head = row;
  }
  const start = head.seq;
  let signedUpTo = key ? start : 0;
  if (held && held.seq < start) return bad(held.seq, 'archived');

  const checkpoints = new Map([...rowsOf(database, 'checkpoints')].map((row) => [row.seq, row]));
  /** What a checkpoint, held or signed, says against this place. */
  function objection({ seq, hash }: Place): AuditReason | undefined {
    if (held?.seq === seq && held.hash !== hash) return 'changed';
    const row = checkpoints.get(seq);
    if (!row) return undefined;
    if (!isSigned(row, ['kazasu-audit-checkpoint', seq, row.hash, row['at']])) return 'bad-signature';
    if (row.hash !== hash) return 'changed';
    if (key) signedUpTo = seq;
    return undefined;
  }

  const atStart = objection(head);
  if (atStart) return bad(start, atStart);
  for (const row of rowsOf(database, 'audit')) {
    if (row.seq !== head.seq + 1) return bad(head.seq + 1, 'gap');
    if (row['prev_hash'] !== head.hash) return bad(row.seq, 'broken-link');
    if (hashOfEntry(row) !== row.hash) return bad(row.seq, 'changed');
    const reason = objection(row);
    if (reason) return bad(row.seq, reason);
    head = row;
    yield head;
  }

  if (Math.max(held?.seq ?? 0, ...checkpoints.keys()) > head.seq) return bad(head.seq + 1, 'cut-off');
  if (key && head.seq - signedUpTo > MOST_UNSIGNED) return bad(signedUpTo + 1, 'unsigned');
  const { seq, hash } = head;
  return { ok: true, entries: seq - start, from: start + 1, head: { seq, hash }, signedUpTo };
}

/** SHA-256 over a JSON list without spaces. Entries of the first format have no `clock_trust` in it. */
function hashOfEntry(row: Row): string {
  const names = ['prev_hash', 'seq', 'boot_id', 'monotonic_ms', 'wall', 'version', 'name', 'reception_id', 'fields'];
  if ((row['clock_trust'] ?? null) !== null) names.push('clock_trust');
  return createHash('sha256')
    .update(JSON.stringify(names.map((name) => row[name])))
    .digest('hex');
}

/** Rows in the order of `seq`; none where a log of the first format has no such table. */
function* rowsOf(database: DatabaseSync, table: 'audit' | 'checkpoints' | 'archives'): Generator<Row> {
  const exists = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table);
  if (!exists && table !== 'audit') return;
  for (const row of database.prepare(`SELECT * FROM ${table} ORDER BY seq`).iterate()) yield row as Row;
}
