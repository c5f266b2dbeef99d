/**
 * What a reception asks of the world, in its own words. Parts implement these ports; the reception never
 * imports a part. Every wait takes a signal: aborting it ends the work within 100 ms with a Result, and an
 * aborted call's answer is not looked at. Nothing here rejects: a rejected promise is a bug (SYS-901).
 */
import type { FaultCode, Light } from '../faults/catalogue.ts';
import type { Result } from '../faults/result.ts';
import type { DeskEvent } from './desk-event.ts';
import type { FacilityOptions } from './facility-options.ts';
import type { PinEntry } from './pin-entry.ts';
import type { ConsentAnswers, EligibilityAnswer } from './qualification.ts';
import type { Askable, FacilitySettings, Given } from './questions.ts';
import type { TechnicianEvent } from './technician-event.ts';
import type { Warning } from './warnings.ts';

/** The bytes that prove who holds the card: DER certificate and RSASSA-PKCS1-v1_5 SHA-256 signature over the challenge. */
export type HolderProof = { readonly certificate: Uint8Array; readonly signature: Uint8Array };

/** The patient PIN on the card as the card itself counts it. */
export type PinStatus =
  | { readonly at: 'ready'; readonly triesLeft: number }
  | { readonly at: 'locked' }
  | { readonly at: 'absent' };

/** What a first look at the card tells, without spending a try. */
export type CardSurvey = {
  readonly pin: PinStatus;
  /** Whether the card has a portrait that a face can be compared with. */
  readonly portrait: boolean;
  /** What the certificate is on. A phone has neither portrait nor print; an iPhone has asked its owner itself. */
  readonly carrier: Carrier;
};

export type Carrier = 'card' | 'android-phone' | 'iphone';

/** Pictures from the card's chip, to be wiped by whoever gets them. */
export type CardPictures = {
  /** JPEG 2000 */
  readonly portrait: Uint8Array;
  /** The name as it is printed, with its own glyphs (PNG). */
  readonly name: Uint8Array;
};

export type PinVerdict =
  | { readonly at: 'right' }
  | { readonly at: 'wrong'; readonly triesLeft: number }
  | { readonly at: 'locked' };

export interface CardPort {
  /** Tells of each placing and removal (removal within 500 ms) and of the line to the module; a card that lies
   *  there already is told of at once. Returns the way to stop listening. */
  watch(listener: (event: CardEvent) => void): () => void;
  /** Powers the card and looks at it. Faults: CARD-101…105, MOD-201…203. */
  survey(signal: AbortSignal): Promise<Result<CardSurvey>>;
  /** Opens the portrait with 照合番号B, read from the printed front or as staff have typed it (14 ASCII digits, lent by
   *  their owner), and checks the card face's signature first.
   *  Value: the pictures, to be wiped by the caller.
   *  Faults: CARD-101, 104, 106, 107 (refused), 108 (cannot be read), 111 (may not be presented again), FACE-404 (the
   *  card has none), MOD-*. */
  readPortrait(signal: AbortSignal, typedCodeB?: Uint8Array): Promise<Result<CardPictures>>;
  /** The name alone, for staff, of a card with or without a portrait: opened and checked as the portrait is, since one
   *  signature stands for all of the card face. Value: PNG, to be wiped by the caller.
   *  Faults: CARD-101, 104, 106, 107, 108, 111, MOD-*. */
  readName(signal: AbortSignal): Promise<Result<Uint8Array>>;
  /** One entry is one VERIFY, sent once; `knownTriesLeft` is what the patient has been told, and nothing is
   *  sent when the card counts another number. Faults: CARD-101, 104, PIN-303, MOD-*. */
  verifyPin(pin: PinEntry, knownTriesLeft: number, signal: AbortSignal): Promise<Result<PinVerdict>>;
  /** Reads the certificate and signs `challenge` on the card; a right PIN must have come before, or the phone's own
   *  check of its owner (iPhone).
   *  Faults: CARD-101, 104, 105, 110, MOD-*. */
  prove(challenge: Uint8Array, signal: AbortSignal): Promise<Result<HolderProof>>;
  /** Passes opaque commands of the gateway to the card, in order, and stops after one that is not answered 9000.
   *  Value: the answers with their status words.
   *  Faults: CARD-101, CARD-104, CARD-109 (a command that would spend one of the patient's tries), MOD-*. */
  relay(commands: readonly Uint8Array[], signal: AbortSignal): Promise<Result<readonly Uint8Array[]>>;
  /** Forgets all of the card: verified PIN, selected application, bytes read. */
  release(): Promise<void>;
}

