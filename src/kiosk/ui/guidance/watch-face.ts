/** Looks at the camera's picture a few times a second and says what the person can do about it. */
import { effect, signal } from '@preact/signals';
import { systemClock } from '../../../clock.ts';
import type { FaceHint } from '../../../reception/ports.ts';
import { snapshot } from '../link.ts';
import { dropFaceFinder, type FaceFinder, loadFaceFinder } from './face-finder.ts';
import { guide, type View } from './guide.ts';
import { lightOf } from './light.ts';

/** Enough for the detector, whose own input is 128 pixels wide. */
const WIDTH = 320;
const HEIGHT = 240;
const LOOK_MS = 200;
/** On a slow machine looks become rarer: looking takes at most this part of the page's time. */
const MAX_SHARE = 0.25;

/** The page's own hint; undefined while it has none, or cannot look. */
export const pageHint = signal<FaceHint | undefined>(undefined);

/** Loads the detector when a card has been placed, in the page's idle time: the face screen may come next. */
export function prepareGuidance(): void {
  effect(() => {
    const at = snapshot.value?.screen.at;
    if (at === 'reading' || at === 'choosing') requestIdleCallback(() => void loadFaceFinder().catch(noGuidance));
  });
}

/**
 * Watches what `source` shows and keeps `pageHint` up to date, until the returned function is called. A detector that
 * does not load or breaks leaves no hint of the page's own; nothing else depends on it.
 */
export function watchFace(source: HTMLVideoElement | HTMLCanvasElement): () => void {
  const canvas = Object.assign(document.createElement('canvas'), { width: WIDTH, height: HEIGHT });
  let before: View | undefined;
  let cancelNext = () => {};
  let forget = () => {};
  let stopped = false;

  const look = (finder: FaceFinder) => {
    if (stopped) return;
    const startedAt = systemClock.now();
    if (isShowing(source)) {
      const now = viewOf(finder, source, canvas, startedAt);
      pageHint.value = guide(now, before);
      before = now;
    }
    const pauseMs = Math.max(LOOK_MS, (systemClock.now() - startedAt) / MAX_SHARE);
    cancelNext = systemClock.after(pauseMs, () => attempt(finder));
  };
  const attempt = (finder: FaceFinder) => {
    try {
      look(finder);
      forget = () => lookAtNothing(finder, canvas);
    } catch {
      forget = () => {};
      dropFaceFinder();
      noGuidance();
    }
  };
  loadFaceFinder().then(attempt).catch(noGuidance);

  return () => {
    stopped = true;
    cancelNext();
    forget();
    canvas.width = 0;
    pageHint.value = undefined;
  };
}

const noGuidance = () => {
  pageHint.value = undefined;
};

/** The detector keeps the last picture it was given: this one takes its place. */
function lookAtNothing(finder: FaceFinder, canvas: HTMLCanvasElement): void {
  canvas.width = WIDTH;
  try {
    finder.find(canvas);
  } catch {
    dropFaceFinder();
  }
}

const isShowing = (source: HTMLVideoElement | HTMLCanvasElement) =>
  source instanceof HTMLVideoElement
    ? source.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA
    : source.hasAttribute('data-painted');

function viewOf(finder: FaceFinder, source: CanvasImageSource, canvas: HTMLCanvasElement, atMs: number): View {
  const drawing = canvas.getContext('2d', { willReadFrequently: true });
  if (!drawing) throw new Error('no canvas to draw on');
  drawing.drawImage(source, 0, 0, WIDTH, HEIGHT);
  const faces = finder.find(canvas).toSorted((a, b) => b.width - a.width);
  const light = lightOf(drawing.getImageData(0, 0, WIDTH, HEIGHT), faces[0]);
  return { faces, light, size: { width: WIDTH, height: HEIGHT }, atMs };
}
