import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { failed, ok, type Result } from '../faults/result.ts';
import { type AuditEntry, hashOf } from './audit-entry.ts';
import type { StoreLook } from './store-look.ts';

/** Some weeks of a busy clinic, in less than a second on a board. All of it is gone through by `kazasu audit verify`. */
const NEWEST = 10_000;

const { path, at } = workerData as StoreLook;
parentPort?.postMessage(look());

function look(): Result<string> {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true });
    return at === 'database' ? pages(database) : newestEntries(database);
  } catch (error) {
    return failed('REC-701', (error as Error).message);
  } finally {
    database?.close();
  }
}

function pages(database: DatabaseSync): Result<string> {
  const said = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (said !== 'ok') return failed('REC-701', String(said).split('\n', 1)[0]);
  const receptions = database.prepare('SELECT count(*) AS n FROM receptions').get()?.['n'];
  return ok(`${receptions} receptions`);
}

function newestEntries(database: DatabaseSync): Result<string> {
  const rows = database.prepare('SELECT * FROM audit WHERE seq > (SELECT max(seq) FROM audit) - ? ORDER BY seq').iterate(NEWEST);
  let before: AuditEntry | undefined;
  let looked = 0;
  for (const row of rows) {
    const entry = row as AuditEntry;
    if (before && entry.seq !== before.seq + 1) return failed('REC-701', `entry ${before.seq + 1} is missing`);
    if (before && entry.prev_hash !== before.hash)
      return failed('REC-701', `entry ${entry.seq} does not follow from the one before`);
    if (hashOf(entry) !== entry.hash) return failed('REC-701', `entry ${entry.seq} was changed`);
    before = entry;
    looked++;
  }
  return ok(before ? `${before.seq} entries, the newest ${looked} are whole` : 'no entry yet');
}
