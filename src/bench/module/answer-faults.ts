import { concat } from '../card/bytes.ts';
import type { PeerFault } from './faults.ts';

/** What a fault must know of how a module family frames its answers. */
export type AnswerFraming = {
  frame(message: Uint8Array): Uint8Array;
  /** Where the check byte stands, from the frame's end. */
  readonly checkFromEnd: number;
  /** Whether a data block is a T=1 block with a check byte of its own. */
  readonly carriesBlocks: boolean;
  /** Whether lone bytes ask for more time. */
  readonly hasTimeRequests: boolean;
};

const TIME_EXTENSION = 0x80;
const SEQUENCE_AT = 6;
const STATUS_AT = 7;
const DATA_AT = 10;

/** The bytes that go to the host for a CCID answer, damaged as the fault has it. */
export function spoil(answer: Uint8Array, fault: PeerFault | undefined, framing: AnswerFraming): Uint8Array {
  const { frame: frameOf, checkFromEnd } = framing;
  const frame = frameOf(answer);
  switch (fault?.kind) {
    case 'wrong-check-byte':
      return changed(frame, frame.length - checkFromEnd, (byte) => byte ^ 0x01);
    case 'wrong-block-check':
      return framing.carriesBlocks && answer.length > DATA_AT
        ? frameOf(changed(answer, answer.length - 1, (byte) => byte ^ 0x01))
        : frame;
    case 'drop-bytes': {
      const from = fault.from < 0 ? frame.length + fault.from : fault.from;
      return concat(frame.subarray(0, from), frame.subarray(from + fault.count));
    }
    case 'noise':
      return fault.where === 'before' ? concat(fault.bytes, frame) : concat(frame, fault.bytes);
    case 'duplicate':
      return concat(frame, frame);
    case 'stale-sequence':
      return concat(frameOf(changed(answer, SEQUENCE_AT, (sequence) => sequence - 1)), frame);
    case 'time-extension':
      return concat(...repeated(frameOf(timeExtensionOf(answer)), fault.times), frame);
    case 'time-request':
      return framing.hasTimeRequests ? concat(new Uint8Array(fault.times).fill(0x81), frame) : frame;
    default:
      return frame;
  }
}

/** The answer's head without data, with bmStatus 80. */
function timeExtensionOf(answer: Uint8Array): Uint8Array {
  const head = Uint8Array.from(answer.subarray(0, DATA_AT));
  head.fill(0, 1, 5);
  return changed(head, STATUS_AT, (status) => (status & 0x3f) | TIME_EXTENSION);
}

function repeated(frame: Uint8Array, times: number): Uint8Array[] {
  return Array.from({ length: times }, () => frame);
}

function changed(bytes: Uint8Array, at: number, change: (byte: number) => number): Uint8Array {
  return bytes.map((byte, index) => (index === at ? change(byte) : byte));
}
