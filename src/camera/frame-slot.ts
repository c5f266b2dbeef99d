import type { Clock } from '../clock.ts';
import type { Frame } from '../reception/ports.ts';

/** One capture's frames: at most one waits, and the newest takes its place. */
export interface FrameSlot extends AsyncIterable<Frame> {
  /** @param infrared the same moment in near infrared (JPEG), where the unit has such a camera */
  put(jpeg: Uint8Array, infrared?: Uint8Array): void;
  /** Ends the iteration and wipes the frame that waits. */
  end(): void;
}

export function createFrameSlot(clock: Clock): FrameSlot {
  let sequence = 0;
  let waiting: Frame | undefined;
  let ended = false;
  let wake = () => {};

  async function* frames(): AsyncGenerator<Frame> {
    for (;;) {
      const frame = waiting;
      waiting = undefined;
      if (frame) yield frame;
      else if (ended) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  }

  return {
    put(jpeg, infrared) {
      const frame = { jpeg, ...(infrared && { infrared }), atMs: clock.now(), sequence: sequence++ };
      if (ended) return wipe(frame);
      wipe(waiting);
      waiting = frame;
      wake();
    },
    end() {
      ended = true;
      wipe(waiting);
      waiting = undefined;
      wake();
    },
    [Symbol.asyncIterator]: frames,
  };
}

function wipe(frame: Frame | undefined): void {
  frame?.jpeg.fill(0);
  frame?.infrared?.fill(0);
}
