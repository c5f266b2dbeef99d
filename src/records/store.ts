/** One SQLite file: opened, brought up to date, and written in transactions. */
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { failed, ok, type Result } from '../faults/result.ts';
import { fileFault, OWNER_ONLY } from './key-file.ts';
import { SCHEMA_STEPS } from './schema.ts';

/** Another process may hold the file for a moment (a backup, a verifier); waiting stops the whole program. */
const BUSY_MS = 150;

/**
 * WAL with `synchronous=FULL`, without which a power cut loses rows that were already acknowledged; what is deleted
 * is overwritten with zeros; the WAL gives its space back.
 */
const PRAGMAS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = ON;
  PRAGMA journal_size_limit = 4194304;
`;

/** Opens the store or makes it. Fault: REC-701 (unwritable, not a store, made by a newer program). */
export function openStore(path: string): Result<DatabaseSync> {
  try {
    // SQLite would let everybody read a new file, and gives its WAL the mode that the file has.
    closeSync(openSync(path, 'a', OWNER_ONLY));
  } catch (error) {
    return fileFault(error, path);
  }
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: BUSY_MS });
    database.exec(PRAGMAS);
    const made = migrate(database);
    if (made.ok) return ok(database);
    database.close();
    return made;
  } catch (error) {
    if (database?.isOpen) database.close();
    return storeFault(error);
  }
}

function migrate(database: DatabaseSync): Result<void> {
  const newest = SCHEMA_STEPS.length;
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version > newest) return failed('REC-701', `made by a newer program (schema ${version})`);
  if (version === newest) return ok();
  return inTransaction(database, () => {
    for (const step of SCHEMA_STEPS.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${newest}`);
  });
}

/** All of `work` or nothing of it; returns what it returned. Fault: REC-701. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): Result<T> {
  try {
    database.exec('BEGIN IMMEDIATE');
    const value = work();
    database.exec('COMMIT');
    return ok(value);
  } catch (error) {
    if (database.isOpen && database.isTransaction) database.exec('ROLLBACK');
    return storeFault(error);
  }
}

/** What `read` returns. Fault: REC-701. */
export function reading<T>(read: () => T): Result<T> {
  try {
    return ok(read());
  } catch (error) {
    return storeFault(error);
  }
}

/** Errors of SQLite are expected (disk full, file gone); any other is a bug and throws. */
function storeFault(error: unknown): Result<never> {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR') return failed('REC-701', error.message);
  throw error;
}
