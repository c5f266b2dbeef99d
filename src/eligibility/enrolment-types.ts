/** Made from enrolment.openapi.json by generate-types.ts: change the document, not this file. */

export type EnrollingReader = string;
/**
 * 128 random bits or more, base64url
 */
export type EnrolmentToken = string;
/**
 * PKCS #10 (RFC 2986), DER in base64: a P-256 key, the reader's id as its only name, signed with that key
 */
export type CertificationRequest = string;
/**
 * PEM
 */
export type DeviceCertificate = string;
export type WhyRefused = 'request-invalid' | 'token-unknown' | 'token-used' | 'other-reader' | 'device-refused' | 'unavailable';

export interface Enrolment {
  readerId: EnrollingReader;
  token: EnrolmentToken;
  request: CertificationRequest;
}
export interface Renewal {
  request: CertificationRequest;
}
export interface Enrolled {
  readerId: EnrollingReader;
  certificate: DeviceCertificate;
}
export interface EnrolmentRefusal {
  code: WhyRefused;
  /**
   * For technicians and logs
   */
  message?: string;
}
