import { concat } from '../card/bytes.ts';
import type { PeerFault } from './faults.ts';
import { frameOf } from './gem-frames.ts';

const TIME_EXTENSION = 0x80;
const SEQUENCE_AT = 6;
const STATUS_AT = 7;
const DATA_AT = 10;

/** The bytes that go to the host for a CCID answer, damaged as the fault has it. */
export function spoil(answer: Uint8Array, fault: PeerFault | undefined): Uint8Array {
  const frame = frameOf(answer);
  switch (fault?.kind) {
    case 'wrong-check-byte':
      return changed(frame, frame.length - 1, (byte) => byte ^ 0x01);
    case 'wrong-block-check':
      return answer.length > DATA_AT ? frameOf(changed(answer, answer.length - 1, (byte) => byte ^ 0x01)) : frame;
    case 'drop-bytes':
      return concat(frame.subarray(0, fault.from), frame.subarray(fault.from + fault.count));
    case 'noise':
      return fault.where === 'before' ? concat(fault.bytes, frame) : concat(frame, fault.bytes);
    case 'duplicate':
      return concat(frame, frame);
    case 'stale-sequence':
      return concat(frameOf(changed(answer, SEQUENCE_AT, (sequence) => sequence - 1)), frame);
    case 'time-extension':
      return concat(...repeated(frameOf(changed(answer.slice(0, DATA_AT), STATUS_AT, withTimeExtension)), fault.times), frame);
    case 'time-request':
      return concat(new Uint8Array(fault.times).fill(0x81), frame);
    default:
      return frame;
  }
}

function withTimeExtension(status: number): number {
  return (status & 0x3f) | TIME_EXTENSION;
}

function repeated(frame: Uint8Array, times: number): Uint8Array[] {
  return Array.from({ length: times }, () => frame);
}

function changed(bytes: Uint8Array, at: number, change: (byte: number) => number): Uint8Array {
  return bytes.map((byte, index) => (index === at ? change(byte) : byte));
}
