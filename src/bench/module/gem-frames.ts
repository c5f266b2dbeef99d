/**
 * The host's frames as a GemPC Twin reads them:
 *
 *   03 06 CCID LRC                 LRC = XOR of all before
 *   CCID = type[1] length[4, little-endian] slot[1] sequence[1] more[3] data[length]
 *
 * What does not begin with 03 06 is skipped; a frame with a wrong LRC or an impossible length is refused with the
 * NAK 03 15 16.
 */
import { ccidDataLength, type FrameMatch, xorOf } from './host-frames.ts';

const SYNC = 0x03;
const ACK = 0x06;
const HEADER_LENGTH = 10;
/** The module's dwMaxCCIDMessageLength is 271. */
const MOST_DATA = 271 - HEADER_LENGTH;

export const NAK_FRAME = Uint8Array.of(SYNC, 0x15, 0x16);

export function gemFrame(message: Uint8Array): Uint8Array {
  const frame = new Uint8Array(message.length + 3);
  frame.set([SYNC, ACK]);
  frame.set(message, 2);
  frame[frame.length - 1] = xorOf(frame);
  return frame;
}

export function matchGemFrame(bytes: readonly number[]): FrameMatch {
  if (bytes[0] !== SYNC) return 'noise';
  if (bytes.length > 1 && bytes[1] !== ACK) return 'noise';
  if (bytes.length < 2 + HEADER_LENGTH) return 'incomplete';
  const length = ccidDataLength(bytes, 2) ?? 0;
  if (length > MOST_DATA) return { says: 'damaged' };
  if (bytes.length < 2 + HEADER_LENGTH + length + 1) return 'incomplete';
  if (xorOf(bytes) !== 0) return { says: 'damaged' };
  return { says: 'message', message: Uint8Array.from(bytes.slice(2, -1)) };
}
