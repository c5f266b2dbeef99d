/** Receptions, outbox, gateway operations and audit in one SQLite file; what belongs together is one transaction. */
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import { failed, ok, type Result } from '../faults/result.ts';
import type { RecordsPort } from '../reception/ports.ts';
import { type ArchivePlace, archiveAudit } from './audit-archive.ts';
import { createAuditLog } from './audit-log.ts';
import { type AuditVerdict, verifyAudit } from './audit-verifier.ts';
import type { Checkpoint, SignedCheckpoint } from './checkpoint.ts';
import { createCheckpoints } from './checkpoints.ts';
import { type ClockTrust, systemClockTrust } from './clock-trust.ts';
import { openDataKey } from './data-key.ts';
import { createGatewayLedger, type GatewayLedger } from './gateway-ledger.ts';
import { keyFilesOf } from './key-file.ts';
import { createOutbox, type Outbox, outboxHoldsParcels } from './outbox.ts';
import { createReceptions } from './receptions.ts';
import { type Pruned, proposedPolicy, prune, type RetentionPolicy } from './retention.ts';
import { openSigner, type Signer } from './signer.ts';
import { inTransaction, openStore, reading } from './store.ts';

export type RecordsOptions = {
  readonly path: string;
  readonly clock: Clock;
  /** Of the program, noted in every audit entry. */
  readonly version: string;
  readonly newBootId?: () => string;
  readonly clockTrust?: () => ClockTrust;
  /** Absent: a key of the record's own, in a file beside it. */
  readonly signer?: Signer;
  /** Told of each signed checkpoint, to keep it outside of the reader. */
  readonly onCheckpoint?: (checkpoint: SignedCheckpoint) => void;
  readonly retention?: RetentionPolicy;
  /** Absent: the audit log stays whole. */
  readonly archive?: ArchivePlace;
};

export interface Records extends RecordsPort {
  readonly outbox: Outbox;
  readonly gateway: GatewayLedger;
  /** The last audit entry: kept elsewhere, it shows later whether entries were cut off. */
  head(): Checkpoint;
  /** Signs the log as it stands. Returns the newest checkpoint, undefined in an empty log. Fault: REC-701. */
  sign(): Result<SignedCheckpoint | undefined>;
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
  const keys = openKeys(database.value, options);
  if (keys.ok) return ok(recordsIn(database.value, keys.value, options));
  database.value.close();
  return keys;
}

type Keys = { readonly dataKey: Uint8Array; readonly signer: Signer };

function openKeys(database: DatabaseSync, { path, signer }: RecordsOptions): Result<Keys> {
  const files = keyFilesOf(path);
  const waiting = reading(() => outboxHoldsParcels(database));
  if (!waiting.ok) return waiting;
  const dataKey = openDataKey(files.dataKey, waiting.value);
  if (!dataKey.ok) return dataKey;
  const own = signer ? ok(signer) : openSigner(files.signingKey);
  return own.ok ? ok({ dataKey: dataKey.value, signer: own.value }) : own;
}

function recordsIn(database: DatabaseSync, { dataKey, signer }: Keys, options: RecordsOptions): Records {
  const { path, clock, version, newBootId = randomUUID, clockTrust = systemClockTrust } = options;
  const { onCheckpoint, retention: policy = proposedPolicy, archive: place } = options;
  const receptions = createReceptions(database);
  const outbox = createOutbox(database, dataKey);
  const audit = createAuditLog({ database, clockTrust, version, bootId: newBootId() });
  const checkpoints = createCheckpoints({ database, clock, signer, head: audit.head, onCheckpoint });
  const archive = place && ((upTo: Checkpoint) => archiveAudit({ database, path, clock, signer, place }, upTo));
  const pruneNow = () => prune({ database, clock, clockTrust, policy, archive });

  function write(work: () => void): Result<void> {
    const written = inTransaction(database, work);
    if (written.ok) checkpoints.afterEntries();
    return written;
  }

  function delivered(receptionId: string): Result<void> {
    return write(() => {
      outbox.remove(receptionId);
      receptions.markDelivered(receptionId, clock.wall());
    });
  }

  /** A store that cannot be pruned now says so at its next commit. */
  function keepPruned(): void {
    pruneNow();
    cancelPruning = clock.after(PRUNE_EVERY_MS, keepPruned);
  }
  let cancelPruning = () => {};
  // What cannot be adopted now is adopted at the next start.
  inTransaction(database, () => receptions.withoutParcel().forEach(outbox.adopt));
  keepPruned();
  checkpoints.afterEntries();

  return {
    commit: (row, notes, parcel) =>
      write(() => {
        receptions.insert(row);
        outbox.put(parcel);
        notes.forEach(audit.append);
      }),
    note: (notes) => write(() => notes.forEach(audit.append)),
    outbox: { next: outbox.next, depth: outbox.depth, delivered },
    gateway: createGatewayLedger(database, clock),
    head: audit.head,
    sign: checkpoints.sign,
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
