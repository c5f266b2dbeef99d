import type { Result } from '../faults/result.ts';
import { PinEntry } from './pin-entry.ts';
import type { AuditNote, FaceDecision, FaceSession, GatewaySession } from './ports.ts';
import type { EligibilityAnswer } from './qualification.ts';
import type { Prescription } from './questions.ts';
import { CODE_B_DIGITS, PASSWORD_DIGITS } from './rules.ts';

/**
 * All that the reader holds of the person in front of it, in one place, so that one call forgets it.
 * The flow's state has none of it.
 */
export class ReceptionMemory {
  readonly receptionId: string;
  readonly startedAt: Date;
  /** Aborted when the reception is over. */
  readonly over = new AbortController();
  readonly pin = new PinEntry();
  /** 照合番号B, as staff type it. */
  readonly codeB = new PinEntry(CODE_B_DIGITS);
  /** The facility password. */
  readonly password = new PinEntry(PASSWORD_DIGITS.most);
  gateway: Promise<Result<GatewaySession>> | undefined;
  face: FaceSession | undefined;
  /** The portrait's enrolment, once one has succeeded. */
  enrolled = false;
  /** Only the opened card face tells. */
  noPortrait = false;
  /** The name as it is printed on the card (PNG): for staff, where the result's text cannot say it. */
  namePicture: Uint8Array | undefined;
  decision: FaceDecision | undefined;
  approver: string | undefined;
  /** What a pharmacy could dispense, as it is shown to the patient. */
  prescriptions: readonly Prescription[] = [];
  answer: EligibilityAnswer | undefined;
  /** What happened, until it is written with the record or noted at the end. Nothing personal. */
  audit: AuditNote[] = [];

  constructor(receptionId: string, startedAt: Date) {
    this.receptionId = receptionId;
    this.startedAt = startedAt;
  }

  clearEntry(): void {
    this.pin.wipe();
    this.codeB.wipe();
    this.password.wipe();
  }

  /** All of card and face; the gateway and what it answered stay until the result is recorded. */
  forgetCard(): void {
    this.clearEntry();
    this.face?.close();
    this.face = undefined;
    this.enrolled = false;
    this.noPortrait = false;
    this.decision = undefined;
    this.prescriptions = [];
  }

  /** May be called twice. */
  forget(): void {
    this.over.abort();
    this.forgetCard();
    this.namePicture?.fill(0);
    this.namePicture = undefined;
    this.gateway = undefined;
    this.approver = undefined;
    this.answer = undefined;
  }
}
