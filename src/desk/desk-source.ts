import type { FaultCode } from '../faults/catalogue.ts';
import type { Result } from '../faults/result.ts';
import type { FacilityOptions } from '../reception/facility-options.ts';
import type { HandOver, Method, Replaced, WaitReason } from '../reception/ports.ts';
import type { QualificationValidity } from '../reception/qualification.ts';
import type { Given } from '../reception/questions.ts';
import type { State } from '../reception/state.ts';
import type { Warning } from '../reception/warnings.ts';

/** A member of staff: a random handle, which alone goes into the audit log. The name stays with the desk. */
export type PersonId = string;

/** One reception as the desk lists it: no name, number or birthday of a patient. Times are ISO 8601. */
export type DeskReception = {
  readonly receptionId: string;
  readonly startedAt: string;
  readonly acceptedAt?: string;
  /** Absent while identity is not confirmed. */
  readonly method?: Method;
  /** Who approved a 目視確認; `counter`: whoever typed the facility password at the reader. */
  readonly approver?: PersonId;
  /** `running`: still at the reader; `pending`: the gateway is to be asked again. */
  readonly outcome: 'running' | 'accepted' | 'pending' | FaultCode;
  readonly validity?: QualificationValidity;
  readonly given?: Given;
  readonly warnings: readonly Warning[];
  /** Days until the user-authentication certificate ends, where that is soon; negative in the months of grace after it. */
  readonly certificateDays?: number;
  /** Days until that grace ends. */
  readonly graceDays?: number;
  readonly handOver?: HandOver;
  /** Whether `glyphs` has something to show: a text with ●, and less than ten minutes ago. */
  readonly hasGlyphs: boolean;
};

/** What the reader shows at this moment. */
export type DeskNow = {
  readonly state: State['at'];
  readonly since: string;
  /** A patient has asked for staff, or a fault waits for them. */
  readonly asksStaff: boolean;
  /** The reception for which 目視確認 can be approved now. */
  readonly approvable?: string;
  /** The reception is over, and its card still lies there. */
  readonly cardLeft: boolean;
};

/** A reception that is to be asked again at the gateway. */
export type PendingQuery = {
  readonly receptionId: string;
  readonly startedAt: string;
  /** Why the last attempt gave no answer. */
  readonly code: FaultCode;
  readonly attempts?: number;
  readonly nextAt?: string;
};

export type Part =
  | 'module'
  | 'camera'
  | 'face'
  /** Lights, sounds and keys at the front; only a unit has them. */
  | 'panel'
  | 'gateway'
  | 'clinic-folder'
  | 'records'
  | 'clock'
  | 'certificate';

export type PartHealth = {
  readonly part: Part;
  /** Why it wants attention; absent while all is well. */
  readonly attention?: FaultCode | WaitReason | 'clock-unset' | 'certificate-ends' | 'case-open';
  /** Of the reader's own certificate towards the gateway. */
  readonly daysLeft?: number;
};

/** What the chip shows where the result's text has ●. Personal data: memory only, ten minutes at most, never logged. */
export type Glyphs = {
  /** PNG of the name as the card's chip has it; absent where the chip was not opened. */
  readonly namePng?: Uint8Array;
  readonly replaced: readonly Replaced[];
};

export type AuditCopy = { readonly fileName: string; readonly bytes: Uint8Array };

/** The rest of the reader, as the desk sees it. */
export interface DeskSource {
  /** Newest first, at most `limit`. */
  receptions(limit: number): readonly DeskReception[];
  now(): DeskNow;
  /** 目視確認 of the reception that waits for it at the reader. Faults: STAFF-854 (it is over, or needs none). */
  approve(receptionId: string, approver: PersonId): Result<void>;
  glyphs(receptionId: string): Glyphs | undefined;
  pending(): readonly PendingQuery[];
  health(): readonly PartHealth[];
  settings(): FacilityOptions;
  /** Faults: REC-701 when the settings could not be kept; the old ones stand then. */
  change(settings: FacilityOptions, by: PersonId): Result<void>;
  /** The audit log as one file, sealed where the clinic has a key for it. Faults: REC-701. */
  exportAudit(signal: AbortSignal): Promise<Result<AuditCopy>>;
  /** Calls `listener` when any of this may have changed. Returns the way to stop listening. */
  watch(listener: () => void): () => void;
}
