import type { Clock } from '../clock.ts';
import { ok } from '../faults/result.ts';
import type { CameraPort } from '../reception/ports.ts';
import { createFrameSlot, type FrameSlot } from './frame-slot.ts';

/** What the page is told: to take pictures, and the name under which to send them. */
type PageCapture = { readonly source: 'page'; readonly nonce: string; readonly turnedDeg?: Turned };

/** How far a camera that stands upright has been turned clockwise, seen from behind it: the page turns its pictures back. */
type Turned = 90 | 270;

/** The camera of the kiosk page. Whatever does not bear the current capture's nonce is dropped. */
export interface PageCamera extends CameraPort {
  /** The capture that runs now. */
  capture(): PageCapture | undefined;
  /** Takes over `jpeg`, a picture that the page sent for the capture `nonce`. */
  frame(nonce: string, jpeg: Uint8Array): void;
  /** The page has no camera, or lost it: the frames end. */
  failed(nonce: string): void;
  /** Told when a capture begins or ends. Returns the way to stop listening. */
  onCapture(listener: () => void): () => void;
}

const NONCE_BYTES = 16;
/** Some ten times what a page sends for 640 × 480. */
export const MAX_JPEG_BYTES = 1_500_000;

type Running = { readonly nonce: string; readonly slot: FrameSlot };

export type PageCameraOptions = {
  readonly clock: Clock;
  /** Cryptographically strong bytes. */
  readonly random: (length: number) => Uint8Array;
  /** Absent: the camera lies as cameras do. */
  readonly turnedDeg?: Turned | undefined;
};

export function createPageCamera({ clock, random, turnedDeg }: PageCameraOptions): PageCamera {
  const listeners = new Set<() => void>();
  let running: Running | undefined;

  function change(next: Running | undefined): void {
    running?.slot.end();
    running = next;
    for (const listener of [...listeners]) listener();
  }

  return {
    async frames(signal) {
      const started: Running = { nonce: Buffer.from(random(NONCE_BYTES)).toString('hex'), slot: createFrameSlot(clock) };
      const stop = () => {
        if (running === started) change(undefined);
      };
      if (signal.aborted) started.slot.end();
      else {
        change(started);
        signal.addEventListener('abort', stop, { once: true });
      }
      return ok(started.slot);
    },
    capture: () => running && { source: 'page', nonce: running.nonce, ...(turnedDeg && { turnedDeg }) },
    frame(nonce, jpeg) {
      if (running?.nonce === nonce && jpeg.length <= MAX_JPEG_BYTES) running.slot.put(jpeg);
      else jpeg.fill(0);
    },
    failed(nonce) {
      if (running?.nonce === nonce) change(undefined);
    },
    onCapture(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
