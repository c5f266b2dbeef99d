import type { FaultCode, Offer } from '../faults/catalogue.ts';
import type { CertificateGrace } from './certificate-reminder.ts';
import type { Carrier, FaceHint, HandOver, Method, PinStatus } from './ports.ts';
import type { QualificationValidity } from './qualification.ts';
import type { Given, Question } from './questions.ts';

/** What a reception knows of itself in every state. No name, picture, number or PIN is ever part of a state. */
export type Reception = {
  readonly id: string;
  /** The card's PIN as last heard from the card; `absent` before it was read. */
  readonly pin: PinStatus;
  readonly carrier: Carrier;
  /** Whether face is still open to this patient: a portrait is there and nothing has ruled it out. */
  readonly face: boolean;
  /** Face was ruled out by something else than the card having no portrait. */
  readonly faceOff?: true;
  /** Whether staff may compare the person with a portrait that is printed on the card. */
  readonly visual: boolean;
  /** Face attempts that have ended without a match. */
  readonly faceAttempts: number;
  /** The time to answer is running out, and the patient has been told. */
  readonly hurry: boolean;
  /** Days until the certificate ends, where that is less than three months. */
  readonly certificateDays?: number;
  /** Of a certificate that has ended, where it still proves who somebody is. */
  readonly grace?: CertificateGrace;
  /** How often in a row no card could be read, up to now; absent: it could. */
  readonly unread?: number;
  /** Why the gateway could not be opened, when that became known before anybody was asked anything. */
  readonly gatewayFault?: FaultCode;
};

/** A reception whose holder is confirmed. */
type Confirmed = { readonly reception: Reception; readonly method: Method };

/** The last way of a result: the card is no longer needed, and may have been taken. */
type Finishing = Confirmed & {
  readonly given: Given;
  readonly cardGone: boolean;
  /** The card was taken before every question was answered. */
  readonly cutShort: boolean;
};

/** Why the reader rests: an update, or a test of itself. */
export type RestCode = Extract<FaultCode, 'SYS-904' | 'SYS-905'>;

/**
 * Where the reader is. Until identity is proved a state with a `reception` ends when the card goes; each is left
 * within the bound that `bounds.ts` gives.
 */
export type State =
  /** `unread`: so often in a row no card could be read; forgotten when nobody tries again for a while. */
  | { readonly at: 'idle'; readonly unread?: number }
  /** The card module cannot be used, or the reader rests (`RestCode`). */
  | { readonly at: 'unavailable'; readonly code: FaultCode }
  | { readonly at: 'reading'; readonly reception: Reception }
  | { readonly at: 'choosing'; readonly reception: Reception }
  | { readonly at: 'matching-face'; readonly reception: Reception; readonly hint: FaceHint }
  /** A face attempt ended without a match (FACE-401, FACE-402, FACE-407) and another is open. */
  | { readonly at: 'face-retry'; readonly reception: Reception; readonly code: FaultCode }
  /** The plain warning before the last PIN try. */
  | { readonly at: 'warning-last-try'; readonly reception: Reception }
  | {
      readonly at: 'entering-pin';
      readonly reception: Reception;
      readonly triesLeft: number;
      /** How many digits have been entered. */
      readonly digits: number;
      /** The entry before this one was wrong. */
      readonly rejected: boolean;
    }
  /** Staff type 照合番号B as it is printed on the card; `digits`: how many have been typed. */
  | { readonly at: 'typing-code'; readonly reception: Reception; readonly digits: number }
  /** 目視確認: staff compare person and card, and type the facility password or approve at their desk. */
  | {
      readonly at: 'asking-staff';
      readonly reception: Reception;
      readonly digits: number;
      /** How often the password may still be typed, once one was wrong. */
      readonly triesLeft?: number;
    }
  | { readonly at: 'verifying-staff'; readonly reception: Reception }
  | { readonly at: 'verifying-pin'; readonly reception: Reception; readonly triesLeft: number }
  /** Identity is being proved to the gateway. */
  | ({ readonly at: 'proving' } & Confirmed)
  /** The card is not registered for use as an insurance card: that can be done now. */
  | ({ readonly at: 'offering-registration' } & Confirmed)
  | ({ readonly at: 'registering' } & Confirmed)
  /** The certificate has ended less than three months ago: the qualification alone is handed over. */
  | ({ readonly at: 'qualification-only' } & Confirmed)
  /** The first of `questions` is asked. */
  | ({ readonly at: 'asking'; readonly questions: readonly [Question, ...Question[]]; readonly given: Given } & Confirmed)
  | ({ readonly at: 'querying' } & Finishing)
  | ({ readonly at: 'recording'; readonly validity: QualificationValidity } & Finishing)
  /** The eligibility could not be had: that it is to be asked for again is being recorded. */
  | ({ readonly at: 'recording-pending'; readonly code: FaultCode } & Finishing)
  /** Recorded, with what the clinic will read. */
  | ({ readonly at: 'done'; readonly validity: QualificationValidity; readonly handOver: HandOver } & Finishing)
  /** The outage slip: identity and answers are kept, the eligibility follows. */
  | ({ readonly at: 'pending'; readonly code: FaultCode } & Finishing)
  /** Stopped at a fault; what can be done next is offered, in this order. */
  | { readonly at: 'stopped'; readonly reception: Reception; readonly code: FaultCode; readonly offers: readonly Offer[] }
  /** The card was taken before the end: says for a moment what that means, then `idle`. */
  | { readonly at: 'interrupted'; readonly code: FaultCode }
  /** Over; the card still lies there, and after so many reminders is told of as left behind. */
  | { readonly at: 'take-card'; readonly reception: Reception; readonly accepted: boolean; readonly reminders: number };

/** What a patient can say by touching the screen. */
export type Intent =
  | { readonly type: 'choose'; readonly method: 'face' | 'pin' }
  | { readonly type: 'type-code' }
  | { readonly type: 'ask-staff' }
  | { readonly type: 'continue' }
  | { readonly type: 'register' }
  | { readonly type: 'answer'; readonly answer: PatientAnswer }
  /** More time. */
  | { readonly type: 'extend' }
  | { readonly type: 'stop' };

/** The answer to the question that is shown; one to another question is not looked at. */
export type PatientAnswer =
  | { readonly to: 'consent'; readonly items: readonly ('medicines' | 'checkups' | 'treatment' | 'surgery')[] }
  | { readonly to: 'specific-diseases'; readonly yes: boolean }
  | { readonly to: 'subsidy'; readonly yes: boolean }
  | { readonly to: 'prescription'; readonly form: '1' | '2' }
  | { readonly to: 'dispensing'; readonly chosen: readonly number[] };