export type CardEvent =
  | { readonly type: 'placed' }
  | { readonly type: 'removed' }
  /** The module cannot be used (MOD-*); `ready` says that it can again. */
  | { readonly type: 'module-lost'; readonly code: 'MOD-201' | 'MOD-202' | 'MOD-203' }
  | { readonly type: 'module-ready' };

/** One picture of the counter. `jpeg` is untrusted: size, format and dimensions are checked by whoever decodes it. */
export type Frame = {
  /** Belongs to whoever takes the frame: it is wiped once it has been looked at. */
  readonly jpeg: Uint8Array;
  /** Monotonic milliseconds at arrival, by the reader's own clock. */
  readonly atMs: number;
  readonly sequence: number;
  /** The same moment seen by a near-infrared camera (JPEG), where the unit has one; as untrusted, and wiped alike. */
  readonly infrared?: Uint8Array;
};

export interface CameraPort {
  /** Frames from now on, newest only (a slow reader misses frames, none queue up), until `signal` aborts.
   *  The iteration ends when the camera is lost. Faults: FACE-405. */
  frames(signal: AbortSignal): Promise<Result<AsyncIterable<Frame>>>;
}

/** One hint at a time, for a person in front of the camera. */
export type FaceHint =
  | 'look-here'
  | 'come-closer'
  | 'move-back'
  | 'too-dark'
  | 'too-bright'
  | 'light-behind'
  | 'mask-off'
  | 'one-person'
  | 'hold-still'
  | 'comparing'
  /** The challenge: the person's own left, or right. */
  | 'turn-left'
  | 'turn-right';

/** What speaks for a living person in front of the camera; never more than was seen. */
type Liveness =
  /** A head turn, to a side chosen at random, was seen on the face that matched. */
  'head-turned' | 'not-asked';

export type FaceDecision = {
  readonly matched: boolean;
  /** Cosine similarity −1…1, the median over the frames decided on. */
  readonly score: number;
  readonly threshold: number;
  readonly frames: number;
  readonly liveness: Liveness;
  /** The embedding model's id, for the record. */
  readonly model: string;
};

export interface FacePort {
  /** Whether the models are loaded and are the ones expected. Faults: FACE-403, FACE-406. */
  ready(signal: AbortSignal): Promise<Result<void>>;
  /** One reception's comparison. Nothing of it outlives `close`. */
  open(): FaceSession;
}

export interface FaceSession {
  /** Decodes the portrait (wiped after) and keeps its template. Faults: FACE-404, FACE-406. */
  enrol(portraitJp2: Uint8Array, signal: AbortSignal): Promise<Result<void>>;
  /** Looks at frames until it can decide, and decides once `enrol` has ended; may be called again for another
   *  attempt. May begin before `enrol` has ended. Faults: FACE-402 (12 s without a usable face), FACE-404 (enrol
   *  failed), FACE-405 (frames ended, no frame for 2 s, or no first one for 8 s), FACE-406,
   *  FACE-407 (the face matched, but the turn of the head that was asked for was not seen). */
  match(frames: AsyncIterable<Frame>, onHint: (hint: FaceHint) => void, signal: AbortSignal): Promise<Result<FaceDecision>>;
  close(): void;
}

