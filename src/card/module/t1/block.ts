/**
 * A T=1 block (ISO/IEC 7816-3 §11.3).
 *
 *   NAD | PCB | LEN | INF (0–254) | EDC            EDC here: LRC, the XOR of all before it
 *
 *   PCB  0sm00000  I-block: s = N(S), m = more follow
 *        100r00ee  R-block: r = N(R), ee = 00 all well, 01 EDC or parity wrong, 10 other error
 *        11xxxxxx  S-block: C0 RESYNCH, C1 IFS, C2 ABORT, C3 WTX requests; with bit 20 set the responses
 */
import { failed, ok, type Result } from '../../../faults/result.ts';
import { secretBytes } from '../../secret-bytes.ts';

export type Bit = 0 | 1;
export type Supervision = 'resynch' | 'ifs' | 'abort' | 'wtx';
export type RReason = 'fine' | 'damaged' | 'other';

export type Block =
  | { readonly kind: 'I'; readonly ns: Bit; readonly more: boolean; readonly inf: Uint8Array }
  | { readonly kind: 'R'; readonly nr: Bit; readonly reason: RReason }
  | { readonly kind: 'S'; readonly what: Supervision; readonly request: boolean; readonly inf: Uint8Array };

export const MAX_INF = 254;
const supervisions: readonly Supervision[] = ['resynch', 'ifs', 'abort', 'wtx'];
const reasons: readonly RReason[] = ['fine', 'damaged', 'other'];

/** How many INF bytes each S-block has. */
const supervisionLength: Record<Supervision, number> = { resynch: 0, ifs: 1, abort: 0, wtx: 1 };

export const iBlock = (ns: Bit, more: boolean, inf: Uint8Array): Block => ({ kind: 'I', ns, more, inf });
export const rBlock = (nr: Bit, reason: RReason): Block => ({ kind: 'R', nr, reason });
export const sRequest = (what: Supervision, ...inf: number[]): Block => sBlock(what, true, inf);
export const sResponse = (what: Supervision, inf: Uint8Array): Block => sBlock(what, false, inf);

function sBlock(what: Supervision, request: boolean, inf: ArrayLike<number>): Block {
  return { kind: 'S', what, request, inf: Uint8Array.from(inf) };
}

/** The block as bytes with NAD 00. The buffer may hold a PIN: whoever sends it wipes it. */
export function encodeBlock(block: Block): Uint8Array {
  const inf = block.kind === 'R' ? undefined : block.inf;
  const length = inf?.length ?? 0;
  if (length > MAX_INF) throw new RangeError(`INF of ${length} bytes`);
  const bytes = secretBytes(4 + length);
  bytes.set([0x00, pcb(block), length]);
  if (inf) bytes.set(inf, 3);
  bytes[3 + length] = lrc(bytes.subarray(0, 3 + length));
  return bytes;
}

function pcb(block: Block): number {
  if (block.kind === 'I') return (block.ns << 6) | (block.more ? 0x20 : 0);
  if (block.kind === 'R') return 0x80 | (block.nr << 4) | reasons.indexOf(block.reason);
  return (block.request ? 0xc0 : 0xe0) | supervisions.indexOf(block.what);
}

/** The block that these bytes are, neither more nor less; `inf` is a view on them. Faults: CARD-104. */
export function decodeBlock(bytes: Uint8Array): Result<Block> {
  const [nad, control, length] = bytes;
  if (nad === undefined || control === undefined || length === undefined) return failed('CARD-104', 'block cut');
  if (nad !== 0 || length > MAX_INF || bytes.length !== length + 4) return failed('CARD-104', 'block head');
  if (lrc(bytes) !== 0) return failed('CARD-104', 'block EDC');
  const block = interpret(control, bytes.subarray(3, 3 + length));
  return block ? ok(block) : failed('CARD-104', 'block PCB');
}

function interpret(control: number, inf: Uint8Array): Block | undefined {
  if ((control & 0x80) === 0) {
    return control & 0x1f ? undefined : iBlock(control & 0x40 ? 1 : 0, (control & 0x20) !== 0, inf);
  }
  if ((control & 0xc0) === 0x80) {
    const reason = reasons[control & 0x0f];
    return reason && inf.length === 0 && !(control & 0x20) ? rBlock(control & 0x10 ? 1 : 0, reason) : undefined;
  }
  const what = supervisions[control & 0x1f];
  return what && inf.length === supervisionLength[what] ? { kind: 'S', what, request: !(control & 0x20), inf } : undefined;
}

function lrc(bytes: Uint8Array): number {
  return bytes.reduce((xor, byte) => xor ^ byte, 0);
}
