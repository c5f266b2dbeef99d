/** Made from gateway.openapi.json by generate-types.ts: change the document, not this file. */

export type ReceptionId = string;
export type IdempotencyKey = string;
export type Method = 'face' | 'pin';
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
 * Code 036: YZK, TKK, SRJ, SHJ
 */
export type ConsentItem = 'medicines' | 'checkups' | 'treatment' | 'surgery';
/**
 * Whether the institution's terminal authentication is the real one or a stand-in for the protocol that is not public
 */
export type TerminalAuthentication = 'national' | 'stand-in';
export type RelayStep = RelayCommands | RelayProved;
export type EligibilityResult = EligibilityAnswered | EligibilityAbnormal;
export type RefusalCode =
  | 'request-invalid'
  | 'idempotency-conflict'
  | 'device-refused'
  | 'reception-unknown'
  | 'not-proved'
  | 'card-refused'
  | 'certificate-expired'
  | 'certificate-revoked'
  | 'proof-refused'
  | 'card-not-registered'
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
  medicalInstitutionCode: string;
  /**
   * What this facility asks the patient for
   */
  consentItems: ConsentItem[];
}
export interface OpenedReception {
  receptionId: ReceptionId;
  /**
   * 32 random bytes, base64
   */
  challenge: string;
  facility: FacilitySettings;
  simulated: boolean;
  terminalAuthentication: TerminalAuthentication;
}
export interface FaceMatch {
  matched: true;
  score: number;
  threshold: number;
  frames: number;
  model: string;
}
export interface RelayRound {
  round: number;
  decision: FaceMatch;
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
}
export interface IdentityEvidence {
  method: 'pin';
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
}
export interface Consent {
  items: ConsentItem[];
}
export interface ConsentRecorded {
  receptionId: ReceptionId;
  items: ConsentItem[];
  recordedAt: string;
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
export interface Refusal {
  code: RefusalCode;
  receptionId?: ReceptionId;
  /**
   * For staff and logs; never personal data
   */
  message?: string;
}
