import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import type { Result } from '../faults/result.ts';
import { type Checkpoint, checkpointStatement, type SignedCheckpoint } from './checkpoint.ts';
import type { Signer } from './signer.ts';
import { inTransaction, reading } from './store.ts';

/** A checkpoint is made when so many entries are not signed yet, or the oldest of them so long. */
const EVERY_ENTRIES = 256;
const EVERY_MS = 10 * 60_000;

export type CheckpointsOptions = {
  readonly database: DatabaseSync;
  readonly clock: Clock;
  readonly signer: Signer;
  readonly head: () => Checkpoint;
};

export type Checkpoints = {
  /** To be called after entries were written. */
  afterEntries(): void;
  /** Signs what is not signed yet. Returns the newest checkpoint, undefined in an empty log. Fault: REC-701. */
  sign(): Result<SignedCheckpoint | undefined>;
  /** As it stands in the store, whoever signed it; undefined when none was made. Fault: REC-701. */
  newest(): Result<SignedCheckpoint | undefined>;
  /** Tells of each one made, to keep it outside of the reader: it alone shows that the log's end was cut off.
   *  Returns the way to stop listening. */
  watch(listener: (checkpoint: SignedCheckpoint) => void): () => void;
  /** Signs the rest; nothing is signed later. */
  close(): void;
};

export function createCheckpoints({ database, clock, signer, head }: CheckpointsOptions): Checkpoints {
  const selectNewest = database.prepare('SELECT seq, hash, at, signature FROM checkpoints ORDER BY seq DESC LIMIT 1');
  const insert = database.prepare('INSERT INTO checkpoints (seq, hash, at, signature) VALUES (?, ?, ?, ?)');
  const listeners = new Set<(checkpoint: SignedCheckpoint) => void>();
  let cancelTimer: (() => void) | undefined;

  const newest = () => selectNewest.get() as SignedCheckpoint | undefined;

  function make(): SignedCheckpoint {
    const statement = { ...head(), at: clock.wall().toISOString() };
    const made = { ...statement, signature: signer.sign(checkpointStatement(statement)) };
    insert.run(made.seq, made.hash, made.at, made.signature);
    return made;
  }

  const unsigned = () => reading(() => head().seq - (newest()?.seq ?? 0));

  function sign(): Result<SignedCheckpoint | undefined> {
    stopTimer();
    const open = unsigned();
    if (!open.ok) return open;
    if (open.value === 0) return reading(newest);
    const made = inTransaction(database, make);
    if (made.ok) for (const listener of listeners) listener(made.value);
    return made;
  }

  function afterEntries(): void {
    const open = unsigned();
    // A checkpoint that cannot be written now is made after the next entries.
    if (!open.ok || open.value === 0) return;
    if (open.value >= EVERY_ENTRIES) sign();
    else cancelTimer ??= clock.after(EVERY_MS, sign);
  }

  function stopTimer(): void {
    cancelTimer?.();
    cancelTimer = undefined;
  }

  return {
    afterEntries,
    sign,
    newest: () => reading(newest),
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      sign();
      stopTimer();
    },
  };
}
