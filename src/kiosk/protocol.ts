/**
 * What passes between the reader and its kiosk page: snapshots out, intents in. The page decides nothing.
 *
 * Text frames are JSON (`Snapshot` out, `PageMessage` in). Binary frames:
 *
 *   page → reader   01 nonce[16] JPEG…   one camera picture of the capture that `nonce` names
 *   page → reader   02 key               one key of the digit pad: ASCII digit, or 08 for "erase one"
 *   reader → page   03 JPEG…             preview of a recorded camera (bench)
 *   both            04 beat              asked of the reader's own screen, and answered when it has painted
 *   reader → page   05 key state         a key of the panel's pad (ASCII) went down (1) or up again (0)
 */
import type { FaultCode, Offer } from '../faults/catalogue.ts';
import type { FacilityOptions } from '../reception/facility-options.ts';
import type { FaceHint, HandOver, Method, WaitReason } from '../reception/ports.ts';
import type { Prescription, Question } from '../reception/questions.ts';
import type { Intent } from '../reception/state.ts';
import type { TechnicianIntent, TechnicianView } from '../technician/view.ts';

export const CAMERA_FRAME = 0x01;
export const PIN_KEY = 0x02;
export const PREVIEW_FRAME = 0x03;
export const BEAT = 0x04;
export const PAD_KEY = 0x05;
export const ERASE_KEY = 0x08;

/** Whether the page opens its own camera, or shows the recorded one that the reader sends (03). */
export type Capture =
  /** `turnedDeg`: the camera stands upright, and its pictures are turned back. */
  { readonly source: 'page'; readonly nonce: string; readonly turnedDeg?: 90 | 270 } | { readonly source: 'reader' };

/** Why a method is not offered, in the patient's words of texts/. */
export type Openness = 'open' | 'pin-locked' | 'pin-absent' | 'no-portrait' | 'face-tried' | 'face-off';

/** One screen, named as the state it shows. */
export type Screen =
  | { readonly at: 'idle' }
  | { readonly at: 'unavailable'; readonly code: FaultCode }
  | { readonly at: 'reading' }
  | { readonly at: 'choosing'; readonly face: Openness; readonly pin: Openness; readonly visual: boolean }
  | { readonly at: 'matching-face'; readonly hint: FaceHint; readonly capture: Capture; readonly pin: Openness }
  | { readonly at: 'face-retry'; readonly code: FaultCode; readonly pin: Openness; readonly visual: boolean }
  | { readonly at: 'warning-last-try'; readonly face: Openness; readonly visual: boolean }
  | {
      readonly at: 'entering-pin';
      readonly triesLeft: number;
      readonly digits: number;
      readonly rejected: boolean;
      readonly face: Openness;
      readonly visual: boolean;
    }
  | { readonly at: 'typing-code'; readonly digits: number; readonly pin: Openness }
  /** 目視確認: the facility password, `least` to `most` digits. `triesLeft`: once one was wrong. */
  | {
      readonly at: 'asking-staff';
      readonly digits: number;
      readonly least: number;
      readonly most: number;
      readonly triesLeft?: number;
    }
  | { readonly at: 'verifying-staff' }
  | { readonly at: 'verifying-pin' }
  | { readonly at: 'proving'; readonly method: Method }
  | { readonly at: 'offering-registration' }
  | { readonly at: 'registering' }
  | { readonly at: 'qualification-only' }
  /** `prescriptions`: with `dispensing`, what can be chosen. */
  | { readonly at: 'asking'; readonly question: Question; readonly prescriptions?: readonly Prescription[] }
  /** `cardGone`: whose card it was may have left; the next one waits. */
  | { readonly at: 'querying'; readonly cardGone: boolean }
  | { readonly at: 'recording'; readonly cardGone: boolean }
  | {
      readonly at: 'done';
      readonly method: Method;
      readonly validity: string;
      readonly handOver: HandOver;
      readonly cardGone: boolean;
      /** The card was taken before the consents were answered: none was given. */
      readonly cutShort: boolean;
      /** Until the certificate ends, where that is less than three months. */
      readonly certificateDays?: number;
    }
  /** The outage slip. `number`: what patient and staff can call this reception by; */
  | { readonly at: 'pending'; readonly code: FaultCode; readonly number: string; readonly cardGone: boolean }
  | { readonly at: 'stopped'; readonly code: FaultCode; readonly offers: readonly Offer[] }
  | { readonly at: 'interrupted'; readonly code: FaultCode }
  /** `reminders`: how often the card was asked for; from 6 on it counts as left behind. */
  | { readonly at: 'take-card'; readonly accepted: boolean; readonly reminders: number };

export type Snapshot = {
  /** Rises with every change; a page that sees it fall has met a restarted reader. */
  readonly revision: number;
  readonly screen: Screen;
  /** The time to answer is running out: one touch extends it. */
  readonly hurry: boolean;
  readonly options: Pick<FacilityOptions, 'disaster' | 'pad'>;
  /** Where a card is placed: pushed into a slot, or laid on a surface. */
  readonly module: 'contact' | 'contactless';
  /** Phones can be held to it, too; absent where they cannot. */
  readonly phones?: true;
  /** What was placed is a phone. */
  readonly phone: boolean;
  /** The technician's menu, in place of any screen; absent while nobody is in it. */
  readonly technician?: TechnicianView;
  /** A self-test looks through the page's camera: to be opened beside the screen, unseen. */
  readonly probe?: Extract<Capture, { source: 'page' }>;
  /** What of this reader is simulated; shown on every screen. Empty on a real unit. */
  readonly simulated: readonly ('card' | 'module' | 'front' | 'camera' | 'gateway')[];
  /** Why results wait for the clinic's folder, for staff; absent while none waits. */
  readonly waitsFor?: WaitReason;
  /** The bench's own page, shown in a drawer; absent on a real unit. */
  readonly dockUrl?: string;
};

export type PageMessage =
  | { readonly type: 'intent'; readonly revision: number; readonly intent: Intent }
  | { readonly type: 'technician'; readonly intent: TechnicianIntent }
  | { readonly type: 'camera-failed'; readonly nonce: string };
