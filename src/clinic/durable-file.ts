/** Files that are either whole or not there, also after a power cut. All of these reject with Node's file errors. */
import { open, rename, rm } from 'node:fs/promises';
import { failed } from '../faults/result.ts';

/** Nobody reads files of this ending as results. */
export const TEMPORARY = '.part';

/** The owner writes, the clinic's group reads: these files hold personal data. */
const FILE_MODE = 0o640;

/** Writes `path` under its temporary name, down to the disk. */
export async function writeTemporary(path: string, bytes: Uint8Array): Promise<void> {
  await removeTemporary(path);
  // wx: a link that somebody laid there is not followed.
  const file = await open(path + TEMPORARY, 'wx', FILE_MODE);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Gives the file its name. Durable once the folder is synced. */
export function giveName(path: string): Promise<void> {
  return rename(path + TEMPORARY, path);
}

/** Removes a temporary file, if it is there. */
export function removeTemporary(path: string): Promise<void> {
  return rm(path + TEMPORARY, { force: true });
}

/** Makes names in the folder durable. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Network file systems that know no sync of a folder say so; the file itself has been synced.
    if (!hasCode(error, 'EINVAL', 'ENOTSUP')) throw error;
  } finally {
    await handle.close();
  }
}

export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

/** REC-702 with the system's own code as detail; anything but a file error is a bug and throws. */
export function folderFault(error: unknown) {
  if (!(error instanceof Error && 'errno' in error && 'code' in error)) throw error;
  return failed('REC-702', String(error.code));
}
