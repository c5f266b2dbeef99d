import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Method, ReceptionRow } from '../reception/ports.ts';
import type { AskedItem, Given } from '../reception/questions.ts';

export type KeptReception = ReceptionRow & { readonly delivered: boolean };

/** The table of receptions, within transactions of the caller's. */
export function createReceptions(database: DatabaseSync) {
  const insert = database.prepare(
    `INSERT INTO receptions (reception_id, method, approver, given, validity, outcome, file_name, started_at, accepted_at, simulated)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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

  const selectRecent = database.prepare('SELECT * FROM receptions ORDER BY accepted_at DESC LIMIT ?');

  return {
    insert(row: ReceptionRow): void {
      insert.run(
        row.receptionId,
        row.method,
        row.approver ?? null,
        JSON.stringify(row.given),
        row.validity,
        row.outcome,
        row.fileName,
        row.startedAt.toISOString(),
        row.acceptedAt.toISOString(),
        row.simulated ? 1 : 0,
      );
    },
    /** Newest first. */
    recent: (limit: number): readonly KeptReception[] => selectRecent.all(limit).map(receptionOf),
    has: (receptionId: string) => selectOne.get(receptionId) !== undefined,
    markDelivered: (receptionId: string, at: Date) => void markDelivered.run(at.toISOString(), receptionId),
    /** Recorded by the first version, which kept no parcels, and not marked as handed over. */
    withoutParcel: () => selectWithoutParcel.all() as { readonly receptionId: string; readonly fileName: string }[],
  };
}

function receptionOf(row: Record<string, SQLOutputValue>): KeptReception {
  const text = (name: string) => String(row[name]);
  return {
    receptionId: text('reception_id'),
    method: text('method') as Method,
    ...(row['approver'] === null ? {} : { approver: text('approver') }),
    given: givenOf(JSON.parse(text('given'))),
    validity: text('validity'),
    outcome: text('outcome') as ReceptionRow['outcome'],
    fileName: text('file_name'),
    startedAt: new Date(text('started_at')),
    acceptedAt: new Date(text('accepted_at')),
    simulated: row['simulated'] === 1,
    delivered: row['delivered_at'] !== null,
  };
}

const everyItem: readonly AskedItem[] = ['medicines', 'checkups', 'treatment', 'surgery'];

/** Earlier versions asked for the four items always, and kept those that were given. */
const givenOf = (kept: Given | readonly AskedItem[]): Given => ('asked' in kept ? kept : { asked: everyItem, consents: kept });
