import type { Intent } from '../reception/state.ts';
import type { TechnicianIntent } from '../technician/view.ts';
import type { Snapshot } from './protocol.ts';

/** What the kiosk shows and whom it tells: the rest of the reader, as its page server sees it. */
export interface KioskSource {
  snapshot(): Snapshot;
  /** Calls `listener` after every change. Returns the way to stop. */
  onChange(listener: () => void): () => void;
  /** An intent given on the screen that still stands; `revision` is the one that the patient saw. */
  intent(intent: Intent, revision: number): void;
  /** What a technician said in the menu; absent where there is none. */
  technician?(intent: TechnicianIntent): void;
  /** An ASCII digit, or 08 to erase one. */
  pinKey(key: number): void;
  /** `jpeg` belongs to the listener from now on and is untrusted; `nonce` names the capture, in hex. */
  cameraFrame(nonce: string, jpeg: Uint8Array): void;
  cameraFailed(nonce: string): void;
  /** JPEG frames of a recorded camera, to be shown as preview. Returns the way to stop. */
  onPreview(listener: (jpeg: Uint8Array) => void): () => void;
}
