import { concat } from '../../card/bytes.ts';
import type { PeerFault } from '../faults.ts';

/** Of the closing 00 the check byte is the one before. */
const CHECK_FROM_END = 2;

/** The bytes that go to the host for an answer's frame, damaged as the fault has it. */
export function spoilFrame(frame: Uint8Array, fault: PeerFault | undefined): Uint8Array {
  switch (fault?.kind) {
    case 'wrong-check-byte':
      return frame.map((byte, index) => (index === frame.length - CHECK_FROM_END ? byte ^ 0x01 : byte));
    case 'drop-bytes':
      return concat(frame.subarray(0, fault.from), frame.subarray(fault.from + fault.count));
    case 'noise':
      return fault.where === 'before' ? concat(fault.bytes, frame) : concat(frame, fault.bytes);
    case 'duplicate':
      return concat(frame, frame);
    default:
      return frame;
  }
}

/** The status that the module reports instead of the card's answer; undefined where the fault is of another kind. */
export function statusOf(fault: PeerFault | undefined): number | undefined {
  if (fault?.kind === 'slot-error') return fault.error & 0x3f || undefined;
  // What a contact card's module sees as a wrong block check is a CRC error over the air.
  return fault?.kind === 'wrong-block-check' ? 0x02 : undefined;
}

/** How often the card asks for more time. */
export function waitingTimesOf(fault: PeerFault | undefined): number {
  return fault?.kind === 'time-extension' || fault?.kind === 'time-request' ? fault.times : 0;
}
