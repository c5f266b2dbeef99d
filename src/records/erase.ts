/**
 * A store taken out of service. The keys go first: what was sealed under them can never be read again, wherever copies
 * of it still lie. Then each file is overwritten and removed. Flash memory writes elsewhere than one asks it to, so
 * overwriting promises nothing there for what was not sealed: receptions without names, and the audit log.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { failed, ok, type Result } from '../faults/result.ts';
import { fileFault, keyFilesOf, syncFolder } from './key-file.ts';
import { publicKeyPath } from './signer.ts';
import { openStore, reading } from './store.ts';

/** What an erasure would lose. */
export type StoreContents = { readonly receptions: number; readonly waiting: number; readonly auditEntries: number };

/** Looks into a store that no other process has open. Faults: REC-701 (in use, or not a store). */
export function storeContents(path: string): Result<StoreContents> {
  if (!existsSync(path)) return failed('REC-701', `${path}: there is no such file`);
  const store = openStore(path);
  if (!store.ok) return store;
  const database = store.value;
  return reading(() => {
    try {
      // Leaving WAL needs the file alone: it fails while a reader runs.
      database.exec('PRAGMA journal_mode = DELETE');
      const count = (sql: string) => Number(database.prepare(`SELECT count(${sql}`).get()?.['n']);
      return {
        receptions: count('*) AS n FROM receptions'),
        waiting: count('DISTINCT reception_id) AS n FROM outbox'),
        auditEntries: count('*) AS n FROM audit'),
      };
    } finally {
      database.close();
    }
  });
}

/** Returns the files that were removed, in their order. Fault: REC-701. */
export function eraseStore(path: string): Result<readonly string[]> {
  const { dataKey, signingKey } = keyFilesOf(path);
  const files = [dataKey, signingKey, publicKeyPath(signingKey), path, `${path}-wal`, `${path}-shm`, `${path}-journal`];
  const there = files.filter((file) => existsSync(file));
  try {
    for (const file of there) {
      overwrite(file);
      rmSync(file);
    }
    syncFolder(dirname(path));
  } catch (error) {
    return fileFault(error, path);
  }
  return ok(there);
}

const CHUNK_BYTES = 1024 * 1024;

function overwrite(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    const size = statSync(file).size;
    for (let at = 0; at < size; at += CHUNK_BYTES) writeSync(handle, randomBytes(Math.min(CHUNK_BYTES, size - at)), 0, null, at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
