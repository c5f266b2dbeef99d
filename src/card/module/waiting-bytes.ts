/** Bytes of a line that wait to be made sense of, oldest first. */
import { secretBytes } from '../secret-bytes.ts';

export interface WaitingBytes {
  /** A view: good until the next call. */
  readonly bytes: Uint8Array;
  readonly count: number;
  /** Takes them in as far as there is room and has `read` make sense of what waits, until all are in. */
  take(bytes: Uint8Array, read: () => void): void;
  /** The first `count` are done with, and wiped. */
  drop(count: number): void;
}

/** @param room of more than the longest frame: then `read` can always drop something of a full one */
export function createWaitingBytes(room: number): WaitingBytes {
  const buffer = secretBytes(room);
  let end = 0;

  return {
    get bytes() {
      return buffer.subarray(0, end);
    },
    get count() {
      return end;
    },
    take(bytes, read) {
      for (let at = 0; at < bytes.length; ) {
        const piece = bytes.subarray(at, at + buffer.length - end);
        buffer.set(piece, end);
        end += piece.length;
        at += piece.length;
        read();
      }
    },
    drop(count) {
      buffer.copyWithin(0, count, end);
      buffer.fill(0, end - count, end);
      end -= count;
    },
  };
}
