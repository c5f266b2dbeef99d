import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { FaultCode } from '../faults/catalogue.ts';
import type { Method, PendingRow } from '../reception/ports.ts';
import type { Given } from '../reception/questions.ts';

/** How asking again ended: with an answer, or with the gateway knowing nothing of it. */
type PendingEnd = 'answered' | 'nothing';

/** The table of receptions whose eligibility is asked for again, within transactions of the caller's. */
export function createPending(database: DatabaseSync) {
  const insert = database.prepare(
    `INSERT INTO pending (reception_id, method, approver, given, code, started_at, pending_at, simulated)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const setEnd = database.prepare('UPDATE pending SET ended_as = ?, ended_at = ? WHERE reception_id = ? AND ended_as IS NULL');
  const selectOpen = database.prepare('SELECT * FROM pending WHERE ended_as IS NULL ORDER BY pending_at');

  return {
    insert(row: PendingRow): void {
      const times = [row.startedAt.toISOString(), row.pendingAt.toISOString()] as const;
      const given = JSON.stringify(row.given);
      insert.run(row.receptionId, row.method, row.approver ?? null, given, row.code, ...times, row.simulated ? 1 : 0);
    },
    end: (receptionId: string, as: PendingEnd, at: Date) => void setEnd.run(as, at.toISOString(), receptionId),
    /** Oldest first. */
    open: (): readonly PendingRow[] => selectOpen.all().map(pendingOf),
  };
}

function pendingOf(row: Record<string, SQLOutputValue>): PendingRow {
  return {
    receptionId: String(row['reception_id']),
    method: row['method'] as Method,
    ...(row['approver'] === null ? {} : { approver: String(row['approver']) }),
    given: JSON.parse(String(row['given'])) as Given,
    code: row['code'] as FaultCode,
    startedAt: new Date(String(row['started_at'])),
    pendingAt: new Date(String(row['pending_at'])),
    simulated: row['simulated'] === 1,
  };
}
