/**
 * What is kept for how long, and on how much disk. Only a reception that the clinic has, or will not get, may go;
 * audit entries are never thrown away, only archived.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import { ok, type Result } from '../faults/result.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { ClockTrust } from './clock-trust.ts';
import { inTransaction, reading } from './store.ts';

export type RetentionPolicy = {
  /** Days after which receptions, audit entries and answered gateway operations leave the store. */
  readonly receptionDays: number;
  readonly auditDays: number;
  readonly gatewayDays: number;
  /** Of the store's own pages; what a deletion frees is used again before the file grows. */
  readonly maxBytes: number;
};

/** Five years, as patient records are kept (医師法 24 条: five years); a clinic may decide otherwise. */
export const proposedPolicy: RetentionPolicy = {
  receptionDays: 1_827,
  auditDays: 1_827,
  gatewayDays: 31,
  maxBytes: 150 * 1024 * 1024,
};

export type Pruned = {
  readonly receptions: number;
  readonly gatewayOperations: number;
  readonly auditEntries: number;
  /** In use afterwards; above the policy's bound when nothing more may go. */
  readonly bytes: number;
};

export type PruneOptions = {
  readonly database: DatabaseSync;
  readonly clock: Clock;
  readonly clockTrust: () => ClockTrust;
  readonly policy: RetentionPolicy;
  /** Archives the log up to a checkpoint and returns how many entries went; absent: the log stays whole. */
  readonly archive?: ((upTo: Checkpoint) => Result<number>) | undefined;
  /** Notes that so many receptions go, in the transaction that removes them. */
  readonly noteRemoved: (receptions: number) => void;
};

const DAY_MS = 86_400_000;
/** Few enough that one transaction takes milliseconds. */
const AT_ONCE = 500;

/** Removes what is too old, then, while the store is too large, what is oldest. Fault: REC-701. */
export function prune(options: PruneOptions): Result<Pruned> {
  const pruned = reading(() => pruneSteps(options));
  return pruned.ok ? pruned.value : pruned;
}

function pruneSteps({ database, clock, clockTrust, policy, archive, noteRemoved }: PruneOptions): Result<Pruned> {
  const daysAgo = (days: number) => new Date(clock.wall().getTime() - days * DAY_MS).toISOString();
  const remove = (sql: string, ...values: (string | number)[]) =>
    inTransaction(database, () => Number(database.prepare(sql).run(...values).changes));
  const removeReceptions = (which: string, value: string | number) =>
    inTransaction(database, () => {
      const gone = Number(database.prepare(`DELETE FROM receptions WHERE ${which}`).run(value).changes);
      if (gone > 0) noteRemoved(gone);
      return gone;
    });
  const tooLarge = () => usedBytes(database) > policy.maxBytes;
  let [receptions, gatewayOperations, auditEntries] = [0, 0, 0];

  // A calendar that nobody has set must not make everything look old.
  if (clockTrust() === 'synchronised') {
    const old = removeReceptions(`${DONE} AND accepted_at < ?`, daysAgo(policy.receptionDays));
    if (!old.ok) return old;
    const answered = remove("DELETE FROM gateway_operations WHERE state = 'answered' AND at < ?", daysAgo(policy.gatewayDays));
    if (!answered.ok) return answered;
    const settled = remove('DELETE FROM pending WHERE ended_at < ?', daysAgo(policy.receptionDays));
    if (!settled.ok) return settled;
    const archived = archiveUpTo(checkpointBefore(database, daysAgo(policy.auditDays)), archive);
    if (!archived.ok) return archived;
    [receptions, gatewayOperations, auditEntries] = [old.value, answered.value, archived.value];
  }

  while (tooLarge()) {
    const oldest = removeReceptions(`rowid IN (SELECT rowid FROM receptions WHERE ${DONE} ORDER BY rowid LIMIT ?)`, AT_ONCE);
    if (!oldest.ok) return oldest;
    receptions += oldest.value;
    if (oldest.value === 0) break;
  }
  if (tooLarge()) {
    const archived = archiveUpTo(checkpointBefore(database, '9999'), archive);
    if (!archived.ok) return archived;
    auditEntries += archived.value;
  }
  return ok({ receptions, gatewayOperations, auditEntries, bytes: usedBytes(database) });
}

/** Handed over, or withdrawn by the first version. */
const DONE = "(delivered_at IS NOT NULL OR outcome LIKE 'REC-%') AND reception_id NOT IN (SELECT reception_id FROM outbox)";

function archiveUpTo(upTo: Checkpoint | undefined, archive: PruneOptions['archive']): Result<number> {
  return upTo && archive ? archive(upTo) : ok(0);
}

/** The newest checkpoint of that time, with entries to archive before it. */
function checkpointBefore(database: DatabaseSync, at: string): Checkpoint | undefined {
  const sql = `SELECT seq, hash FROM checkpoints
    WHERE at < ? AND seq > (SELECT coalesce(max(seq), 0) FROM archives) ORDER BY seq DESC LIMIT 1`;
  return database.prepare(sql).get(at) as Checkpoint | undefined;
}

function usedBytes(database: DatabaseSync): number {
  const pragma = (name: string) => Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
  return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
}
