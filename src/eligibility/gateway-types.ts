/** Made from gateway.openapi.json by generate-types.ts: change the document, not this file. */

export type ReceptionId = string;
export type ReaderId = string;
export type IdempotencyKey = string;
export type Traceparent = string;
export type Day = string;
export type Moment = string;
/**
 * visual: staff have compared person and printed portrait; phone-bio: the phone's own check of face or finger
 */
export type Method = 'face' | 'pin' | 'visual' | 'phone-bio' | 'phone-pin';
/**
 * Command or answer, lower-case hexadecimal
 */
export type Apdu = string;
export type Base64 = string;
/**
 * No control characters: the value ends in an XML file
 */
export type Text = string;
/**
 * Code 036: YZK, TKK, SRJ, SHJ; TSR is a certificate that is handed over, not information to be viewed
 */
export type ConsentItem = 'medicines' | 'checkups' | 'treatment' | 'surgery' | 'specific-diseases';
/**
 * Whether the institution's terminal authentication is the real one or a stand-in for the protocol that is not public
 */
export type TerminalAuthentication = 'national' | 'stand-in';
/**
 * Who confirmed by eye: a handle of the facility's own
 */
export type Approver = string;
export type RelayEvidence = FaceMatch | VisualCheck;
export type RelayStep = RelayCommands | RelayProved;
export type EligibilityResult = EligibilityAnswered | EligibilityAbnormal;
export type InformationItem = 'medicines' | 'checkups' | 'treatment' | 'surgery';
export type Sha256 = string;
/**
 * 64 bytes, base64
 */
export type Ed25519Signature = string;
export type RefusalCode =
  | 'request-invalid'
  | 'idempotency-conflict'
  | 'device-refused'
  | 'reception-unknown'
  | 'reception-settled'
  | 'not-proved'
  | 'card-refused'
  | 'certificate-expired'
  | 'certificate-revoked'
  | 'card-expired'
  | 'phone-refused'
  | 'proof-refused'
  | 'card-not-registered'
  | 'person-unknown'
  | 'jpki-maintenance'
  | 'no-consent'
  | 'consent-expired'
  | 'checkpoint-refused'
  | 'checkpoint-unknown'
  | 'unavailable';

export interface Health {
  status: 'serving';
  simulated: boolean;
  terminalAuthentication: TerminalAuthentication;
}
export interface ReceptionOpening {
  receptionId: ReceptionId;
}
export interface FacilitySettings {
  kind: 'clinic' | 'pharmacy';
  medicalInstitutionCode: string;
  /**
   * What this facility asks the patient for (code 037)
   */
  consentItems: ConsentItem[];
  /**
   * Code 038
   */
  electronicPrescription: '0' | '1' | '2' | '3';
  /**
   * Code 039: 1 elsewhere, 2 at the reader
   */
  prescriptionAsked: '1' | '2';
}
export interface Maintenance {
  /**
   * jpki: first registrations, and first uses after a renewal, cannot be done
   */
  part: 'jpki' | 'gateway';
  until: Moment;
}
export interface OpenedReception {
  receptionId: ReceptionId;
  /**
   * 32 random bytes, base64
   */
  challenge: string;
  facility: FacilitySettings;
  /**
   * What is under maintenance now
   *
   * @maxItems 4
   */
  maintenance: Maintenance[];
  simulated: boolean;
  terminalAuthentication: TerminalAuthentication;
}
export interface FaceMatch {
  matched: true;
  score: number;
  threshold: number;
  frames: number;
  liveness: 'head-turned' | 'not-asked';
  model: string;
}
/**
 * Staff have compared the person with the portrait that is printed on the card
 */
export interface VisualCheck {
  approver: Approver;
}
export interface RelayRound {
  round: number;
  decision: RelayEvidence;
  /**
   * @maxItems 32
   */
  answers: Apdu[];
}
export interface RelayCommands {
  receptionId: ReceptionId;
  /**
   * The round that this answers
   */
  round: number;
  at: 'commands';
  /**
   * @minItems 1
   * @maxItems 32
   */
  commands: Apdu[];
}
export interface RelayProved {
  receptionId: ReceptionId;
  round: number;
  at: 'proved';
  standing: CardStanding;
}
/**
 * What the card may be used for
 */
