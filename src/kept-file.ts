import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { failed, ok, type Result } from './faults/result.ts';

/** A small JSON file with one owner: read once, written whole. */
export type KeptFile<T> = {
  readonly value: T;
  /** Down to the disk before it returns, so that what is answered after it stands. Faults: REC-701; the old value stands. */
  keep(next: T): Result<void>;
};

/** `value` is `empty` until the file has been written. Faults: SYS-902 when the file is there and cannot be understood. */
export function openKeptFile<T>(path: string, schema: z.ZodType<T>, empty: T): Result<KeptFile<T>> {
  let text: string | undefined;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (!isFileError(error)) throw error;
    if (error.code !== 'ENOENT') return failed('SYS-902', `${path}: cannot be read (${error.code})`);
  }
  const first = text === undefined ? ok(empty) : parse(path, schema, text);
  if (!first.ok) return first;
  let { value } = first;
  return ok({
    get value() {
      return value;
    },
    keep(next) {
      const written = writeDurably(path, JSON.stringify(next));
      if (written.ok) value = next;
      return written;
    },
  });
}

function parse<T>(path: string, schema: z.ZodType<T>, text: string): Result<T> {
  try {
    return ok(schema.parse(JSON.parse(text)));
  } catch {
    return failed('SYS-902', `${path}: is damaged; restore it from a backup, or remove it to begin anew`);
  }
}

/** Whole or not at all, also after a power cut; readable by nobody but the reader's own user. Faults: REC-701. */
export function writeDurably(path: string, text: string): Result<void> {
  const temporary = `${path}.part`;
  try {
    rmSync(temporary, { force: true });
    // wx: a link that somebody laid there is not followed.
    writeFileSync(temporary, text, { flag: 'wx', mode: 0o600, flush: true });
    renameSync(temporary, path);
    const folder = openSync(dirname(path), 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
    return ok();
  } catch (error) {
    if (!isFileError(error)) throw error;
    return failed('REC-701', `${path}: cannot be written (${error.code})`);
  }
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'errno' in error;
}
