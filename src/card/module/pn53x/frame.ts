/**
 * Frames of the PN53x on a serial line (NXP UM0701-02 §6.2.1). Sums are modulo 256.
 *
 *   00 00 FF LEN LCS             TFI PD0 … PDn  DCS 00     LEN + LCS = 0; TFI + PD0 + … + PDn + DCS = 0
 *   00 00 FF FF FF LENM LENL LCS TFI PD0 … PDn  DCS 00     extended: LENM + LENL + LCS = 0
 *   00 00 FF 00 FF 00                                      ACK; from the host: stop what you are doing
 *   00 00 FF FF 00 00                                      NACK, from the host alone: your last answer once more
 *   00 00 FF 01 FF 7F 81 00                                error: the command makes no sense, nothing was done
 *
 *   LEN counts from TFI on. TFI: D4 to the module, D5 from it. PD0: the command's code, in an answer one more.
 */
import { secretBytes } from '../../secret-bytes.ts';

export const ACK = Uint8Array.of(0x00, 0x00, 0xff, 0x00, 0xff, 0x00);
export const NACK = Uint8Array.of(0x00, 0x00, 0xff, 0xff, 0x00, 0x00);

/** TFI, code and as many bytes as the longest command has: InDataExchange with its target and 262 bytes of data. */
export const MAX_LENGTH = 265;
/** An extended frame less what its length counts. */
export const MAX_OVERHEAD = 10;

const TO_MODULE = 0xd4;
const MAX_NORMAL_LENGTH = 255;

/** The frame around a command, normal where it fits. The buffer may hold a PIN: whoever sends it wipes it. */
export function commandFrame(code: number, parameters: Iterable<number> & { readonly length: number }): Uint8Array {
  const length = 2 + parameters.length;
  if (length > MAX_LENGTH) throw new RangeError(`a PN53x command of ${length} bytes`);
  const head = length > MAX_NORMAL_LENGTH ? extendedHead(length) : [0x00, 0x00, 0xff, length, -length];
  const frame = secretBytes(head.length + length + 2);
  frame.set(head);
  frame.set([TO_MODULE, code], head.length);
  let at = head.length + 2;
  for (const byte of parameters) frame[at++] = byte;
  frame[at] = -sum(frame.subarray(head.length, at));
  return frame;
}

/** Modulo 256. */
export function sum(bytes: Uint8Array): number {
  let total = 0;
  for (const byte of bytes) total += byte;
  return total & 0xff;
}

function extendedHead(length: number): number[] {
  const [high, low] = [length >> 8, length & 0xff];
  return [0x00, 0x00, 0xff, 0xff, 0xff, high, low, -(high + low)];
}
