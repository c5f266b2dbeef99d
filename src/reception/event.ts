import type { FaultCode } from '../faults/catalogue.ts';
import type { Result } from '../faults/result.ts';
import type { CertificateGrace } from './certificate-reminder.ts';
import type {
  AuditEvent,
  CardSurvey,
  FaceDecision,
  FaceHint,
  HandOver,
  Method,
  PasswordVerdict,
  PinVerdict,
  Sound,
} from './ports.ts';
import type { EligibilityAnswer } from './qualification.ts';
import type { Given, Question } from './questions.ts';
import type { Intent, RestCode } from './state.ts';

/** What has happened. Answers to effects carry the reception they were asked for: a late one is dropped. */
export type Event =
  | { readonly type: 'card-placed'; readonly receptionId: string }
  | { readonly type: 'card-removed' }
  | { readonly type: 'module-lost'; readonly code: FaultCode }
  | { readonly type: 'module-ready' }
  /** The kiosk page is gone or does not move: nobody can see or answer anything. */
  | { readonly type: 'page-lost' }
  /** The reader is to rest, which only one that nobody stands at does; `resume` ends that. */
  | { readonly type: 'rest'; readonly code: RestCode }
  | { readonly type: 'resume' }
  | { readonly type: 'intent'; readonly intent: Intent }
  | { readonly type: 'key'; readonly digits: number }
  /** The state's bound comes near. */
  | { readonly type: 'time-short' }
  /** The state's bound has passed. */
  | { readonly type: 'time-out' }
  /** Staff have compared person and card, and say so at their desk. */
  | { readonly type: 'approved'; readonly receptionId: string; readonly approver: string }
  | ({ readonly receptionId: string } & Answer);

/** What follows from a proved identity. */
export type Proved =
  | { readonly at: 'not-registered'; readonly jpkiMaintenance: boolean }
  | {
      readonly at: 'registered';
      readonly scope: 'all' | 'qualification-only';
      /** Until the certificate ends, where that is less than three months. */
      readonly certificateDays?: number;
      /** Of a certificate that has ended. */
      readonly grace?: CertificateGrace;
      readonly questions: readonly Question[];
    };

export type Answer =
  | { readonly type: 'surveyed'; readonly result: Result<CardSurvey>; readonly faceReady: boolean; readonly visual: boolean }
  | { readonly type: 'gateway-opened'; readonly result: Result<void> }
  | { readonly type: 'face-hinted'; readonly hint: FaceHint }
  /** `noPortrait`: the card turned out to have none. */
  | { readonly type: 'face-decided'; readonly result: Result<FaceDecision>; readonly noPortrait?: boolean }
  | { readonly type: 'pin-verified'; readonly result: Result<PinVerdict> }
  | { readonly type: 'staff-verified'; readonly result: Result<PasswordVerdict> }
  | { readonly type: 'proved'; readonly result: Result<Proved> }
  | { readonly type: 'registered'; readonly result: Result<Proved> }
  | {
      readonly type: 'eligibility-answered';
      readonly result: Result<Pick<EligibilityAnswer, 'segmentOfResult' | 'validity'>>;
    }
  /** `nameWanted`: staff need the picture of the name, and nobody has read it yet. */
  | { readonly type: 'recorded'; readonly result: Result<HandOver>; readonly nameWanted?: boolean }
  | { readonly type: 'pending-recorded'; readonly result: Result<void> };

/** What is to be done. The runner does it and answers with an event; nothing here carries a person's data. */
export type Effect =
  | { readonly do: 'open-gateway' }
  | { readonly do: 'survey' }
  | { readonly do: 'match-face' }
  | { readonly do: 'verify-pin'; readonly knownTriesLeft: number }
  | { readonly do: 'verify-staff' }
  /** `approver`: with `visual` alone. */
  | { readonly do: 'prove'; readonly method: Method; readonly approver?: string }
  | { readonly do: 'register' }
  | { readonly do: 'query'; readonly given: Given }
  | { readonly do: 'record'; readonly method: Method; readonly given: Given; readonly outcome: 'accepted' | FaultCode }
  | { readonly do: 'record-pending'; readonly method: Method; readonly given: Given; readonly code: FaultCode }
  /** Reads the name as it is printed, for staff, while the card of a reception that is over still lies there. */
  | { readonly do: 'read-name'; readonly receptionId: string }
  /** Wipes what has been typed: PIN, 照合番号B, facility password. */
  | { readonly do: 'clear-entry' }
  /** Forgets all of card and face; what the result needs is kept. */
  | { readonly do: 'forget-card' }
  | { readonly do: 'play'; readonly sound: Sound; readonly urgency?: number }
  /** Kept with the reception's record, or noted at its end. */
  | { readonly do: 'audit'; readonly event: AuditEvent }
  /** Aborts all that runs for the reception and wipes all that is personal. */
  | { readonly do: 'end' };
