/**
 * The host's frames as an ACR1281S reads them, and the module's own (ACR1281S specification V1.01):
 *
 *   02 CCID XOR 03            XOR over CCID = type[1] length[4, little-endian] slot[1] sequence[1] more[3] data[length]
 *   02 00×11 03               from the host: the last answer again
 *   02 SS SS 03               from the module, on each frame: 00 accepted; FF XOR, FE length, FD ETX, FB slot, 99 not complete
 *   02 50 MM XOR 03           from the module: card movements
 *
 * What does not begin with 02 is skipped. A length above 0105 is refused as soon as it is seen: what follows of such a frame
 * is then skipped up to the next 02.
 */
import { ccidDataLength, type FrameMatch, xorOf } from './host-frames.ts';

const STX = 0x02;
const ETX = 0x03;
const HEADER_LENGTH = 10;
const MOST_DATA = 0x105;
const SLOTS = 2;
const NOTIFY_SLOT_CHANGE = 0x50;

export const ACS_STATUS = { accepted: 0x00, checksum: 0xff, length: 0xfe, etx: 0xfd, slot: 0xfb, timeOut: 0x99 } as const;

export function acsFrame(message: Uint8Array): Uint8Array {
  return Uint8Array.of(STX, ...message, xorOf(message), ETX);
}

export function acsStatusFrame(status: number): Uint8Array {
  return acsFrame(Uint8Array.of(status));
}

/** @param states two bits a slot: 1 a card is there, 2 that has changed */
export function acsMovementFrame(states: number): Uint8Array {
  return acsFrame(Uint8Array.of(NOTIFY_SLOT_CHANGE, states));
}

export function matchAcsFrame(bytes: readonly number[]): FrameMatch {
  if (bytes[0] !== STX) return 'noise';
  if (bytes.length < 1 + HEADER_LENGTH) return 'incomplete';
  const length = ccidDataLength(bytes, 1) ?? 0;
  if (length > MOST_DATA) return { says: 'damaged', status: ACS_STATUS.length };
  if (bytes.length < 1 + HEADER_LENGTH + length + 2) return 'incomplete';
  const message = Uint8Array.from(bytes.slice(1, -2));
  const [check, end] = bytes.slice(-2);
  if (end !== ETX) return { says: 'damaged', status: ACS_STATUS.etx };
  if (check !== xorOf(message)) return { says: 'damaged', status: ACS_STATUS.checksum };
  if (message.every((byte) => byte === 0)) return { says: 'again' };
  if ((message[5] ?? 0) >= SLOTS) return { says: 'damaged', status: ACS_STATUS.slot };
  return { says: 'message', message };
}