/** How identity was confirmed: `visual` is 目視確認 by staff, `phone-bio` the phone's own check of face or finger. */
export type Method = 'face' | 'pin' | 'visual' | 'phone-bio' | 'phone-pin';

/** Staff have compared person and printed portrait. */
export type VisualCheck = {
  /** Who: the handle of a person known to the desk, or `counter` for the facility password at the reader. */
  readonly approver: string;
};

export interface GatewayPort {
  /** Opens a reception at the gateway. Faults: GATE-501…504. */
  open(receptionId: string, signal: AbortSignal): Promise<Result<GatewaySession>>;
}

/** What the card may be used for, once identity is proved. */
export type Standing = {
  /** `qualification-only`: the certificate has ended, but not three months ago: no medical information. */
  readonly scope: 'all' | 'qualification-only';
  /** For use as an insurance card. */
  readonly registered: boolean;
  /** YYYY-MM-DD */
  readonly certificateEndsOn: string;
  /** Absent until registered. */
  readonly askable?: Askable;
};

type RelayStep =
  | { readonly at: 'commands'; readonly commands: readonly Uint8Array[] }
  | { readonly at: 'proved'; readonly standing: Standing };

/** One reception at the gateway; each answer is bound to it. */
export interface GatewaySession {
  /** 32 random bytes of the gateway, to be signed on the card. */
  readonly challenge: Uint8Array;
  readonly facility: FacilitySettings;
  /** Whether the service of the certificates is under maintenance: first registrations, and first uses after a renewal, must wait. */
  readonly jpkiMaintenance: boolean;
  /** Evidence that the card, or the phone, has confirmed its holder. Faults: GATE-501…507, 509…511. */
  prove(proof: HolderProof, method: 'pin' | 'phone-bio' | 'phone-pin', signal: AbortSignal): Promise<Result<Standing>>;
  /** Evidence of a face match or of 目視確認: the gateway authenticates itself to the card and has the challenge signed
   *  there, through opaque commands. The first call gives no answers. Faults: GATE-501…507, 509, 511, CARD-109. */
  relay(evidence: FaceDecision | VisualCheck, answers: readonly Uint8Array[], signal: AbortSignal): Promise<Result<RelayStep>>;
  /** Registers whoever was proved for use of the card as an insurance card. Faults: GATE-501…504, 508…510. */
  register(signal: AbortSignal): Promise<Result<Standing>>;
  /** Records what the patient answered, then asks for the eligibility. Faults: GATE-501…504. */
  eligibility(given: Given, signal: AbortSignal): Promise<Result<EligibilityAnswer>>;
}

/** What is handed to the clinic for one reception. */
export type ClinicResult = {
  readonly receptionId: string;
  readonly method: Method;
  readonly at: Date;
  readonly answer: EligibilityAnswer;
  /** True on the bench: the file says so. */
  readonly simulated: boolean;
  /** What was answered at this reader; an item that was not asked is absent. */
  readonly answers: ConsentAnswers;
  /** 処方箋発行形態: 1 electronic, 2 on paper; absent where the patient was not asked. */
  readonly prescription?: '1' | '2';
  /** Whether a public subsidy (医療費助成) is to be used; absent where the patient was not asked. */
  readonly subsidy?: boolean;
  /** Who confirmed by eye. */
  readonly approver?: string;
  /** What the reception went through: when each stage began after the card was placed, and how long it took. */
  readonly stages?: readonly { readonly stage: string; readonly startMs: number; readonly durationMs: number }[];
  /** The answer came only after an outage: since when it was waited for, or after a crash when the gateway had the consent. */
  readonly lateSince?: Date;
};

/** All files of one reception's result. They hold personal data. */
export type Parcel = {
  readonly receptionId: string;
  /** The result's own, which is the last of the files: what lies beside it is there before it. */
  readonly fileName: string;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly acceptedAt: Date;
};

