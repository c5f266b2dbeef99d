/**
 * Finds frames in a row of bytes that may hold anything: noise, cuts, look-alikes. What a frame is, the dialect says.
 *
 * After a whole frame or a pause the finder is in step; after noise or damage it is not, and then nothing that has no
 * check byte of its own is to be believed.
 */
import { createWaitingBytes } from '../waiting-bytes.ts';
import type { WireDecoder, WireEvent } from './dialect.ts';
import { HEAD_LENGTH, MAX_DATA } from './message.ts';

/** What the first of the waiting bytes begin. */
export type Found =
  /** More bytes are needed to tell. */
  | 'incomplete'
  /** The first byte begins nothing. */
  | 'noise'
  /** Something of `length` bytes. */
  | { readonly events: readonly WireEvent[]; readonly length: number };

export type FrameFinderOptions = {
  /** Looks at the waiting bytes, of which there is one at least. */
  look(waiting: Uint8Array, inStep: boolean): Found;
  /** Where in a frame the CCID message begins. */
  readonly headAt: number;
};

/** As much of a head as tells whose message it is: type, length, slot, sequence number. */
const TELLING_HEAD = 7;

/** Room for a few of the longest frames, with what is around a message. */
const ROOM = 4 * (HEAD_LENGTH + MAX_DATA + 3);

export function createFrameFinder({ look, headAt }: FrameFinderOptions): WireDecoder {
  const waiting = createWaitingBytes(ROOM);
  let inStep = true;

  /** Reads on until nothing more can be told of what is there. */
  function read(tell: (event: WireEvent) => void): void {
    while (waiting.count > 0) {
      const found = look(waiting.bytes, inStep);
      if (found === 'incomplete') return;
      const { events, length } = found === 'noise' ? NOISE : found;
      inStep = found !== 'noise' && events.every(({ type }) => type !== 'damaged');
      for (const event of events) tell(event);
      waiting.drop(length);
    }
  }

  return {
    push(bytes, tell) {
      waiting.take(bytes, () => read(tell));
    },
    quiet(tell) {
      while (waiting.count > 0) {
        const head = waiting.bytes.subarray(headAt, headAt + HEAD_LENGTH);
        if (head.length >= TELLING_HEAD) tell({ type: 'damaged', head });
        inStep = false;
        waiting.drop(1);
        read(tell);
      }
      inStep = true;
    },
    get unsettled() {
      return waiting.count > 0 || !inStep;
    },
  };
}

const NOISE = { events: [], length: 1 } as const;

/** One thing that was found. */
export const one = (event: WireEvent, length: number): Found => ({ events: [event], length });

/** The XOR of all bytes: 0 over a frame with its right check byte. */
export function xor(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum ^ byte, 0);
}
