/**
 * The answer to reset (ISO/IEC 7816-3 §8.2).
 *
 *   TS  T0  [TA1 TB1 TC1 TD1] [TA2 …] … historical bytes  [TCK]
 *
 * The high half of T0 and of each TDi says which of the next TA TB TC TD follow, the low half of T0 how many historical
 * bytes, the low half of TDi the protocol T. TCK is there when any T but 0 is, and makes the XOR of T0…TCK zero.
 */
import { failed, ok, type Result } from '../faults/result.ts';

export type T1Parameters = {
  /** Largest INF the card takes, 1–254. */
  readonly ifsc: number;
  /** Block and character waiting time integers. */
  readonly bwi: number;
  readonly cwi: number;
  readonly edc: 'lrc' | 'crc';
};

export type Atr = {
  /** TA1: the clock rate and bit rate adjustment that the card offers; `negotiable` unless TA2 fixes the mode. */
  readonly fidi: number;
  readonly negotiable: boolean;
  /** TC1: extra guard time integer. */
  readonly guardTime: number;
  readonly protocols: readonly number[];
  /** What block transmission needs, when the card offers T=1. */
  readonly t1: T1Parameters | undefined;
  readonly historical: Uint8Array;
};

type InterfaceBytes = { index: number; protocol: number; ta?: number; tb?: number; tc?: number };

/** Faults: CARD-104 when the bytes are cut, too many, or their check byte is wrong. */
export function parseAtr(bytes: Uint8Array): Result<Atr> {
  const [ts, t0] = bytes;
  if ((ts !== 0x3b && ts !== 0x3f) || t0 === undefined) return failed('CARD-104', 'no ATR');
  const { groups, end, protocols } = readInterfaceBytes(bytes, t0);
  const historicalEnd = end + (t0 & 0x0f);
  const hasTck = protocols.some((protocol) => protocol !== 0);
  if (bytes.length !== historicalEnd + (hasTck ? 1 : 0)) return failed('CARD-104', 'ATR length');
  if (hasTck && bytes.subarray(1).reduce((xor, byte) => xor ^ byte, 0) !== 0) return failed('CARD-104', 'ATR check byte');
  const first = groups.find((group) => group.index === 1);
  return ok({
    fidi: first?.ta ?? 0x11,
    negotiable: groups.find((group) => group.index === 2)?.ta === undefined,
    guardTime: first?.tc ?? 0,
    protocols: protocols.length > 0 ? protocols : [0],
    t1: protocols.includes(1) ? t1Parameters(groups) : undefined,
    historical: bytes.slice(end, historicalEnd),
  });
}

function readInterfaceBytes(bytes: Uint8Array, t0: number) {
  const groups: InterfaceBytes[] = [];
  const protocols: number[] = [];
  let at = 2;
  let follows = t0 >> 4;
  for (let index = 1; follows !== 0; index++) {
    const group: InterfaceBytes = { index, protocol: protocols.at(-1) ?? 0 };
    if (follows & 1) group.ta = bytes[at++] ?? 0;
    if (follows & 2) group.tb = bytes[at++] ?? 0;
    if (follows & 4) group.tc = bytes[at++] ?? 0;
    groups.push(group);
    const td = follows & 8 ? (bytes[at++] ?? 0) : 0;
    if (follows & 8) protocols.push(td & 0x0f);
    follows = td >> 4;
  }
  return { groups, end: at, protocols };
}

/** Specific bytes for T=1 are the first TA TB TC after a TD (from TD2 on) that names T=1 (§11.4.2–11.4.4). */
function t1Parameters(groups: readonly InterfaceBytes[]): T1Parameters {
  const specific = groups.find((group) => group.index > 2 && group.protocol === 1);
  const ifsc = specific?.ta ?? 32;
  return {
    ifsc: ifsc === 0 || ifsc === 255 ? 32 : ifsc,
    bwi: Math.min((specific?.tb ?? 0x4d) >> 4, 9),
    cwi: (specific?.tb ?? 0x4d) & 0x0f,
    edc: (specific?.tc ?? 0) & 1 ? 'crc' : 'lrc',
  };
}
