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
import type { CcidDialect, WireDecoder, WireEvent } from './dialect.ts';
import { HEAD_LENGTH, looksLikeHead, MAX_DATA, messageLength } from './message.ts';

const SYNC = 0x03;
const ACK = 0x06;
const NAK = 0x15;
const NAK_LRC = SYNC ^ NAK;
const SLOT_CHANGE = 0x50;
const CARD_OUT = 0x02;
const CARD_IN = 0x03;
const TIME_REQUEST = 0x80;

/** As much of a head as tells whose message it is: type, length, slot, sequence number. */
const TELLING_HEAD = 7;

const MAX_FRAME = 2 + HEAD_LENGTH + MAX_DATA + 1;

export const gemDialect: CcidDialect = {
  frame(message) {
    const bytes = secretBytes(message.length + 3);
    bytes.set([SYNC, ACK]);
    bytes.set(message, 2);
    bytes[bytes.length - 1] = xor(bytes);
    return bytes;
  },
  createDecoder: createGemDecoder,
};

type Find = WireEvent | 'incomplete' | 'noise';

function createGemDecoder(): WireDecoder {
  const buffer = secretBytes(4 * MAX_FRAME);
  let end = 0;
  let inStep = true;

  function drop(count: number): void {
    buffer.copyWithin(0, count, end);
    buffer.fill(0, end - count, end);
    end -= count;
  }

  function look(waiting: Uint8Array): { find: Find; length: number } {
    const [first = 0, second, third] = waiting;
    if (first === SYNC && second === undefined) return { find: 'incomplete', length: 0 };
    if (first === SYNC && second === ACK) return lookForFrame(waiting);
    if (first === SYNC && second === NAK && third === undefined) return { find: 'incomplete', length: 0 };
    if (first === SYNC && second === NAK && third === NAK_LRC && inStep) return { find: { type: 'refused' }, length: 3 };
    if (first === SLOT_CHANGE && inStep) return lookForSlotChange(second);
    if (first >= TIME_REQUEST && inStep) return { find: { type: 'more-time' }, length: 1 };
    return { find: 'noise', length: 1 };
  }

  /** Reads on until nothing more can be told of what is there. */
  function read(tell: (event: WireEvent) => void): void {
    while (end > 0) {
      const { find, length } = look(buffer.subarray(0, end));
      if (find === 'incomplete') return;
      inStep = find !== 'noise' && find.type !== 'damaged';
      if (find !== 'noise') tell(find);
      drop(length);
    }
  }

  return {
    push(bytes, tell) {
      for (let at = 0; at < bytes.length; ) {
        const piece = bytes.subarray(at, at + buffer.length - end);
        buffer.set(piece, end);
        end += piece.length;
        at += piece.length;
        read(tell);
      }
    },
    quiet(tell) {
      while (end > 0) {
        if (end >= 2 + TELLING_HEAD) tell({ type: 'damaged', head: buffer.subarray(2, Math.min(end, 2 + HEAD_LENGTH)) });
        inStep = false;
        drop(1);
        read(tell);
      }
      inStep = true;
    },
    get unsettled() {
      return end > 0 || !inStep;
    },
  };
}

function lookForFrame(waiting: Uint8Array): { find: Find; length: number } {
  const message = waiting.subarray(2, 2 + HEAD_LENGTH + MAX_DATA);
  if (!looksLikeHead(message)) return { find: 'noise', length: 1 };
  const length = messageLength(message);
  if (length === undefined || waiting.length < 2 + length + 1) return { find: 'incomplete', length: 0 };
  const frame = waiting.subarray(0, 2 + length + 1);
  if (xor(frame) !== 0) return { find: { type: 'damaged', head: message.subarray(0, HEAD_LENGTH) }, length: 1 };
  return { find: { type: 'message', message: frame.subarray(2, -1) }, length: frame.length };
}

function lookForSlotChange(second: number | undefined): { find: Find; length: number } {
  if (second === undefined) return { find: 'incomplete', length: 0 };
  if (second !== CARD_OUT && second !== CARD_IN) return { find: 'noise', length: 1 };
  return { find: { type: 'slot-change', present: second === CARD_IN }, length: 2 };
}

function xor(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum ^ byte, 0);
}
