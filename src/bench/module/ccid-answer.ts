/**
 * Messages between host and CCID reader (USB CCID 1.1, 6):
 *
 *   answer = type[1] length[4, little-endian] slot[1] sequence[1] bmStatus[1] bError[1] more[1] data[length]
 *   bmStatus: bits 1–0 the card (0 active, 1 there but off, 2 gone), 40 the command failed
 */
import { concat } from '../card/bytes.ts';

export const messageType = {
  setParameters: 0x61,
  powerOn: 0x62,
  powerOff: 0x63,
  getSlotStatus: 0x65,
  escape: 0x6b,
  getParameters: 0x6c,
  resetParameters: 0x6d,
  transfer: 0x6f,
} as const;

export const dataBlock = 0x80;
export const slotStatus = 0x81;
export const parameters = 0x82;
export const escapeAnswer = 0x83;

const FAILED = 0x40;
/** bmStatus: no card. */
export const ABSENT = 2;

/** A failed answer; without a status, as for a slot in which nothing can be. */
export function failureOf(message: Uint8Array, error: number, cardStatus = ABSENT): Uint8Array {
  return answerOf(answerType(message[0] ?? 0), message, cardStatus | FAILED, error);
}

function answerType(type: number): number {
  if (type === messageType.powerOn || type === messageType.transfer) return dataBlock;
  if (type === messageType.escape) return escapeAnswer;
  const ofParameters: readonly number[] = [messageType.setParameters, messageType.getParameters, messageType.resetParameters];
  return ofParameters.includes(type) ? parameters : slotStatus;
}

export function answerOf(
  type: number,
  message: Uint8Array,
  status: number,
  error: number,
  last = 0,
  data: Uint8Array = new Uint8Array(),
) {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, data.length, true);
  const [slot = 0, sequence = 0] = message.subarray(5, 7);
  return concat(Uint8Array.of(type), length, Uint8Array.of(slot, sequence, status, error, last), data);
}
