/**
 * What passes between the reader and its kiosk page: snapshots out, intents in. The page decides nothing.
 *
 * Text frames are JSON (`Snapshot` out, `PageMessage` in). Binary frames:
 *
 *   page → reader   01 nonce[16] JPEG…   one camera picture of the capture that `nonce` names
 *   page → reader   02 key               one key of the digit pad: ASCII digit, or 08 for "erase one"
 *   reader → page   03 JPEG…             preview of a recorded camera (bench)
 */
import type { FaultCode, Offer } from '../faults/catalogue.ts';
import type { FaceHint, HandOver, Method, WaitReason } from '../reception/ports.ts';
import type { Intent } from '../reception/state.ts';

export const CAMERA_FRAME = 0x01;
export const PIN_KEY = 0x02;
export const PREVIEW_FRAME = 0x03;
export const ERASE_KEY = 0x08;

/** Whether the page opens its own camera, or shows the recorded one that the reader sends (03). */
export type Capture = { readonly source: 'page'; readonly nonce: string } | { readonly source: 'reader' };

/** Why a method is not offered, in the patient's words of texts/. */
export type Openness = 'open' | 'pin-locked' | 'pin-absent' | 'no-portrait' | 'face-tried' | 'face-off';

/** One screen, named as the state it shows. */
export type Screen =
  | { readonly at: 'idle' }
  | { readonly at: 'unavailable'; readonly code: FaultCode }
  | { readonly at: 'reading' }
  | { readonly at: 'choosing'; readonly face: Openness; readonly pin: Openness }
  | { readonly at: 'matching-face'; readonly hint: FaceHint; readonly capture: Capture; readonly pin: Openness }
  | { readonly at: 'face-retry'; readonly code: FaultCode; readonly pin: Openness }
  | { readonly at: 'warning-last-try'; readonly face: Openness }
  | {
      readonly at: 'entering-pin';
      readonly triesLeft: number;
      readonly digits: number;
      readonly rejected: boolean;
      readonly face: Openness;
    }
  | { readonly at: 'typing-code'; readonly digits: number; readonly pin: Openness }
  | { readonly at: 'verifying-pin' }
  | { readonly at: 'proving'; readonly method: Method }
  | { readonly at: 'consenting' }
  | { readonly at: 'querying' }
  | { readonly at: 'recording' }
  | {
      readonly at: 'done';
      readonly method: Method;
      readonly validity: string;
      readonly handOver: HandOver;
      readonly cardGone: boolean;
    }
  | { readonly at: 'stopped'; readonly code: FaultCode; readonly offers: readonly Offer[] }
  | { readonly at: 'interrupted'; readonly code: FaultCode }
  | { readonly at: 'take-card'; readonly accepted: boolean };

export type Snapshot = {
  /** Rises with every change; a page that sees it fall has met a restarted reader. */
  readonly revision: number;
  readonly screen: Screen;
  /** What of this reader is simulated; shown on every screen. Empty on a real unit. */
  readonly simulated: readonly ('card' | 'module' | 'front' | 'camera' | 'gateway')[];
  /** Why results wait for the clinic's folder, for staff; absent while none waits. */
  readonly waitsFor?: WaitReason;
  /** The bench's own page, shown in a drawer; absent on a real unit. */
  readonly dockUrl?: string;
};

export type PageMessage =
  | { readonly type: 'intent'; readonly revision: number; readonly intent: Intent }
  | { readonly type: 'camera-failed'; readonly nonce: string };
