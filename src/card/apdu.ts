/**
 * Command and response APDUs (ISO/IEC 7816-3 §12.1, 7816-4 §5).
 *
 *   short     CLA INS P1 P2 [Lc data…] [Le]              Lc 1–255, Le 00 = 256
 *   extended  CLA INS P1 P2 [00 LcH LcL data…] [LeH LeL]  without data the Le field is 00 LeH LeL; 0000 = 65536
 *   response  [data…] SW1 SW2
 */
import { failed, ok, type Result } from '../faults/result.ts';
import { secretBytes } from './secret-bytes.ts';

export type Command = {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data?: Uint8Array;
  /** How many bytes are wanted at most, 1–65536; absent when none are. */
  readonly le?: number;
};

export type Response = { readonly data: Uint8Array /** SW1 SW2 as one number, 0x9000. */; readonly sw: number };

/** The command as bytes, extended only where it must be. The buffer may hold a PIN: whoever sends it wipes it. */
export function encodeCommand({ cla, ins, p1, p2, data, le }: Command): Uint8Array {
  const lc = data?.length ?? 0;
  if (lc > 65535 || (le !== undefined && (le < 1 || le > 65536))) throw new RangeError(`no APDU has Lc ${lc}, Le ${le}`);
  const extended = lc > 255 || (le ?? 0) > 256;
  const lcField = lc === 0 ? [] : extended ? [0, lc >> 8, lc & 0xff] : [lc];
  const leField = le === undefined ? [] : extended ? [...(lc === 0 ? [0] : []), (le >> 8) & 0xff, le & 0xff] : [le & 0xff];
  const bytes = secretBytes(4 + lcField.length + lc + leField.length);
  bytes.set([cla, ins, p1, p2, ...lcField]);
  if (data) bytes.set(data, 4 + lcField.length);
  bytes.set(leField, bytes.length - leField.length);
  return bytes;
}

/** The command that these bytes are; `data` is a view on them. Faults: CARD-104 when they are no command. */
export function decodeCommand(bytes: Uint8Array): Result<Command> {
  const [cla, ins, p1, p2] = bytes;
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) return failed('CARD-104', 'command cut');
  const lengths = readLengths(bytes.subarray(4));
  return lengths ? ok({ cla, ins, p1, p2, ...lengths }) : failed('CARD-104', 'lengths of the command do not fit');
}

function readLengths(body: Uint8Array): { data?: Uint8Array; le?: number } | undefined {
  if (body.length === 0) return {};
  const extended = body[0] === 0 && body.length > 1;
  const size = extended ? 2 : 1;
  const number = (at: number) => (extended ? ((body[at] ?? 0) << 8) | (body[at + 1] ?? 0) : (body[at] ?? 0));
  const start = extended ? 1 : 0;
  const atMost = extended ? 65536 : 256;
  if (body.length < start + size) return undefined;
  const first = number(start);
  if (body.length === start + size) return { le: first || atMost };
  const end = start + size + first;
  if (first === 0 || body.length < end) return undefined;
  const data = body.subarray(start + size, end);
  if (body.length === end) return { data };
  return body.length === end + size ? { data, le: number(end) || atMost } : undefined;
}

/** Data and status word; `data` is a view on `bytes`. Faults: CARD-104 when there is no status word. */
export function decodeResponse(bytes: Uint8Array): Result<Response> {
  const sw1 = bytes.at(-2);
  const sw2 = bytes.at(-1);
  if (sw1 === undefined || sw2 === undefined || (sw1 & 0xf0) < 0x60 || (sw1 & 0xf0) > 0x90)
    return failed('CARD-104', 'no status word');
  return ok({ data: bytes.subarray(0, -2), sw: (sw1 << 8) | sw2 });
}
