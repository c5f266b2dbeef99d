import type { DatabaseSync } from 'node:sqlite';
import type { AuditNote } from '../reception/ports.ts';
import { type AuditEntry, fieldsOf, GENESIS, hashOf } from './audit-entry.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { ClockTrust } from './clock-trust.ts';

export type AuditLogOptions = {
  readonly database: DatabaseSync;
  readonly clockTrust: () => ClockTrust;
  /** Of the program, noted in every entry. */
  readonly version: string;
  readonly bootId: string;
};

export type AuditLog = {
  /** Adds an entry, inside a transaction of the caller's. */
  append(note: AuditNote): void;
  /** The last entry, or the place before the first. */
  head(): Checkpoint;
};

export function createAuditLog({ database, clockTrust, version, bootId }: AuditLogOptions): AuditLog {
  const insert = database.prepare(
    `INSERT INTO audit (seq, boot_id, monotonic_ms, wall, version, name, reception_id, fields, prev_hash, hash, clock_trust)
     VALUES (:seq, :boot_id, :monotonic_ms, :wall, :version, :name, :reception_id, :fields, :prev_hash, :hash, :clock_trust)`,
  );
  // Where everything was archived, the chain goes on from there.
  const last = database.prepare(
    'SELECT seq, hash FROM (SELECT seq, hash FROM audit UNION ALL SELECT seq, hash FROM archives) ORDER BY seq DESC LIMIT 1',
  );

  function head(): Checkpoint {
    return (last.get() as Checkpoint | undefined) ?? { seq: 0, hash: GENESIS };
  }

  function append({ event, atMs, wall }: AuditNote): void {
    const { seq, hash } = head();
    const entry: Omit<AuditEntry, 'hash'> = {
      seq: seq + 1,
      boot_id: bootId,
      monotonic_ms: atMs,
      wall: wall.toISOString(),
      version,
      name: event.name,
      reception_id: 'receptionId' in event ? event.receptionId : null,
      fields: fieldsOf(event),
      prev_hash: hash,
      clock_trust: clockTrust(),
    };
    insert.run({ ...entry, hash: hashOf(entry) });
  }

  return { append, head };
}
