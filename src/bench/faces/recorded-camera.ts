import { createFrameSlot, type FrameSlot } from '../../camera/frame-slot.ts';
import type { Clock } from '../../clock.ts';
import { failed, ok } from '../../faults/result.ts';
import type { CameraPort } from '../../reception/ports.ts';

export type RecordedCameraOptions = {
  readonly clock: Clock;
  /** The pictures (JPEG) that are played round and round; asked anew for each one. None: there is no camera. */
  readonly framesFor: () => readonly Uint8Array[] | undefined;
  readonly fps: number;
  /** What becomes of a picture on its way through the sensor. Left out, each is played as it is. */
  readonly sensor?: (jpeg: Uint8Array) => Promise<Uint8Array>;
  /** Called when real work begins, and what it returned when the work has ended: a simulated clock must not run ahead. */
  readonly hold?: (() => () => void) | undefined;
};

/** A camera that plays pictures instead of taking them. */
export interface RecordedCamera extends CameraPort {
  capture(): { readonly source: 'reader' } | undefined;
  /** Told when a capture begins or ends. Returns the way to stop listening. */
  onCapture(listener: () => void): () => void;
  /** Told each picture as it is played, before the sensor; the bytes are not the listener's to change. */
  onPreview(listener: (jpeg: Uint8Array) => void): () => void;
}

/** Faults of `frames`: FACE-405 when there is nothing to play. */
export function createRecordedCamera(options: RecordedCameraOptions): RecordedCamera {
  const { clock, framesFor, fps, sensor = async (jpeg) => Uint8Array.from(jpeg), hold } = options;
  const captureListeners = new Set<() => void>();
  const previewListeners = new Set<(jpeg: Uint8Array) => void>();
  let running: FrameSlot | undefined;

  function change(next: FrameSlot | undefined): void {
    running?.end();
    running = next;
    for (const listener of [...captureListeners]) listener();
  }

  function play(slot: FrameSlot, index: number): void {
    clock.after(1000 / fps, () => {
      if (running !== slot) return;
      const pictures = framesFor();
      const picture = pictures?.[index % pictures.length];
      if (!picture) return change(undefined);
      play(slot, index + 1);
      void show(slot, picture);
    });
  }

  async function show(slot: FrameSlot, picture: Uint8Array): Promise<void> {
    const release = hold?.();
    try {
      slot.put(await sensor(picture));
      for (const listener of [...previewListeners]) listener(picture);
    } catch {
      // As when a camera is unplugged.
      if (running === slot) change(undefined);
    } finally {
      release?.();
    }
  }

  return {
    async frames(signal) {
      if (!framesFor()?.length) return failed('FACE-405', 'nothing is recorded');
      const slot = createFrameSlot(clock);
      if (signal.aborted) {
        slot.end();
        return ok(slot);
      }
      change(slot);
      play(slot, 0);
      const stop = () => {
        if (running === slot) change(undefined);
      };
      signal.addEventListener('abort', stop, { once: true });
      return ok(slot);
    },
    capture: () => running && { source: 'reader' },
    onCapture(listener) {
      captureListeners.add(listener);
      return () => captureListeners.delete(listener);
    },
    onPreview(listener) {
      previewListeners.add(listener);
      return () => previewListeners.delete(listener);
    },
  };
}
