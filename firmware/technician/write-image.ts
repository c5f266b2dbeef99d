/**
 * An image onto a disk, so that no disk that was written in part ever starts:
 *
 *     its beginning wiped → everything else written → read back → what the caller adds → the beginning written
 */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Mistake } from '../image/mistake.ts';
import { runTool } from '../image/run-tool.ts';
import type { Disk } from './disk.ts';
import type { Extent } from './partition-table.ts';

/** Partition table and all that firmware looks at first; partitions begin behind it. */
export const HEAD_BYTES = 1024 * 1024;
const PIECE_BYTES = 4 * 1024 * 1024;

export type Writing = {
  readonly image: string;
  readonly disk: Disk;
  readonly extents: readonly Extent[];
  /** Told of bytes that have been written, then of bytes that have been read back. */
  readonly onBytes: (at: 'writing' | 'reading back', bytes: number) => void;
  /** Called while the disk holds everything but its beginning. */
  readonly addFiles: () => Promise<void>;
  readonly signal: AbortSignal;
};

/** Throws a Mistake when the disk fails, reads back otherwise, or is asked to stop; then it does not start. */
export async function writeImage({ image, disk, extents, onBytes, addFiles, signal }: Writing): Promise<void> {
  const source = await open(image, 'r');
  // O_EXCL: the kernel refuses a disk that anything else uses.
  const exclusive = disk.kind === 'disk' ? constants.O_EXCL : 0;
  const target = await open(disk.path, constants.O_RDWR | exclusive).catch((error: NodeJS.ErrnoException) => {
    throw new Mistake(`${disk.path} cannot be opened (${error.code}); nothing was written. Is it in use, or are you not root?`);
  });
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    await write(target, head, 0);
    await target.sync();
    const body = extents.flatMap(behindHead);
    for (const [at, length] of pieces(body, signal)) {
      await write(target, await read(source, at, length), at);
      onBytes('writing', length);
    }
    await settle(target, disk);
    for (const [at, length] of pieces(body, signal)) {
      if (!(await read(source, at, length)).equals(await read(target, at, length))) throw readsOtherwise(disk, at);
      onBytes('reading back', length);
    }
    await addFiles();
    signal.throwIfAborted();
    await source.read(head, 0, HEAD_BYTES, 0);
    await write(target, head, 0);
    await settle(target, disk);
    if (!(await read(target, 0, HEAD_BYTES)).equals(head)) {
      await write(target, Buffer.alloc(HEAD_BYTES), 0);
      throw readsOtherwise(disk, 0);
    }
  } catch (error) {
    if (error instanceof Mistake && error.message.startsWith(disk.path)) throw error;
    const reason = signal.aborted ? 'it was stopped' : reasonOf(error);
    throw new Mistake(`${disk.path} holds no system: ${reason}. It does not start as it is; flash it again.`);
  } finally {
    await source.close();
    await target.close();
  }
}

function behindHead({ from, length }: Extent): Extent[] {
  const begins = Math.max(from, HEAD_BYTES);
  return from + length > begins ? [{ from: begins, length: from + length - begins }] : [];
}

function* pieces(extents: readonly Extent[], signal: AbortSignal): Generator<readonly [at: number, length: number]> {
  for (const { from, length } of extents) {
    for (let done = 0; done < length; done += PIECE_BYTES) {
      signal.throwIfAborted();
      yield [from + done, Math.min(PIECE_BYTES, length - done)];
    }
  }
}

async function write(file: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
  }
}

async function read(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(bytes, done, length - done, from + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes;
}

/** Down to the card; what is read afterwards comes from it and not from memory. */
async function settle(target: FileHandle, disk: Disk): Promise<void> {
  await target.sync();
  if (disk.kind === 'disk') await runTool('blockdev', ['--flushbufs', disk.path]);
}

function readsOtherwise({ path }: Disk, at: number): Mistake {
  return new Mistake(
    `${path} reads otherwise than it was written (at byte ${at}): the card is broken. It does not start; throw it away.`,
  );
}

function reasonOf(error: unknown): string {
  if (error instanceof Mistake) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return code === 'EIO' ? 'it cannot be written (EIO): the card or its contact is broken' : `${message}`;
}
