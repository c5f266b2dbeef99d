/**
 * One parcel into the clinic's folder, so that a crash at any point leaves nothing half and nothing twice:
 *
 *   1  every file under its temporary name, to the disk
 *   2  a mark, to the disk: from here on a file without its temporary name has been given its own
 *   3  the names, the result's last
 *   4  the outbox is told
 *   5  the mark is removed
 *
 * What the clinic has taken away already is thus not laid there again: after a crash between 3 and 4 the mark stands
 * and the temporary name does not. Every step may be repeated.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Parcel } from '../reception/ports.ts';
import { giveName, hasCode, removeTemporary, syncFolder, TEMPORARY, writeTemporary } from './durable-file.ts';
import { isResultOf } from './result-file-name.ts';

/** What a delivery asks of a file system. Each rejects with Node's file errors, and a share that is gone may never answer. */
export type FolderFiles = {
  readonly list: (folder: string) => Promise<readonly string[]>;
  readonly writeTemporary: (path: string, bytes: Uint8Array) => Promise<void>;
  readonly giveName: (path: string) => Promise<void>;
  readonly removeTemporary: (path: string) => Promise<void>;
  readonly syncFolder: (folder: string) => Promise<void>;
};

export const folderFiles: FolderFiles = { list: readdir, writeTemporary, giveName, removeTemporary, syncFolder };

/** Gives the mark a name that no file of a parcel has. */
const MARK = '.named';

/** Lays the parcel's files into the folder (steps 1 to 3); between two steps it stops when `signal` says so.
 *  Rejects with Node's file errors, or with the signal's reason. */
export async function deliver(parcel: Parcel, folder: string, files: FolderFiles, signal: AbortSignal): Promise<void> {
  // One of the store's first version has no bytes: that version laid them here before it recorded the reception.
  const laidBefore = parcel.files.every(({ bytes }) => bytes.length === 0);
  const laid = laidBefore || (await files.list(folder)).includes(parcel.fileName + MARK + TEMPORARY);
  if (!laid) await lay(parcel, folder, files, signal);
  for (const { name } of parcel.files) {
    signal.throwIfAborted();
    await files.giveName(join(folder, name)).catch((error) => {
      // An earlier attempt got this far.
      if (!laid || !hasCode(error, 'ENOENT')) throw error;
    });
  }
  await files.syncFolder(folder);
}

async function lay(parcel: Parcel, folder: string, files: FolderFiles, signal: AbortSignal): Promise<void> {
  try {
    for (const { name, bytes } of parcel.files) {
      signal.throwIfAborted();
      await files.writeTemporary(join(folder, name), bytes);
    }
    await files.syncFolder(folder);
  } catch (error) {
    // What was written of it takes room that a full folder does not have. Once stopped, another may be at work there.
    if (!signal.aborted) for (const { name } of parcel.files) await files.removeTemporary(join(folder, name)).catch(() => {});
    throw error;
  }
  signal.throwIfAborted();
  await files.writeTemporary(join(folder, parcel.fileName + MARK), new Uint8Array());
  await files.syncFolder(folder);
}

/** Step 5: once the outbox has noted the parcel as delivered. Rejects with Node's file errors. */
export async function forget({ fileName }: Parcel, folder: string, files: FolderFiles): Promise<void> {
  await files.removeTemporary(join(folder, fileName + MARK));
}

/** Removes this reader's temporary files but those of `kept`: a crash after step 4 leaves a mark. Others' are not touched.
 *  Rejects with Node's file errors. */
export async function sweep(folder: string, readerId: string, kept: Parcel | undefined, files: FolderFiles): Promise<void> {
  const base = kept?.fileName.replace(/\.xml$/, '');
  for (const name of await files.list(folder)) {
    if (!name.endsWith(TEMPORARY) || !isResultOf(readerId, name)) continue;
    if (base !== undefined && name.startsWith(base)) continue;
    await files.removeTemporary(join(folder, name.slice(0, -TEMPORARY.length)));
  }
}
