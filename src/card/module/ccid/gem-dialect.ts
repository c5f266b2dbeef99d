/**
 * The framing of GemPC Twin and GemCore readers, as libccid's ccid_serial.c shows it.
 *
 *   03 06 <CCID message> LRC     LRC: the XOR of all before it
 *   03 15 16                     NAK: the last frame was not accepted
 *   50 02 | 50 03                unframed: card out, card in
 *   80…FF alone                  time request: still at work
 *
 * A Twin echoes each command before it answers. Frames are found anywhere by head, length and check byte; what has no
 * check byte is believed only where the decoder is in step: after a whole frame or a pause, never after noise.
 */
import { secretBytes } from '../../secret-bytes.ts';
import type { CcidDialect } from './dialect.ts';
import { createFrameFinder, type Found, one, xor } from './frame-finder.ts';
import { HEAD_LENGTH, looksLikeHead, MAX_DATA, messageLength } from './message.ts';

const SYNC = 0x03;
const ACK = 0x06;
const NAK = 0x15;
const NAK_LRC = SYNC ^ NAK;
const SLOT_CHANGE = 0x50;
const CARD_OUT = 0x02;
const CARD_IN = 0x03;
const TIME_REQUEST = 0x80;

export const gemDialect: CcidDialect = {
  acknowledges: false,
  frame(message) {
    const bytes = secretBytes(message.length + 3);
    bytes.set([SYNC, ACK]);
    bytes.set(message, 2);
    bytes[bytes.length - 1] = xor(bytes);
    return bytes;
  },
  createDecoder: () => createFrameFinder({ look, headAt: 2 }),
};

function look(waiting: Uint8Array, inStep: boolean): Found {
  const [first = 0, second, third] = waiting;
  if (first === SYNC && second === undefined) return 'incomplete';
  if (first === SYNC && second === ACK) return lookForFrame(waiting);
  if (first === SYNC && second === NAK && third === undefined) return 'incomplete';
  if (first === SYNC && second === NAK && third === NAK_LRC && inStep) return one({ type: 'refused' }, 3);
  if (first === SLOT_CHANGE && inStep) return lookForSlotChange(second);
  if (first >= TIME_REQUEST && inStep) return one({ type: 'more-time' }, 1);
  return 'noise';
}

function lookForFrame(waiting: Uint8Array): Found {
  const message = waiting.subarray(2, 2 + HEAD_LENGTH + MAX_DATA);
  if (!looksLikeHead(message)) return 'noise';
  const length = messageLength(message);
  if (length === undefined || waiting.length < 2 + length + 1) return 'incomplete';
  const frame = waiting.subarray(0, 2 + length + 1);
  if (xor(frame) !== 0) return one({ type: 'damaged', head: message.subarray(0, HEAD_LENGTH) }, 1);
  return one({ type: 'message', message: frame.subarray(2, -1) }, frame.length);
}

function lookForSlotChange(second: number | undefined): Found {
  if (second === undefined) return 'incomplete';
  if (second !== CARD_OUT && second !== CARD_IN) return 'noise';
  return one({ type: 'slot-change', slot: 0, present: second === CARD_IN }, 2);
}
