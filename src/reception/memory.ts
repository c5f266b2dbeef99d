import type { Result } from '../faults/result.ts';
import { PinEntry } from './pin-entry.ts';
import type { AuditNote, FaceDecision, FaceSession, GatewaySession } from './ports.ts';
import type { ConsentItem, EligibilityAnswer } from './qualification.ts';
import { CODE_B_DIGITS } from './rules.ts';

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
  gateway: Promise<Result<GatewaySession>> | undefined;
  face: FaceSession | undefined;
  /** The portrait's enrolment, once one has succeeded. */
  enrolled = false;
  decision: FaceDecision | undefined;
  consents: readonly ConsentItem[] = [];
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
  }

  /** May be called twice. */
  forget(): void {
    this.over.abort();
    this.clearEntry();
    this.face?.close();
    this.face = undefined;
    this.enrolled = false;
    this.gateway = undefined;
    this.decision = undefined;
    this.answer = undefined;
    this.consents = [];
  }
}
