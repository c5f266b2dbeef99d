/**
 * A camera that stands upright sees from a child's face to a tall person's. Its picture is turned back, and a part of the
 * usual shape is cut from it, as wide as the whole: above, in the middle or below, wherever a face is.
 */
import { effect, signal } from '@preact/signals';
import type { Clock } from '../../clock.ts';
import { pageHint } from './guidance/watch-face.ts';
import { snapshot } from './link.ts';

/** Which part of the upright picture. */
export type Cut = {
  /** How far the camera was turned clockwise, seen from behind it. */
  readonly turnedDeg: 90 | 270;
  /** 0 its top, 1 its foot. */
  readonly place: () => number;
};

/** Neighbours share a third of their height: a face fits whole into one of them. */
const PLACES = [0.5, 0, 0.5, 1] as const;
/** So long a part without a face is looked at. */
const LOST_MS = 700;

/** Looks elsewhere while nobody is seen. */
export function createAim(clock: Clock): { place(): number; stop(): void } {
  const steps = signal(0);
  const stop = effect(() => {
    const now = steps.value;
    if (!isLost()) return undefined;
    return clock.after(LOST_MS, () => {
      steps.value = now + 1;
    });
  });
  return { place: () => PLACES[steps.peek() % PLACES.length] ?? 0.5, stop };
}

/** Nobody is seen, by the page's own eyes or, where it has none, by the reader's. */
function isLost(): boolean {
  const screen = snapshot.value?.screen;
  const reader = screen?.at === 'matching-face' ? screen.hint : undefined;
  return (pageHint.value ?? reader) === 'look-here';
}

/** Fills `canvas` with a part of what `video` shows, turned back. */
export function drawCut(video: HTMLVideoElement, canvas: HTMLCanvasElement, { turnedDeg, place }: Cut): void {
  const context = canvas.getContext('2d');
  const { videoWidth: tall, videoHeight: wide } = video;
  const scale = canvas.width / wide;
  const spare = tall - canvas.height / scale;
  context?.setTransform(scale, 0, 0, scale, 0, -spare * place() * scale);
  context?.translate(wide / 2, tall / 2);
  context?.rotate((-turnedDeg * Math.PI) / 180);
  context?.drawImage(video, -tall / 2, -wide / 2);
}
