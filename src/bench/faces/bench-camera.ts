import { createPageCamera } from '../../camera/page-camera.ts';
import type { Clock } from '../../clock.ts';
import { failed, ok, type Result } from '../../faults/result.ts';
import type { KioskCamera } from '../../kiosk/reader-source.ts';
import { createNoisySensor } from './noisy-sensor.ts';
import { framesOf, turningFramesOf } from './persona-faces.ts';
import { emptyRoomFrames, framesFromPhoto } from './photo-frames.ts';
import { createRecordedCamera } from './recorded-camera.ts';
import { createTurningHead, type HeadPictures, type Pose } from './turning-head.ts';

/** What the bench's camera sees: the webcam through the kiosk page, a persona's recording, a picture, or nobody. */
export type Sight =
  | { readonly kind: 'page' }
  | { readonly kind: 'persona'; readonly personaId: string; readonly face: string | undefined }
  | { readonly kind: 'picture'; readonly path: string }
  | { readonly kind: 'nobody' };

/** The pace of the recorded pictures; the kiosk page sends its own at the same. */
const FPS = 10;

type BenchCameraOptions = {
  readonly clock: Clock;
  readonly random: (length: number) => Uint8Array;
  /** See RecordedCameraOptions. */
  readonly hold?: (() => () => void) | undefined;
};

/** One camera to the reader, several things to see. */
export class BenchCamera implements KioskCamera {
  readonly #page;
  readonly #recorded;
  #sight: Sight = { kind: 'nobody' };
  #head = createTurningHead({ front: [] });
  #lastLook: Promise<unknown> = Promise.resolve();

  constructor({ clock, random, hold }: BenchCameraOptions) {
    this.#page = createPageCamera({ clock, random });
    const framesFor = () => this.#head.next();
    this.#recorded = createRecordedCamera({ clock, fps: FPS, framesFor, sensor: createNoisySensor(), hold });
  }

  get sight(): Sight {
    return this.#sight;
  }

  /** Looking from the page elsewhere, or back, ends the capture that runs. Faults: SYS-902 when the picture cannot be used. */
  look(sight: Sight): Promise<Result<void>> {
    // One after another: pictures that take long to read must not come after those of a later call.
    const look = this.#lastLook.then(() => this.#lookAt(sight));
    this.#lastLook = look.catch(() => {});
    return look;
  }

  async #lookAt(sight: Sight): Promise<Result<void>> {
    const pictures = await picturesOf(sight);
    if (!pictures.ok) return pictures;
    const pageCapture = this.#page.capture();
    if (pageCapture && sight.kind !== 'page') this.#page.failed(pageCapture.nonce);
    this.#head = createTurningHead(pictures.value);
    this.#sight = sight;
    return ok();
  }

  /** Whoever stands there turns the head, a step a picture; a photograph cannot. */
  pose(pose: Pose): void {
    this.#head.turnTo(pose);
  }

  frames(signal: AbortSignal): ReturnType<KioskCamera['frames']> {
    return this.#sight.kind === 'page' ? this.#page.frames(signal) : this.#recorded.frames(signal);
  }

  capture(): ReturnType<KioskCamera['capture']> {
    return this.#page.capture() ?? this.#recorded.capture();
  }

  frame(nonce: string, jpeg: Uint8Array): void {
    this.#page.frame(nonce, jpeg);
  }

  failed(nonce: string): void {
    this.#page.failed(nonce);
  }

  onCapture(listener: () => void): () => void {
    const stops = [this.#page.onCapture(listener), this.#recorded.onCapture(listener)];
    return () => {
      for (const stop of stops) stop();
    };
  }

  onPreview(listener: (jpeg: Uint8Array) => void): () => void {
    return this.#recorded.onPreview(listener);
  }
}

async function picturesOf(sight: Sight): Promise<Result<HeadPictures>> {
  switch (sight.kind) {
    case 'page':
      return ok({ front: [] });
    case 'nobody':
      return ok({ front: await emptyRoomFrames() });
    case 'persona':
      return ok(sight.face === undefined ? { front: await emptyRoomFrames() } : await picturesOfPersona(sight.face));
    case 'picture':
      try {
        return ok({ front: await framesFromPhoto(sight.path) });
      } catch (error) {
        return failed('SYS-902', `${sight.path} is not a picture that can be read (${(error as Error).message})`);
      }
  }
}

async function picturesOfPersona(face: string): Promise<HeadPictures> {
  const [front, left, right] = await Promise.all([framesOf(face), turningFramesOf(face, 'left'), turningFramesOf(face, 'right')]);
  return { front, left, right };
}
