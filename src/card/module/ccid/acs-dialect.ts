/**
 * The framing of ACS readers of the ACR1281S family (ACR1281S specification V1.01, "Serial communication protocol").
 *
 *   02 <CCID message> XOR 03     XOR: over the message alone
 *   02 SS SS 03                  status of the frame that the reader has just got: 00 accepted, else refused
 *   02 50 MM XOR 03              NotifySlotChange: two bits a slot, "there" and "changed", slot 0 lowest; only where
 *                                the host has asked for it
 *   02 00×11 03                  from the host: send the last answer again
 *
 * A reader first accepts a command by a status frame and then answers it. Frames are found anywhere by head, length,
 * check byte and ETX. A refusal or a card movement is believed only where the decoder is in step; an acceptance always,
 * since it does nothing but let the reader go on waiting.
 */
import { secretBytes } from '../../secret-bytes.ts';
import type { CcidDialect, WireEvent } from './dialect.ts';
import { createFrameFinder, type Found, one, xor } from './frame-finder.ts';
import { HEAD_LENGTH, looksLikeHead, MAX_DATA, messageLength } from './message.ts';

const STX = 0x02;
const ETX = 0x03;
const ACCEPTED = 0x00;
/** Check byte, length above 0105, ETX, no such slot, not complete in time; FC is the last one's code in an ACR122L. */
const REFUSALS: readonly number[] = [0xff, 0xfe, 0xfd, 0xfb, 0x99, 0xfc];
const NOTIFY_SLOT_CHANGE = 0x50;
const SLOTS = 2;

export const acsDialect: CcidDialect = {
  acknowledges: true,
  askAgain: Uint8Array.of(STX, ...new Uint8Array(11), ETX),
  frame(message) {
    const bytes = secretBytes(message.length + 3);
    bytes.set([STX]);
    bytes.set(message, 1);
    bytes.set([xor(message), ETX], message.length + 1);
    return bytes;
  },
  createDecoder: () => createFrameFinder({ look, headAt: 1 }),
};

function look(waiting: Uint8Array, inStep: boolean): Found {
  const [first, second] = waiting;
  if (first !== STX) return 'noise';
  if (second === undefined) return 'incomplete';
  if (second === ACCEPTED) return lookForStatus(waiting, { type: 'accepted' });
  if (REFUSALS.includes(second)) return inStep ? lookForStatus(waiting, { type: 'refused' }) : 'noise';
  if (second === NOTIFY_SLOT_CHANGE) return inStep ? lookForSlotChange(waiting) : 'noise';
  return lookForFrame(waiting);
}

function lookForStatus(waiting: Uint8Array, event: WireEvent): Found {
  const [, status, check = status, end] = waiting;
  if (check !== status || (end !== undefined && end !== ETX)) return 'noise';
  return end === undefined ? 'incomplete' : one(event, 4);
}

function lookForSlotChange(waiting: Uint8Array): Found {
  const [, , states = 0, check, end] = waiting;
  if (waiting.length < 5) return 'incomplete';
  if (check !== (NOTIFY_SLOT_CHANGE ^ states) || end !== ETX) return 'noise';
  const slots = Array.from({ length: SLOTS }, (_, slot) => ({ slot, bits: states >> (2 * slot) }));
  const changed = slots.filter(({ bits }) => (bits & 0b10) !== 0);
  return { events: changed.map(({ slot, bits }) => ({ type: 'slot-change', slot, present: (bits & 0b01) !== 0 })), length: 5 };
}

function lookForFrame(waiting: Uint8Array): Found {
  const message = waiting.subarray(1, 1 + HEAD_LENGTH + MAX_DATA);
  if (!looksLikeHead(message)) return 'noise';
  const length = messageLength(message);
  if (length === undefined || waiting.length < 1 + length + 2) return 'incomplete';
  const framed = waiting.subarray(1, 1 + length);
  const [check, end] = waiting.subarray(1 + length);
  if (check !== xor(framed) || end !== ETX) return one({ type: 'damaged', head: message.subarray(0, HEAD_LENGTH) }, 1);
  return one({ type: 'message', message: framed }, 1 + length + 2);
}