/** A value in which ● stands for something: staff see the true glyphs, the file cannot have them. Personal data. */
export type Replaced = {
  /** The elements from the root to the value, with its number where there are several: `…/ResultOfQualificationConfirmation[2]/Name`. */
  readonly path: string;
  /** The whole value as it came. */
  readonly text: string;
};

/** Whether the clinic has what was recorded, or gets it as soon as its folder takes it. */
export type HandOver = 'handed-over' | 'will-be-handed-over';

/** Why a hand-over waits, as staff can act on it. */
export type WaitReason =
  | 'folder-missing'
  | 'folder-full'
  | 'folder-read-only'
  | 'folder-silent'
  | 'folder-fails'
  | 'records-fail';

export interface ClinicPort {
  /** The result as the clinic's files; nothing is written. `replaced`: what the result file could not say in its code. */
  pack(result: ClinicResult): { readonly parcel: Parcel; readonly replaced: readonly Replaced[] };
  /** To be called when a parcel has been committed to the records. Tells within about a second whether the clinic has it. */
  handOver(signal: AbortSignal): Promise<HandOver>;
  /** Why results wait; undefined while none does. */
  waitsFor(): WaitReason | undefined;
  /** Calls `listener` when that may have changed. Returns the way to stop listening. */
  watch(listener: () => void): () => void;
}

/** An audit event: allow-listed names and fields only, never a person's data. */
export type AuditEvent =
  | DeskEvent
  | TechnicianEvent
  | { readonly name: 'reader.started'; readonly version: string; readonly simulated: boolean }
  | { readonly name: 'reception.started'; readonly receptionId: string }
  | { readonly name: 'pin.right'; readonly receptionId: string }
  | { readonly name: 'pin.wrong'; readonly receptionId: string; readonly triesLeft: number }
  | { readonly name: 'pin.locked'; readonly receptionId: string }
  | {
      readonly name: 'face.decided';
      readonly receptionId: string;
      readonly matched: boolean;
      readonly score: number;
      readonly threshold: number;
      readonly liveness: Liveness;
      readonly model: string;
    }
  /** An attempt that ended without a decision: no usable face, or the turn that was asked for was not seen. */
  | { readonly name: 'face.undecided'; readonly receptionId: string; readonly code: string }
  | { readonly name: 'identity.proved'; readonly receptionId: string; readonly method: Method }
  /** 目視確認: by whom, as a handle. */
  | { readonly name: 'visual.approved'; readonly receptionId: string; readonly approver: string }
  | { readonly name: 'staff.wrong'; readonly receptionId: string; readonly triesLeft: number }
  | { readonly name: 'staff.locked'; readonly receptionId: string }
  | { readonly name: 'registration.done'; readonly receptionId: string }
  | { readonly name: 'registration.declined'; readonly receptionId: string }
  | { readonly name: 'consent.given'; readonly receptionId: string; readonly items: readonly string[] }
  /** Identity stands, the eligibility could not be had: it is asked for again later. */
  | { readonly name: 'reception.pending'; readonly receptionId: string; readonly code: string }
  | { readonly name: 'page.lost'; readonly why: string }
  | { readonly name: 'panel.lost'; readonly code: FaultCode }
  | { readonly name: 'panel.back'; readonly build: string }
  | { readonly name: 'case.opened' }
  | { readonly name: 'case.closed' }
  | { readonly name: 'card.left'; readonly receptionId: string; readonly reminders: number }
  | {
      readonly name: 'reception.accepted';
      readonly receptionId: string;
      readonly method: Method;
      readonly validity: string;
      readonly fileName: string;
    }
  /** Stopped at a fault; it may go on another way. */
  | { readonly name: 'reception.stopped'; readonly receptionId: string; readonly code: string }
  | { readonly name: 'reception.ended'; readonly receptionId: string; readonly code: string }
  /** After a lost answer or a crash, what the gateway had of it: a consent, now answered late, or nothing that counts. */
  | { readonly name: 'reception.settled'; readonly receptionId: string; readonly at: 'answered' | 'nothing' }
  /** So many receptions went by the retention policy. */
  | { readonly name: 'records.pruned'; readonly receptions: number }
  | { readonly name: 'audit.exported'; readonly sealed: boolean }
  /** The gateway holds a checkpoint of this reader that this log does not agree with. */
  | { readonly name: 'checkpoint.refused'; readonly seq: number }
  /** The calendar was set, against the clock that only goes forward. */
  | { readonly name: 'clock.stepped'; readonly byMs: number };

