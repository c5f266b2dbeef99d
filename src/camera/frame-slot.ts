import type { Clock } from '../clock.ts';
import type { Frame } from '../reception/ports.ts';

/** One capture's frames: at most one waits, and the newest takes its place. */
export interface FrameSlot extends AsyncIterable<Frame> {
  put(jpeg: Uint8Array): void;
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
    put(jpeg) {
      if (ended) return void jpeg.fill(0);
      waiting?.jpeg.fill(0);
      waiting = { jpeg, atMs: clock.now(), sequence: sequence++ };
      wake();
    },
    end() {
      ended = true;
      waiting?.jpeg.fill(0);
      waiting = undefined;
      wake();
    },
    [Symbol.asyncIterator]: frames,
  };
}
