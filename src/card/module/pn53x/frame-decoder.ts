/**
 * Finds the module's frames (drawn in frame.ts) in the bytes that come, in whatever pieces and amid whatever noise.
 *
 * A frame counts only with both check bytes right and its closing 00: where a 00 got lost on the way, the check byte
 * slips into the data and the closing 00 looks like a right check byte. The first 00 may be missing.
 */
import { createWaitingBytes } from '../waiting-bytes.ts';
import { MAX_LENGTH, MAX_OVERHEAD, sum } from './frame.ts';

/** What was found. Bytes are lent for the call only: keep copies. */
export type FrameEvent =
  | { readonly type: 'ack' }
  /** The module could not make sense of the last command. */
  | { readonly type: 'refused' }
  /** `code` is the command's own. */
  | { readonly type: 'answer'; readonly code: number; readonly data: Uint8Array }
  /** Bytes that make no frame have come and gone; they look like what is left of an answer to the command `code`. */
  | { readonly type: 'damaged'; readonly code: number };

export interface FrameDecoder {
  push(bytes: Uint8Array, tell: (event: FrameEvent) => void): void;
  /** Nothing has come for the inter-byte time: what waits to be completed never will be. */
  quiet(tell: (event: FrameEvent) => void): void;
  /** Whether a pause would tell it anything. */
  readonly unsettled: boolean;
}

const START = 0xff;
const FROM_MODULE = 0xd5;
const ERROR_TFI = 0x7f;

/** `other`: a frame that is none of the module's. */
type Find = FrameEvent | 'incomplete' | 'noise' | 'other';
type Look = { readonly find: Find; readonly length: number };

const INCOMPLETE: Look = { find: 'incomplete', length: 0 };
const NOISE: Look = { find: 'noise', length: 1 };

export function createFrameDecoder(): FrameDecoder {
  const waiting = createWaitingBytes(4 * (MAX_LENGTH + MAX_OVERHEAD));
  const damagedCodes = new Set<number>();

  /** Of the noise at the front: is it what is left of an answer? */
  function noteDamage(): void {
    const [tfi, code] = waiting.bytes;
    if (tfi === FROM_MODULE && code !== undefined) damagedCodes.add(code - 1);
  }

  function read(tell: (event: FrameEvent) => void): void {
    while (waiting.count > 0) {
      const { find, length } = lookAt(waiting.bytes);
      if (find === 'incomplete') return;
      if (find === 'noise') noteDamage();
      else if (find !== 'other') {
        // The module does one thing after the other: what was damaged before these was left of an earlier answer.
        if (find.type === 'answer' || find.type === 'ack') damagedCodes.clear();
        tell(find);
      }
      waiting.drop(length);
    }
  }

  return {
    push(bytes, tell) {
      waiting.take(bytes, () => read(tell));
    },
    quiet(tell) {
      while (waiting.count > 0) {
        noteDamage();
        waiting.drop(1);
        read(tell);
      }
      for (const code of damagedCodes) tell({ type: 'damaged', code });
      damagedCodes.clear();
    },
    get unsettled() {
      return waiting.count > 0 || damagedCodes.size > 0;
    },
  };
}

/** @param waiting at least one byte */
function lookAt(waiting: Uint8Array): Look {
  const [zero, start, first, second, high, low, check] = waiting;
  if (zero !== 0) return NOISE;
  if (start === undefined) return INCOMPLETE;
  if (start !== START) return NOISE;
  if (first === undefined || second === undefined) return INCOMPLETE;
  if (first === 0x00 && second === 0xff) return lookAtShort(waiting, { type: 'ack' });
  if (first === 0xff && second === 0x00) return lookAtShort(waiting, 'other');
  if (first !== 0xff || second !== 0xff) return lookAtFrame(waiting, 4, first, first + second);
  if (high === undefined || low === undefined || check === undefined) return INCOMPLETE;
  return lookAtFrame(waiting, 7, high * 256 + low, high + low + check);
}

function lookAtShort(waiting: Uint8Array, find: Find): Look {
  if (waiting.length < 5) return INCOMPLETE;
  return waiting[4] === 0 ? { find, length: 5 } : NOISE;
}

/** @param check sums to 0 with a right LCS */
function lookAtFrame(waiting: Uint8Array, head: number, length: number, check: number): Look {
  if ((check & 0xff) !== 0 || length === 0 || length > MAX_LENGTH) return NOISE;
  const end = head + length + 2;
  if (waiting.length < end) return INCOMPLETE;
  const content = waiting.subarray(head, head + length);
  if (sum(waiting.subarray(head, end - 1)) !== 0 || waiting[end - 1] !== 0) return NOISE;
  const find = contentOf(content);
  // A head that noise made, and check bytes that are right by chance: the module's own frame may lie within.
  return find === 'other' ? NOISE : { find, length: end };
}

function contentOf(content: Uint8Array): Find {
  const [tfi, code] = content;
  if (tfi === ERROR_TFI && content.length === 1) return { type: 'refused' };
  if (tfi !== FROM_MODULE || code === undefined) return 'other';
  return { type: 'answer', code: code - 1, data: content.subarray(2) };
}