/** An audit event with when it happened. */
export type AuditNote = {
  readonly event: AuditEvent;
  /** Monotonic milliseconds, by the reader's own clock. */
  readonly atMs: number;
  readonly wall: Date;
};

export type ReceptionRow = {
  readonly receptionId: string;
  readonly method: Method;
  readonly approver?: string;
  readonly given: Given;
  readonly validity: string;
  /** `accepted`, or the code that the reception ended with although the clinic was given a result (ELIG-60x). */
  readonly outcome: 'accepted' | FaultCode;
  readonly fileName: string;
  readonly startedAt: Date;
  readonly acceptedAt: Date;
  readonly simulated: boolean;
};

/** Identity stands and the patient has answered, but the gateway could not be reached: to be asked again. */
export type PendingRow = Omit<ReceptionRow, 'validity' | 'outcome' | 'fileName' | 'acceptedAt'> & {
  readonly code: FaultCode;
  readonly pendingAt: Date;
};

export interface RecordsPort {
  /** One reception with its audit entries and the parcel that now waits for the clinic, in one durable transaction.
   *  Faults: REC-701. */
  commit(row: ReceptionRow, notes: readonly AuditNote[], parcel: Parcel): Result<void>;
  /** Keeps a reception whose eligibility is asked for again later, with its audit entries, in one durable transaction.
   *  Faults: REC-701. */
  commitPending(row: PendingRow, notes: readonly AuditNote[]): Result<void>;
  /** Audit entries of a reception that did not succeed, or of the reader itself. Faults: REC-701. */
  note(notes: readonly AuditNote[]): Result<void>;
}

export type Sound = 'placed' | 'success' | 'help' | 'take-card';

export interface PanelPort {
  /** Shows one light; the last one shown stands. */
  show(light: Light): void;
  /** @param urgency 0 as always; it rises with each repetition of a reminder */
  play(sound: Sound, urgency?: number): void;
}

export type PasswordVerdict =
  | { readonly at: 'right' }
  | { readonly at: 'wrong'; readonly triesLeft: number }
  /** Too many were wrong; `forMs` from now. */
  | { readonly at: 'locked'; readonly forMs: number };

/** What staff see of a reception that nobody else may. Personal data: kept in memory, for minutes. */
export type StaffNews = {
  readonly receptionId: string;
  readonly replaced: readonly Replaced[];
  /** PNG; belongs to whoever is told. */
  readonly namePicture?: Uint8Array;
  readonly warnings: readonly Warning[];
};

/** The people behind the counter. */
export interface StaffPort {
  /** Checks the facility password, 6 to 12 digits, which is spent by it. Faults: STAFF-852 (none has been set). */
  verifyPassword(password: PinEntry, signal: AbortSignal): Promise<Result<PasswordVerdict>>;
  options(): FacilityOptions;
  tell(news: StaffNews): void;
  /** The picture of a name that came after the news. @param namePicture PNG; belongs to whoever is told */
  tellName(receptionId: string, namePicture: Uint8Array): void;
  /** Calls `listener` when the options may have changed. Returns the way to stop listening. */
  watch(listener: () => void): () => void;
}

/** Where waits are told of, so that a reception can say which share of its time was the machine's own. */
export type WaitKind = 'wire' | 'gateway' | 'person' | 'camera';
export interface WaitLog {
  /** @param startMs @param endMs by the reader's monotonic clock */
  add(kind: WaitKind, startMs: number, endMs: number): void;
}
