/**
 * The host's frames as a PN532 reads them from its high-speed UART (NXP UM0701-02 §6.2.1), and the module's own:
 *
 *   00 00 FF LEN LCS D4 …  DCS 00                    command, LEN ≤ 255       an answer is the same with D5
 *   00 00 FF FF FF LENM LENL LCS D4 …  DCS 00        command, LEN ≤ 265
 *   00 00 FF 00 FF 00   ACK: abort                   00 00 FF FF 00 00   NACK: the last answer again
 *
 * What is no frame, or a frame with a wrong check byte, is skipped without a word: the host misses the ACK.
 */
import { concat } from '../../card/bytes.ts';
import type { FrameMatch } from '../host-frames.ts';

export const ACK_FRAME = Uint8Array.of(0x00, 0x00, 0xff, 0x00, 0xff, 0x00);
export const SYNTAX_ERROR_FRAME = Uint8Array.of(0x00, 0x00, 0xff, 0x01, 0xff, 0x7f, 0x81, 0x00);

const FROM_HOST = 0xd4;
const TO_HOST = 0xd5;
const MOST = 265;

/** The frame around an answer: its code and what follows. */
export function answerFrame(answer: Uint8Array): Uint8Array {
  const content = concat(Uint8Array.of(TO_HOST), answer);
  const { length } = content;
  if (length > MOST) throw new RangeError(`an answer of ${answer.length} bytes does not fit a frame`);
  const lengths = length > 0xff ? [0xff, 0xff, length >> 8, length & 0xff, -(length >> 8) - length] : [length, -length];
  return concat(Uint8Array.of(0x00, 0x00, 0xff, ...lengths), content, Uint8Array.of(-total(content), 0x00));
}

/** A message is a command's code and parameters; an empty one is an ACK. The first 00 of a frame may be missing. */
export function matchPn532Frame(bytes: readonly number[]): FrameMatch {
  const [zero, start, a, b, high = 0, low = 0, check = 0] = bytes;
  if (zero !== 0x00 || (start !== undefined && start !== 0xff)) return 'noise';
  if (a === undefined || b === undefined) return 'incomplete';
  if (a + b === 0xff) return bytes.length < 5 ? 'incomplete' : matchShort(a, high);
  if (a !== 0xff || b !== 0xff) return matchCommand(bytes, 4, a, a + b);
  return bytes.length < 7 ? 'incomplete' : matchCommand(bytes, 7, high * 256 + low, high + low + check);
}

function matchShort(first: number, postamble: number): FrameMatch {
  if (postamble !== 0x00) return 'noise';
  if (first === 0xff) return { says: 'again' };
  return first === 0x00 ? { says: 'message', message: new Uint8Array() } : 'noise';
}

/** @param check sums to 0 with a right LCS */
function matchCommand(bytes: readonly number[], head: number, length: number, check: number): FrameMatch {
  if ((check & 0xff) !== 0 || length < 2 || length > MOST) return 'noise';
  if (bytes.length < head + length + 2) return 'incomplete';
  const body = bytes.slice(head, head + length + 1);
  if ((total(body) & 0xff) !== 0 || body[0] !== FROM_HOST || bytes[head + length + 1] !== 0x00) return 'noise';
  return { says: 'message', message: Uint8Array.from(body.slice(1, -1)) };
}

function total(bytes: Iterable<number>): number {
  let sum = 0;
  for (const byte of bytes) sum += byte;
  return sum;
}
