import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { verifyAudit } from '../../src/records/audit-verifier.ts';
import { eventsOf } from '../records/rows.ts';

export const RECEPTIONS = 150;

/** `forgotten`: the gateway has a consent that is neither recorded here nor still open to be asked for, or is both. */
export type Damage = 'corrupt' | 'lost' | 'half' | 'forgotten';

/**
 * What is wrong with a store that was found after a power cut, undefined when nothing is: it opens and is sound, has all
 * that was acknowledged, each reception whole, and a chain that verifies; and of what the gateway has, it knows.
 * @param consented receptions whose consent the gateway has recorded
 */
export function damageOf(path: string, acknowledged: readonly string[], consented: readonly string[]): Damage | undefined {
  if (!existsSync(path)) return acknowledged.length > 0 ? 'lost' : undefined;
  try {
    const database = new DatabaseSync(path);
    try {
      return damageIn(database, path, acknowledged) ?? forgottenIn(database, consented);
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

function forgottenIn(database: DatabaseSync, consented: readonly string[]): Damage | undefined {
  const isSchemaThere = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'gateway_operations'").get();
  const idsOf = (sql: string) =>
    new Set(
      isSchemaThere
        ? database
            .prepare(sql)
            .all()
            .map(({ id }) => id)
        : [],
    );
  const recorded = idsOf('SELECT reception_id AS id FROM receptions');
  const open = idsOf("SELECT reception_id AS id FROM gateway_operations WHERE state = 'begun'");
  return consented.some((id) => recorded.has(id) === open.has(id)) ? 'forgotten' : undefined;
}
