/** What passes between the reader's thread and the face worker's. Bytes and templates are moved, not copied. */
import type { Result } from '../faults/result.ts';
import type { Sighting } from './recognise.ts';

type FaceJob = 'portrait' | 'frame';

/** Ends the thread after what it is doing: terminating it in the middle of native work would abort the whole process. */
export type EndRequest = { readonly job: 'end' };

/** What a worker is asked to look at: a JPEG 2000 portrait, or a JPEG frame with the infrared one of its moment. */
export type LookRequest = {
  readonly job: FaceJob;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly infrared?: Uint8Array<ArrayBuffer>;
};

export type WorkerRequest = LookRequest & { readonly id: number };

export type WorkerMessage =
  | { readonly type: 'ready'; readonly result: Result<void> }
  | { readonly type: 'answer'; readonly id: number; readonly result: Result<Sighting> };

export type WorkerSettings = { readonly modelsDir: string };
