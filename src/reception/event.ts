import type { FaultCode } from '../faults/catalogue.ts';
import type { Result } from '../faults/result.ts';
import type { AuditEvent, CardSurvey, FaceDecision, FaceHint, HandOver, Method, PinVerdict, Sound } from './ports.ts';
import type { ConsentItem, EligibilityAnswer } from './qualification.ts';
import type { Intent } from './state.ts';

/** What has happened. Answers to effects carry the reception they were asked for: a late one is dropped. */
export type Event =
  | { readonly type: 'card-placed'; readonly receptionId: string }
  | { readonly type: 'card-removed' }
  | { readonly type: 'module-lost'; readonly code: FaultCode }
  | { readonly type: 'module-ready' }
  | { readonly type: 'intent'; readonly intent: Intent }
  | { readonly type: 'pin-key'; readonly digits: number }
  /** The state's bound has passed. */
  | { readonly type: 'time-out' }
  | ({ readonly receptionId: string } & Answer);

export type Answer =
  | { readonly type: 'surveyed'; readonly result: Result<CardSurvey>; readonly faceReady: boolean }
  | { readonly type: 'gateway-opened'; readonly result: Result<void> }
  | { readonly type: 'face-hinted'; readonly hint: FaceHint }
  | { readonly type: 'face-decided'; readonly result: Result<FaceDecision> }
  | { readonly type: 'pin-verified'; readonly result: Result<PinVerdict> }
  | { readonly type: 'proved'; readonly result: Result<void> }
  | {
      readonly type: 'eligibility-answered';
      readonly result: Result<Pick<EligibilityAnswer, 'segmentOfResult' | 'validity'>>;
    }
  | { readonly type: 'recorded'; readonly result: Result<HandOver> };

/** What is to be done. The runner does it and answers with an event; nothing here carries a person's data. */
export type Effect =
  | { readonly do: 'open-gateway' }
  | { readonly do: 'survey' }
  | { readonly do: 'match-face' }
  | { readonly do: 'verify-pin'; readonly knownTriesLeft: number }
  | { readonly do: 'prove'; readonly method: Method }
  | { readonly do: 'query'; readonly consents: readonly ConsentItem[] }
  | { readonly do: 'record'; readonly method: Method; readonly outcome: 'accepted' | FaultCode }
  /** Wipes what has been entered of a PIN or a 照合番号B. */
  | { readonly do: 'clear-entry' }
  | { readonly do: 'play'; readonly sound: Sound }
  /** Kept with the reception's record, or noted at its end. */
  | { readonly do: 'audit'; readonly event: AuditEvent }
  /** Aborts all that runs for the reception and wipes all that is personal. */
  | { readonly do: 'end' };
