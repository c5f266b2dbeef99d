import type { DatabaseSync } from 'node:sqlite';
import type { FaultCode } from '../faults/catalogue.ts';
import type { ReceptionRow } from '../reception/ports.ts';

/** Recorded, but not yet marked as handed over. */
export type Undelivered = { readonly receptionId: string; readonly fileName: string };

/** The table of receptions, within transactions of the caller's. */
export function createReceptions(database: DatabaseSync) {
  const insert = database.prepare(
    `INSERT INTO receptions (reception_id, method, consents, validity, outcome, file_name, started_at, accepted_at, simulated)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const markDelivered = database.prepare(
    'UPDATE receptions SET delivered_at = ? WHERE reception_id = ? AND delivered_at IS NULL',
  );
  const setOutcome = database.prepare('UPDATE receptions SET outcome = ? WHERE reception_id = ? AND delivered_at IS NULL');
  const selectUndelivered = database.prepare(
    `SELECT reception_id AS receptionId, file_name AS fileName FROM receptions
     WHERE delivered_at IS NULL AND outcome NOT LIKE 'REC-%'
     AND reception_id NOT IN (SELECT reception_id FROM outbox) ORDER BY accepted_at`,
  );

  return {
    insert(row: ReceptionRow): void {
      insert.run(
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
    },
    markDelivered: (receptionId: string, at: Date) => void markDelivered.run(at.toISOString(), receptionId),
    setOutcome: (receptionId: string, code: FaultCode) => void setOutcome.run(code, receptionId),
    undelivered: () => selectUndelivered.all() as Undelivered[],
  };
}