export interface CardStanding {
  /**
   * qualification-only: the certificate has ended, but not three months ago: no medical information
   */
  scope: 'all' | 'qualification-only';
  /**
   * For use as an insurance card
   */
  registered: boolean;
  certificateEndsOn: Day;
  askable?: Askable;
}
/**
 * What there is of this person to be asked about. Absent until registered, and with a scope of the qualification only
 */
export interface Askable {
  birthdate: Day;
  /**
   * Of which information or certificates can be had
   */
  items: ConsentItem[];
  /**
   * Whether a certificate of a public subsidy can be used today
   */
  subsidy: boolean;
  /**
   * Electronic prescriptions that this facility, if it is a pharmacy, could dispense today
   *
   * @maxItems 50
   */
  prescriptions: Prescription[];
}
export interface Prescription {
  id: string;
  issuedOn: Day;
  institution: Text;
}
export interface IdentityEvidence {
  method: 'pin' | 'phone-bio' | 'phone-pin';
  /**
   * User-authentication certificate, DER
   */
  certificate: string;
  /**
   * RSASSA-PKCS1-v1_5 with SHA-256 over the challenge
   */
  signature: string;
}
export interface IdentityProved {
  receptionId: ReceptionId;
  proved: Method;
  standing: CardStanding;
}
export interface Registration {
  channel: 'reader';
}
export interface Registered {
  receptionId: ReceptionId;
  registeredAt: Moment;
  standing: CardStanding;
}
export interface Consent {
  /**
   * What the patient was asked
   */
  asked: ConsentItem[];
  /**
   * Of it, what was agreed to
   */
  items: ConsentItem[];
  /**
   * 1 electronic, 2 on paper; absent where the patient was not asked
   */
  prescription?: '1' | '2';
  /**
   * Whether the certificate of a public subsidy is to be used; absent where the patient was not asked
   */
  subsidy?: boolean;
  /**
   * Which prescriptions are to be dispensed, by their places in the list that this reception was last given
   *
   * @maxItems 50
   */
  dispense?: number[];
}
export interface ConsentRecorded {
  receptionId: ReceptionId;
  items: ConsentItem[];
  recordedAt: Moment;
}
/**
 * Elements of the OQS XmlMsg format by their own names; leading zeros and spaces are kept
 */
export interface OqsGroup {
  [k: string]: Text | OqsGroup | OqsGroup[];
}
export interface EligibilityAnswered {
  receptionId: ReceptionId;
  SegmentOfResult: '1';
  /**
   * Code 006
   */
  QualificationValidity: '1' | '2' | '3' | '4' | '5' | '6';
  /**
   * No control characters: the value ends in an XML file
   */
  ProcessingResultCode?: string;
  ProcessingResultMessage?: Text;
  /**
   * @maxItems 20
   */
  ResultOfQualificationConfirmation: OqsGroup[];
}
export interface EligibilityAbnormal {
  receptionId: ReceptionId;
  SegmentOfResult: '9';
  ErrorCode: Text;
  ErrorMessage: Text;
}
export interface EligibilityInProgress {
  receptionId: ReceptionId;
  SegmentOfResult: '2';
  retryAfterMs: number;
}
export interface Settlement {
  reason: 'answer-lost';
  consent?: Consent;
}
export interface Settled {
  receptionId: ReceptionId;
  at: 'never-opened' | 'opened' | 'proved' | 'consented' | 'answered';
  method?: Method;
  approver?: Approver;
  consent?: Consent;
  consentedAt?: Moment;
}
export interface InformationQuery {
  InsurerNumber: Text;
  InsuredCardSymbol?: Text;
  InsuredIdentificationNumber: Text;
  InsuredBranchNumber?: Text;
  Birthdate: string;
  item: InformationItem;
}
export interface Information {
  item: InformationItem;
  availableUntil: Moment;
  /**
   * @maxItems 200
   */
  entries: OqsGroup[];
  simulated: boolean;
}
export interface Checkpoint {
  /**
   * Of the log's last entry
   */
  seq: number;
  hash: Sha256;
  at: Moment;
  signature: Ed25519Signature;
}
export interface HeldCheckpoint {
  readerId: ReaderId;
  seq: number;
  hash: Sha256;
  at: Moment;
  signature: Ed25519Signature;
}
export interface Refusal {
  code: RefusalCode;
  receptionId?: ReceptionId;
  /**
   * For staff and logs; never personal data
   */
  message?: string;
}
