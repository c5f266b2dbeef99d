import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import type { Result } from '../faults/result.ts';
import { reading } from './store.ts';

/** What a copy holds: no reception, and nothing that waits in the outbox. */
const TABLES = "('audit', 'checkpoints', 'archives')";

/**
 * The audit log of a store as a SQLite file of its own, which can be verified as the store can.
 * @param upTo the last entry to be copied; absent: all
 * Fault: REC-701.
 */
export function auditCopy(path: string, upTo: number = Number.MAX_SAFE_INTEGER): Result<Uint8Array> {
  const copy = new DatabaseSync(':memory:');
  try {
    return reading(() => {
      copy.prepare('ATTACH ? AS store').run(`${pathToFileURL(path).href}?mode=ro`);
      // One transaction: what is written meanwhile is not seen by half.
      copy.exec('BEGIN');
      const tables = copy.prepare(`SELECT name, sql FROM store.sqlite_schema WHERE type = 'table' AND name IN ${TABLES}`).all();
      for (const { name, sql } of tables as { name: string; sql: string }[]) {
        copy.exec(sql);
        copy.prepare(`INSERT INTO main.${name} SELECT * FROM store.${name} WHERE seq <= ?`).run(upTo);
      }
      copy.exec('COMMIT');
      return copy.serialize();
    });
  } finally {
    copy.close();
  }
}
