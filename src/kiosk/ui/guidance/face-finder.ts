/**
 * Finds faces in small pictures, in the page itself: MediaPipe's detector, on the page's own thread because it does not
 * run in a module worker. It only helps people to stand well; who they are is decided by the reader, from other pictures.
 */
import wasmLoaderPath from '@mediapipe/tasks-vision/vision_wasm_internal.js?url';
import wasmBinaryPath from '@mediapipe/tasks-vision/vision_wasm_internal.wasm?url';
import modelAssetPath from '../../../../build/guidance/face-detector.tflite?url';
import { systemClock } from '../../../clock.ts';
import type { FaceBox } from './face-box.ts';

const MIN_CONFIDENCE = 0.5;

export interface FaceFinder {
  /** @returns every face, in pixels of `picture`. Throws when the detector has broken. */
  find(picture: HTMLCanvasElement): readonly FaceBox[];
  close(): void;
}

let loading: Promise<FaceFinder> | undefined;

/** Loads the detector once. One that could not be loaded is tried again when it is next asked for. */
export function loadFaceFinder(): Promise<FaceFinder> {
  loading ??= openFinder().catch((error) => {
    dropFaceFinder();
    throw error;
  });
  return loading;
}

/** Closes a detector that broke, which frees its memory: the next one asked for is a fresh one. */
export function dropFaceFinder(): void {
  // What is broken may not close either.
  loading?.then((finder) => finder.close()).catch(() => {});
  loading = undefined;
}

async function openFinder(): Promise<FaceFinder> {
  const { FaceDetector } = await import('@mediapipe/tasks-vision');
  const detector = await FaceDetector.createFromOptions(
    { wasmLoaderPath, wasmBinaryPath },
    { baseOptions: { modelAssetPath, delegate: 'CPU' }, runningMode: 'VIDEO', minDetectionConfidence: MIN_CONFIDENCE },
  );
  const find = (picture: HTMLCanvasElement) =>
    detector.detectForVideo(picture, systemClock.now()).detections.flatMap(({ boundingBox: box }) => {
      return box ? [{ x: box.originX, y: box.originY, width: box.width, height: box.height }] : [];
    });
  // The first look takes some ten times as long as the others: it is had here, where nobody waits for it.
  find(Object.assign(document.createElement('canvas'), { width: 64, height: 64 }));
  return { find, close: () => detector.close() };
}
