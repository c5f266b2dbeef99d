import type { FaultCode, Offer } from '../faults/catalogue.ts';
import type { FaceHint, HandOver, Method, PinStatus } from './ports.ts';
import type { ConsentItem, QualificationValidity } from './qualification.ts';

/** What a reception knows of itself in every state. No name, picture, number or PIN is ever part of a state. */
export type Reception = {
  readonly id: string;
  /** The card's PIN as last heard from the card; `absent` before it was read. */
  readonly pin: PinStatus;
  /** Whether face is still open to this patient: a portrait is there and nothing has ruled it out. */
  readonly face: boolean;
  /** Face attempts that have ended without a match. */
  readonly faceAttempts: number;
  /** Why the gateway could not be opened, when that became known before anybody was asked anything. */
  readonly gatewayFault?: FaultCode;
};

/**
 * Where the reader is. Every state with a `reception` ends at `idle` when the card goes, and is left
 * within the bound that `bounds.ts` gives.
 */
export type State =
  | { readonly at: 'idle' }
  /** The card module cannot be used. */
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
  | { readonly at: 'verifying-pin'; readonly reception: Reception; readonly triesLeft: number }
  /** Identity is being proved to the gateway. */
  | { readonly at: 'proving'; readonly reception: Reception; readonly method: Method }
  | { readonly at: 'consenting'; readonly reception: Reception; readonly method: Method }
  | { readonly at: 'querying'; readonly reception: Reception; readonly method: Method; readonly consents: readonly ConsentItem[] }
  | {
      readonly at: 'recording';
      readonly reception: Reception;
      readonly method: Method;
      readonly validity: QualificationValidity;
      readonly cardGone: boolean;
    }
  /** Recorded, with what the clinic will read. */
  | {
      readonly at: 'done';
      readonly reception: Reception;
      readonly method: Method;
      readonly validity: QualificationValidity;
      readonly handOver: HandOver;
      readonly cardGone: boolean;
    }
  /** Stopped at a fault; what can be done next is offered, in this order. */
  | { readonly at: 'stopped'; readonly reception: Reception; readonly code: FaultCode; readonly offers: readonly Offer[] }
  /** The card was taken before the end: says for a moment what that means, then `idle`. */
  | { readonly at: 'interrupted'; readonly code: FaultCode }
  /** Over; the card still lies there. */
  | { readonly at: 'take-card'; readonly reception: Reception; readonly accepted: boolean };

/** What a patient can say by touching the screen. */
export type Intent =
  | { readonly type: 'choose'; readonly method: Method }
  | { readonly type: 'type-code' }
  | { readonly type: 'continue' }
  | { readonly type: 'consent'; readonly items: readonly ConsentItem[] }
  | { readonly type: 'stop' };
