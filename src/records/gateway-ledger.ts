/**
 * What was asked of the gateway. An operation that changes something there is noted before its request leaves and
 * again when its answer has come: whatever a crash leaves in between is asked for again under the same idempotency
 * key, so that it is done once. A consent that the gateway has recorded stays open until the reception is recorded here:
 * both sides then show it, or the gateway is asked what became of it.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import type { Result } from '../faults/result.ts';
import { inTransaction, reading } from './store.ts';

type GatewayOperation = {
  /** The request's `Idempotency-Key`. */
  readonly key: string;
  readonly receptionId: string;
  /** The protocol's own name of what was asked. */
  readonly operation: string;
};

export interface GatewayLedger {
  /** To be called before the request leaves; again for a repetition of the same request. Fault: REC-701. */
  begin(operation: GatewayOperation): Result<void>;
  /** The gateway has answered, whatever it said. Fault: REC-701. */
  answered(key: string): Result<void>;
  /** Begun, but without an answer; oldest first. Fault: REC-701. */
  unanswered(): Result<readonly GatewayOperation[]>;
}

/** The ledger, and within transactions of the caller's: something is to be asked, nothing more is waited for. */
export type GatewayLedgerTable = GatewayLedger & {
  open(operation: GatewayOperation): void;
  closeReception(receptionId: string): void;
};

export function createGatewayLedger(database: DatabaseSync, clock: Clock): GatewayLedgerTable {
  const insert = database.prepare(
    `INSERT INTO gateway_operations (key, reception_id, operation, state, at) VALUES (?, ?, ?, 'begun', ?)
     ON CONFLICT (key) DO NOTHING`,
  );
  const select = database.prepare('SELECT reception_id AS receptionId, operation FROM gateway_operations WHERE key = ?');
  const setAnswered = database.prepare("UPDATE gateway_operations SET state = 'answered', at = ? WHERE key = ?");
  const closeReception = database.prepare(
    "UPDATE gateway_operations SET state = 'answered', at = ? WHERE reception_id = ? AND state = 'begun'",
  );
  const selectBegun = database.prepare(
    "SELECT key, reception_id AS receptionId, operation FROM gateway_operations WHERE state = 'begun' ORDER BY rowid",
  );
  const now = () => clock.wall().toISOString();

  return {
    begin: ({ key, receptionId, operation }) =>
      inTransaction(database, () => {
        insert.run(key, receptionId, operation, now());
        const kept = select.get(key);
        if (kept?.['receptionId'] !== receptionId || kept['operation'] !== operation)
          throw new Error('an idempotency key used twice');
      }),
    answered: (key) =>
      inTransaction(database, () => {
        if (setAnswered.run(now(), key).changes === 0) throw new Error('an answer to what was never begun');
      }),
    unanswered: () => reading(() => selectBegun.all() as GatewayOperation[]),
    open: ({ key, receptionId, operation }) => void insert.run(key, receptionId, operation, now()),
    closeReception: (receptionId) => void closeReception.run(now(), receptionId),
  };
}
