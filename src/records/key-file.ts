/** Secret files of the data folder: made once, whole, and readable by nobody else. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { failed, ok, type Result } from '../faults/result.ts';

export const OWNER_ONLY = 0o600;

/** The secret files beside a store. */
export function keyFilesOf(path: string): { readonly dataKey: string; readonly signingKey: string } {
  const folder = dirname(path);
  return { dataKey: join(folder, 'data.key'), signingKey: join(folder, 'audit-key.pem') };
}

/** Writes a file that is whole or not there, also after a power cut. Rejects with Node's file errors. */
export function writeDurably(path: string, bytes: Uint8Array, mode: number = OWNER_ONLY): void {
  const temporary = `${path}.part`;
  rmSync(temporary, { force: true });
  // wx: a link that somebody laid there is not followed.
  const file = openSync(temporary, 'wx', mode);
  try {
    writeFileSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

/** Makes names in the folder durable. */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** The file's bytes; where there is none, what `make` gives is written first. Fault: REC-701, also when others may read it. */
export function openKeyFile(path: string, make: () => Uint8Array): Result<Uint8Array> {
  try {
    if (!existsSync(path)) writeDurably(path, make());
    if ((statSync(path).mode & 0o077) !== 0) return failed('REC-701', `${path}: others may read it`);
    return ok(new Uint8Array(readFileSync(path)));
  } catch (error) {
    return fileFault(error, path);
  }
}

/** A full disk or a folder that may not be written is expected; any other error is a bug and throws. */
export function fileFault(error: unknown, path: string): Result<never> {
  if (error instanceof Error && 'syscall' in error && 'code' in error) return failed('REC-701', `${path}: ${error.code}`);
  throw error;
}
