import type { DatabaseSync } from 'node:sqlite';
import type { ReceptionRow } from '../reception/ports.ts';

/** The table of receptions, within transactions of the caller's. */
export function createReceptions(database: DatabaseSync) {
  const insert = database.prepare(
    `INSERT INTO receptions (reception_id, method, consents, validity, outcome, file_name, started_at, accepted_at, simulated)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const markDelivered = database.prepare(
    'UPDATE receptions SET delivered_at = ? WHERE reception_id = ? AND delivered_at IS NULL',
  );
  const selectOne = database.prepare('SELECT 1 FROM receptions WHERE reception_id = ?');
  const selectWithoutParcel = database.prepare(
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
    has: (receptionId: string) => selectOne.get(receptionId) !== undefined,
    markDelivered: (receptionId: string, at: Date) => void markDelivered.run(at.toISOString(), receptionId),
    /** Recorded by the first version, which kept no parcels, and not marked as handed over. */
    withoutParcel: () => selectWithoutParcel.all() as { readonly receptionId: string; readonly fileName: string }[],
  };
}
