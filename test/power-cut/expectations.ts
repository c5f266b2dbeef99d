import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { verifyAudit } from '../../src/records/audit-verifier.ts';
import { eventsOf } from '../records/rows.ts';

export const RECEPTIONS = 150;

export type Damage = 'corrupt' | 'lost' | 'half';

/**
 * What is wrong with a store that was found after a power cut, undefined when nothing is: it opens and is sound, has all
 * that was acknowledged, each reception whole, and a chain that verifies.
 */
export function damageOf(path: string, acknowledged: readonly string[]): Damage | undefined {
  if (!existsSync(path)) return acknowledged.length > 0 ? 'lost' : undefined;
  try {
    const database = new DatabaseSync(path);
    try {
      return damageIn(database, path, acknowledged);
    } finally {
      database.close();
    }
  } catch {
    return 'corrupt';
  }
}

function damageIn(database: DatabaseSync, path: string, acknowledged: readonly string[]): Damage | undefined {
  if (database.prepare('PRAGMA integrity_check').get()?.['integrity_check'] !== 'ok') return 'corrupt';
  if (!database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'audit'").get()) {
    return acknowledged.length > 0 ? 'lost' : undefined;
  }
  const rows = database.prepare('SELECT reception_id AS id, delivered_at FROM receptions ORDER BY rowid').all() as {
    id: string;
    delivered_at: string | null;
  }[];
  const found = new Set(rows.flatMap(({ id, delivered_at }) => [`recorded ${id}`, ...(delivered_at ? [`delivered ${id}`] : [])]));
  if (acknowledged.some((word) => !found.has(word))) return 'lost';
  const waiting = database
    .prepare('SELECT reception_id AS id FROM outbox ORDER BY ordinal')
    .all()
    .map(({ id }) => id);
  const expected = rows.filter(({ delivered_at }) => delivered_at === null).map(({ id }) => id);
  const entries = Number(database.prepare('SELECT count(*) AS n FROM audit').get()?.['n']);
  const whole = waiting.join() === expected.join() && entries === rows.length * eventsOf('').length;
  return whole && verifyAudit(path).ok ? undefined : 'half';
}
