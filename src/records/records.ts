/**
 * Receptions and audit in one SQLite file: WAL, and `synchronous=FULL`, without which a power cut loses rows that
 * were already acknowledged. A reception and its audit entries are one transaction.
 */
import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import { failed, ok, type Result } from '../faults/result.ts';
import type { AuditEvent, ReceptionRow, RecordsPort } from '../reception/ports.ts';
import { type AuditEntry, fieldsOf, GENESIS, hashOf } from './audit-entry.ts';
import { SCHEMA, SCHEMA_VERSION } from './schema.ts';
import { type ChainVerdict, type Checkpoint, verifyChain } from './verify-chain.ts';

export type RecordsOptions = {
  readonly path: string;
  readonly clock: Clock;
  /** Of the program, noted in every audit entry. */
  readonly version: string;
  readonly newBootId?: () => string;
};

type Undelivered = { readonly receptionId: string; readonly fileName: string };

export interface Records extends RecordsPort {
  /** Recorded, but not yet marked as handed over; oldest first. Fault: REC-701. */
  undelivered(): Result<readonly Undelivered[]>;
  /** The last audit entry: kept elsewhere, it shows later whether entries were cut off. */
  head(): Checkpoint;
  verify(checkpoint?: Checkpoint): ChainVerdict;
  close(): void;
}

/** Another process may hold the file for a moment (a backup, a verifier); waiting stops the whole program. */
const BUSY_MS = 150;

/** Opens the store or makes it. Fault: REC-701 (unwritable, not a store, made by a newer program). */
export function openRecords(options: RecordsOptions): Result<Records> {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(options.path, { timeout: BUSY_MS });
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    const made = migrate(database);
    if (made.ok) return ok(recordsIn(database, options));
    database.close();
    return made;
  } catch (error) {
    if (database?.isOpen) database.close();
    return storeFault(error);
  }
}

function migrate(database: DatabaseSync): Result<void> {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version > SCHEMA_VERSION) return failed('REC-701', `made by a newer program (schema ${version})`);
  if (version < SCHEMA_VERSION) database.exec(`BEGIN; ${SCHEMA} PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT;`);
  return ok();
}

function recordsIn(database: DatabaseSync, { clock, version, newBootId = randomUUID }: RecordsOptions): Records {
  const bootId = newBootId();
  const insertReception = database.prepare('INSERT INTO receptions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)');
  const insertAudit = database.prepare(
    'INSERT INTO audit VALUES (:seq, :boot_id, :monotonic_ms, :wall, :version, :name, :reception_id, :fields, :prev_hash, :hash)',
  );
  const selectHead = database.prepare('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1');
  const markDelivered = database.prepare(
    'UPDATE receptions SET delivered_at = ? WHERE reception_id = ? AND delivered_at IS NULL',
  );
  const selectUndelivered = database.prepare(
    "SELECT reception_id AS receptionId, file_name AS fileName FROM receptions WHERE delivered_at IS NULL AND outcome NOT LIKE 'REC-%' ORDER BY accepted_at",
  );
  const setOutcome = database.prepare('UPDATE receptions SET outcome = ? WHERE reception_id = ? AND delivered_at IS NULL');

  function head(): Checkpoint {
    return (selectHead.get() as Checkpoint | undefined) ?? { seq: 0, hash: GENESIS };
  }

  function append(event: AuditEvent): void {
    const { seq, hash } = head();
    const entry: Omit<AuditEntry, 'hash'> = {
      seq: seq + 1,
      boot_id: bootId,
      monotonic_ms: clock.now(),
      wall: clock.wall().toISOString(),
      version,
      name: event.name,
      reception_id: 'receptionId' in event ? event.receptionId : null,
      fields: fieldsOf(event),
      prev_hash: hash,
    };
    insertAudit.run({ ...entry, hash: hashOf(entry) });
  }

  function insert(row: ReceptionRow): void {
    insertReception.run(
      row.receptionId,
      row.method,
      JSON.stringify(row.consents),
      row.validity,
      row.outcome,
      row.fileName,
      row.startedAt.toISOString(),
      row.acceptedAt.toISOString(),
      row.simulated ? 1 : 0,
    );
  }

  return {
    commit: (row, events) =>
      inTransaction(database, () => {
        insert(row);
        events.forEach(append);
      }),
    note: (events) => inTransaction(database, () => events.forEach(append)),
    delivered: (receptionId) => inTransaction(database, () => void markDelivered.run(clock.wall().toISOString(), receptionId)),
    withdraw: (receptionId, code) =>
      inTransaction(database, () => {
        setOutcome.run(code, receptionId);
        append({ name: 'reception.ended', receptionId, code });
      }),
    undelivered() {
      try {
        return ok(selectUndelivered.all() as Undelivered[]);
      } catch (error) {
        return storeFault(error);
      }
    },
    head,
    verify: (checkpoint) => verifyChain(database, checkpoint),
    close: () => database.close(),
  };
}

/** All of `work` or nothing of it. Fault: REC-701. */
function inTransaction(database: DatabaseSync, work: () => void): Result<void> {
  try {
    database.exec('BEGIN IMMEDIATE');
    work();
    database.exec('COMMIT');
    return ok();
  } catch (error) {
    if (database.isOpen && database.isTransaction) database.exec('ROLLBACK');
    return storeFault(error);
  }
}

/** Errors of SQLite are expected (disk full, file gone); any other is a bug and throws. */
function storeFault(error: unknown): Result<never> {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR') return failed('REC-701', error.message);
  throw error;
}
