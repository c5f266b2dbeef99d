/** The file of scores while it grows: one writer, who notices another. */
import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { HEADER, type KeptRows, rowOf, type ScoredPair } from './face-score-pairs.ts';

export interface GrowingRows {
  /** Throws what the file system says, or `ChangedByAnother`. */
  append(row: ScoredPair): void;
  close(): void;
}

/** The file is not as this run has left it. */
export class ChangedByAnother extends Error {}

/** Opens the file, cuts off what follows the rows kept and writes the header of a new one. Throws as `append` does. */
export function openRows(path: string, kept: KeptRows): GrowingRows {
  const file = openSync(path, 'a');
  let size = kept.fileBytes;
  const checkSize = () => {
    if (fstatSync(file).size !== size) throw new ChangedByAnother();
  };
  const write = (text: string) => {
    checkSize();
    const bytes = Buffer.from(text);
    // A disk that is nearly full takes a part, and only says so when it is asked to take the rest.
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    size += bytes.length;
  };
  try {
    checkSize();
    ftruncateSync(file, kept.bytes);
    size = kept.bytes;
    if (size === 0) write(HEADER);
  } catch (error) {
    closeSync(file);
    throw error;
  }
  return { append: (row) => write(rowOf(row)), close: () => closeSync(file) };
}
