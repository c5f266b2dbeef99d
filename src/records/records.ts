/** Receptions, outbox, gateway operations and audit in one SQLite file; what belongs together is one transaction. */
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import { failed, ok, type Result } from '../faults/result.ts';
import type { AuditEvent, AuditNote, Parcel, PendingRow, ReceptionRow, RecordsPort } from '../reception/ports.ts';
import { type ArchivePlace, archiveAudit } from './audit-archive.ts';
import { createAuditLog } from './audit-log.ts';
import { type AuditVerdict, verifyAudit } from './audit-verifier.ts';
import type { Checkpoint, SignedCheckpoint } from './checkpoint.ts';
import { type Checkpoints, createCheckpoints } from './checkpoints.ts';
import { watchClockSteps } from './clock-steps.ts';
import { type ClockTrust, systemClockTrust } from './clock-trust.ts';
import { createGatewayLedger, type GatewayLedger } from './gateway-ledger.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createPending } from './pending.ts';
import { createReceptions, type KeptReception } from './receptions.ts';
import { type Pruned, proposedPolicy, prune, type RetentionPolicy } from './retention.ts';
import type { Signer } from './signer.ts';
import { inTransaction, openStore, reading } from './store.ts';
import { openStoreKeys, type StoreKeys } from './store-keys.ts';

export type RecordsOptions = {
  readonly path: string;
  readonly clock: Clock;
  /** Of the program, noted in every audit entry. */
  readonly version: string;
  readonly newBootId?: () => string;
  readonly clockTrust?: () => ClockTrust;
  /** Absent: a key of the record's own, in a file beside it. */
  readonly signer?: Signer;
  readonly retention?: RetentionPolicy;
  /** Absent: the audit log stays whole. */
  readonly archive?: ArchivePlace;
};

export type LateReception = { readonly row: ReceptionRow; readonly parcel: Parcel };

export interface Records extends RecordsPort {
  readonly outbox: Outbox;
  readonly gateway: GatewayLedger;
  /** The last audit entry: kept elsewhere, it shows later whether entries were cut off. */
  head(): Checkpoint;
  /** Signs the log as it stands. Returns the newest checkpoint, undefined in an empty log. Fault: REC-701. */
  sign(): Result<SignedCheckpoint | undefined>;
  /** The signed heads of the log, to be kept outside of the reader; see checkpoints.ts. */
  readonly checkpoints: Pick<Checkpoints, 'newest' | 'watch'>;
  /** What the gateway had of a reception whose answer was lost, in one transaction: noted, recorded with its parcel where
   *  it was answered `late`, and no longer open. A reception that is recorded already is not recorded again. Fault: REC-701. */
  settle(receptionId: string, notes: readonly AuditNote[], late?: LateReception): Result<void>;
  /** Those of which the gateway is still to be asked again, oldest first. Fault: REC-701. */
  pending(): Result<readonly PendingRow[]>;
  /** Newest first. Fault: REC-701. */
  recent(limit: number): Result<readonly KeptReception[]>;
  verify(held?: Checkpoint): AuditVerdict;
  /** Removes what the retention policy no longer keeps, as happens by itself every hour. Fault: REC-701. */
  prune(): Result<Pruned>;
  close(): void;
}

const PRUNE_EVERY_MS = 3_600_000;

/** Opens the store or makes it. Fault: REC-701 (unwritable, not a store, made by a newer program, a key lost). */
export function openRecords(options: RecordsOptions): Result<Records> {
  // Its keys lie beside it.
  if (options.path === ':memory:') return failed('REC-701', 'a store in memory has no folder for its keys');
  const database = openStore(options.path);
  if (!database.ok) return database;
  const keys = openStoreKeys(database.value, options);
  if (keys.ok) return ok(recordsIn(database.value, keys.value, options));
  database.value.close();
  return keys;
}

function recordsIn(database: DatabaseSync, { dataKey, signer }: StoreKeys, options: RecordsOptions): Records {
  const { path, clock, version, newBootId = randomUUID, clockTrust = systemClockTrust } = options;
  const { retention: policy = proposedPolicy, archive: place } = options;
  const receptions = createReceptions(database);
  const pending = createPending(database);
  const outbox = createOutbox(database, dataKey);
  const audit = createAuditLog({ database, clockTrust, version, bootId: newBootId() });
  const checkpoints = createCheckpoints({ database, clock, signer, head: audit.head });
  const gateway = createGatewayLedger(database, clock);
  const clockSteps = watchClockSteps(clock);
  const noteNow = (event: AuditEvent) => audit.append({ event, atMs: clock.now(), wall: clock.wall() });
  const archive = place && ((upTo: Checkpoint) => archiveAudit({ database, path, clock, signer, place }, upTo));
  const noteRemoved = (receptions: number) => noteNow({ name: 'records.pruned', receptions });

  /** What was done to the calendar meanwhile is noted first. */
  function write(work: () => void): Result<void> {
    const byMs = clockSteps.since();
    const written = inTransaction(database, () => {
      if (byMs !== undefined) noteNow({ name: 'clock.stepped', byMs });
      work();
    });
    if (!written.ok) return written;
    clockSteps.seen();
    checkpoints.afterEntries();
    return written;
  }

  function pruneNow(): Result<Pruned> {
    const pruned = prune({ database, clock, clockTrust, policy, archive, noteRemoved });
    checkpoints.afterEntries();
    return pruned;
  }

  /** Nothing more is waited for of a reception: what was made of it, if anything, and what is to be said. */
  function conclude(receptionId: string, notes: readonly AuditNote[], made?: LateReception): void {
    if (made) {
      receptions.insert(made.row);
      outbox.put(made.parcel);
    }
    pending.end(receptionId, made ? 'answered' : 'nothing', clock.wall());
    notes.forEach(audit.append);
    gateway.closeReception(receptionId);
  }

  function delivered(receptionId: string): Result<void> {
    return write(() => {
      outbox.remove(receptionId);
      receptions.markDelivered(receptionId, clock.wall());
    });
  }

  /** A store that cannot be pruned now says so at its next commit. */
  function keepPruned(): void {
    if (clockSteps.since() !== undefined) write(() => {});
    pruneNow();
    cancelPruning = clock.after(PRUNE_EVERY_MS, keepPruned);
  }
  let cancelPruning = () => {};
  // What cannot be adopted now is adopted at the next start.
  inTransaction(database, () => receptions.withoutParcel().forEach(outbox.adopt));
  keepPruned();
  checkpoints.afterEntries();

  return {
    commit: (row, notes, parcel) => write(() => conclude(row.receptionId, notes, { row, parcel })),
    commitPending: (row, notes) =>
      write(() => {
        pending.insert(row);
        // Its questions may never have left: open at the gateway, whatever else is of it.
        gateway.open({ key: `${row.receptionId}.again`, receptionId: row.receptionId, operation: 'settle' });
        notes.forEach(audit.append);
      }),
    pending: () => reading(pending.open),
    recent: (limit) => reading(() => receptions.recent(limit)),
    settle: (receptionId, notes, late) =>
      write(() => (receptions.has(receptionId) ? gateway.closeReception(receptionId) : conclude(receptionId, notes, late))),
    note: (notes) => write(() => notes.forEach(audit.append)),
    outbox: { next: outbox.next, depth: outbox.depth, oldestAt: outbox.oldestAt, delivered },
    gateway,
    head: audit.head,
    sign: checkpoints.sign,
    checkpoints,
    verify: (held) => verifyAudit(path, { held }),
    prune: pruneNow,
    close() {
      cancelPruning();
      checkpoints.close();
      dataKey.fill(0);
      database.close();
    },
  };
}
