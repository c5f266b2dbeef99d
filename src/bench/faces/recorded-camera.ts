import { createFrameSlot, type FrameSlot } from '../../camera/frame-slot.ts';
import type { Clock } from '../../clock.ts';
import { failed, ok } from '../../faults/result.ts';
import type { CameraPort } from '../../reception/ports.ts';

export type RecordedCameraOptions = {
  readonly clock: Clock;
  /** The pictures (JPEG) that are played round and round; asked anew for each one. None: there is no camera. */
  readonly framesFor: () => readonly Uint8Array[] | undefined;
  readonly fps: number;
};

/** A camera that plays pictures instead of taking them. */
export interface RecordedCamera extends CameraPort {
  capture(): { readonly source: 'reader' } | undefined;
  /** Told when a capture begins or ends. Returns the way to stop listening. */
  onCapture(listener: () => void): () => void;
  /** Told each picture as it is played; the bytes are not the listener's to change. */
  onPreview(listener: (jpeg: Uint8Array) => void): () => void;
}

/** Faults of `frames`: FACE-405 when there is nothing to play. */
export function createRecordedCamera({ clock, framesFor, fps }: RecordedCameraOptions): RecordedCamera {
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
      const jpeg = pictures?.[index % pictures.length];
      if (!jpeg) return change(undefined);
      slot.put(Uint8Array.from(jpeg));
      for (const listener of [...previewListeners]) listener(jpeg);
      play(slot, index + 1);
    });
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
