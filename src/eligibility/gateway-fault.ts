/**
 * From what a gateway or its connection does wrong to the catalogue's codes.
 */
import type { FaultCode } from '../faults/catalogue.ts';
import type { Fault } from '../faults/result.ts';
import type { Refusal, RefusalCode } from './gateway-types.ts';
import { AnswerTooLarge } from './http-request.ts';

/** What a refusal means for the reception. Answers of 401, 403 and 5xx are decided by their status before. */
const refusals: Record<RefusalCode, FaultCode> = {
  'request-invalid': 'GATE-503',
  'idempotency-conflict': 'GATE-503',
  'device-refused': 'GATE-504',
  'reception-unknown': 'GATE-503',
  'reception-settled': 'GATE-503',
  'not-proved': 'GATE-507',
  'card-refused': 'CARD-109',
  'certificate-expired': 'GATE-505',
  'certificate-revoked': 'GATE-506',
  'card-expired': 'GATE-511',
  'phone-refused': 'GATE-510',
  'proof-refused': 'GATE-507',
  'card-not-registered': 'GATE-508',
  'person-unknown': 'GATE-508',
  'jpki-maintenance': 'GATE-509',
  // Answers to a clinic's query, which a reader does not make.
  'no-consent': 'GATE-503',
  'consent-expired': 'GATE-503',
  // Answers about the log's checkpoints.
  'checkpoint-refused': 'GATE-503',
  'checkpoint-unknown': 'GATE-503',
  unavailable: 'GATE-501',
};

export function refusalFault(refusal: Refusal): Fault {
  return { code: refusals[refusal.code], detail: refusal.code };
}

/** `passing`: nothing is known of what became of the request, and the same one may be answered soon. */
export type ExchangeFault = Fault & { readonly passing: boolean };

/** Statuses that mean the same whatever the body says; undefined for the others. */
export function statusFault(status: number): ExchangeFault | undefined {
  if (status === 401 || status === 403) return { code: 'GATE-504', detail: `status ${status}`, passing: false };
  if (status >= 500) return { code: 'GATE-501', detail: `status ${status}`, passing: PASSING_STATUS.has(status) };
  return undefined;
}

/** What stands before a gateway says so while it is restarted. */
const PASSING_STATUS = new Set([502, 503, 504]);

/** A TLS alert by which the gateway turns this reader's certificate down (RFC 8446 §6.2). */
const DEVICE_REFUSED = /^ERR_SSL_.*ALERT_(CERTIFICATE_REQUIRED|BAD_CERTIFICATE|CERTIFICATE_\w+|UNKNOWN_CA|ACCESS_DENIED)$/;

/** An answer that is not HTTP, or not what its own headers announce. */
const NOT_HTTP = /^(HPE_|HTTPParserError$|UND_ERR_(HEADERS_OVERFLOW|RES_CONTENT_LENGTH_MISMATCH|RESPONSE))/;

/** The connection was refused or broke: nothing is known of the answer, and asking once more may help. */
const CONNECTION_BROKE = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** What a rejected exchange means. A gateway whose own certificate is not to be believed counts as not reached (GATE-501). */
export function transportFault(error: unknown): ExchangeFault {
  if (error instanceof AnswerTooLarge) return { code: 'GATE-503', detail: error.message, passing: false };
  const reason = codeOf(error);
  if (DEVICE_REFUSED.test(reason)) return { code: 'GATE-504', detail: reason, passing: false };
  if (NOT_HTTP.test(reason)) return { code: 'GATE-503', detail: reason, passing: false };
  return { code: 'GATE-501', detail: reason, passing: CONNECTION_BROKE.has(reason) };
}

/** Node's and undici's error code; of several addresses tried, the first one's. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  if (!(error instanceof Error)) return 'connection failed';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
