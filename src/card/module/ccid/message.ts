/**
 * CCID messages (USB-IF CCID 1.1 §6), as serial readers use them too.
 *
 *   command  type | length LE32 | slot | seq | parameters (3) | data
 *   answer   type | length LE32 | slot | seq | bmStatus | bError | bChain | data
 *
 *   bmStatus  bits 0–1: card 0 active, 1 inactive, 2 absent    bits 6–7: 0 done, 1 failed, 2 more time wanted
 */
import { secretBytes } from '../../secret-bytes.ts';
import type { CardState } from '../module-link.ts';

export const HEAD_LENGTH = 10;
/** The longest message of the readers here: 271 bytes, head included. */
export const MAX_DATA = 261;

/** Command types with the type of their answer. */
export const commands = {
  setParameters: { type: 0x61, answer: 0x82 },
  iccPowerOn: { type: 0x62, answer: 0x80 },
  iccPowerOff: { type: 0x63, answer: 0x81 },
  getSlotStatus: { type: 0x65, answer: 0x81 },
  escape: { type: 0x6b, answer: 0x83 },
  xfrBlock: { type: 0x6f, answer: 0x80 },
} as const;

export type CcidRequest = {
  readonly command: keyof typeof commands;
  readonly slot: number;
  readonly parameters?: readonly [number, number, number];
  readonly data?: Uint8Array;
};

export type CcidAnswer = {
  readonly type: number;
  readonly slot: number;
  readonly seq: number;
  readonly card: CardState;
  readonly outcome: 'done' | 'failed' | 'more-time';
  /** bError: why it failed, or by how much the time is to be multiplied. */
  readonly error: number;
  /** bChainParameter of a data block: whether it is a part of an answer (§6.2.1). */
  readonly chain: number;
  /** A view on the message. */
  readonly data: Uint8Array;
};

/** bError values that mean something to us (§6.2.6). */
export const CCID_ERROR = { mute: 0xfe, parity: 0xfd, overrun: 0xfc, hardware: 0xfb } as const;

const cardStates: readonly CardState[] = ['active', 'inactive', 'absent'];
const outcomes = ['done', 'failed', 'more-time'] as const;
const knownTypes = new Set([
  0x61, 0x62, 0x63, 0x65, 0x69, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x71, 0x72, 0x73, 0x80, 0x81, 0x82, 0x83, 0x84,
]);

/** The command as bytes. The buffer may hold a PIN: whoever sends it wipes it. */
export function encodeRequest(request: CcidRequest, seq: number): Uint8Array {
  const { command, slot, parameters = [0, 0, 0], data } = request;
  const length = data?.length ?? 0;
  if (length > MAX_DATA) throw new RangeError(`CCID data of ${length} bytes`);
  const bytes = secretBytes(HEAD_LENGTH + length);
  bytes.set([commands[command].type, length & 0xff, length >> 8, 0, 0, slot, seq, ...parameters]);
  if (data) bytes.set(data, HEAD_LENGTH);
  return bytes;
}

/** Whether these may be the first bytes of a message; the more there are, the better it is known. */
export function looksLikeHead(bytes: Uint8Array): boolean {
  const [type, low = 0, high = 0, third = 0, fourth = 0] = bytes;
  return (type === undefined || knownTypes.has(type)) && low + high * 256 <= MAX_DATA && third === 0 && fourth === 0;
}

/** The whole message's length as its head gives it; undefined while the length field is not there. */
export function messageLength(bytes: Uint8Array): number | undefined {
  const [, low, high, , fourth] = bytes;
  return low === undefined || high === undefined || fourth === undefined ? undefined : HEAD_LENGTH + low + high * 256;
}

/** The answer in a whole message; undefined when it is a command (an echo) or has a status that does not exist. */
export function decodeAnswer(message: Uint8Array): CcidAnswer | undefined {
  const [type = 0, , , , , slot = 0, seq = 0, status = 0, error = 0, chain = 0] = message;
  const card = cardStates[status & 0x03];
  const outcome = outcomes[status >> 6];
  if (type < 0x80 || !card || !outcome || messageLength(message) !== message.length) return undefined;
  return { type, slot, seq, card, outcome, error, chain, data: message.subarray(HEAD_LENGTH) };
}
