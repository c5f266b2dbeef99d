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
  'not-proved': 'GATE-507',
  'card-refused': 'CARD-109',
  'certificate-expired': 'GATE-505',
  'certificate-revoked': 'GATE-506',
  'proof-refused': 'GATE-507',
  'card-not-registered': 'GATE-508',
  unavailable: 'GATE-501',
};

export function refusalFault(refusal: Refusal): Fault {
  return { code: refusals[refusal.code], detail: refusal.code };
}

/** Statuses that mean the same whatever the body says; undefined for the others. */
export function statusFault(status: number): Fault | undefined {
  if (status === 401 || status === 403) return { code: 'GATE-504', detail: `status ${status}` };
  if (status >= 500) return { code: 'GATE-501', detail: `status ${status}` };
  return undefined;
}

/** A TLS alert by which the gateway turns this reader's certificate down (RFC 8446 §6.2). */
const DEVICE_REFUSED = /^ERR_SSL_.*ALERT_(CERTIFICATE_REQUIRED|BAD_CERTIFICATE|CERTIFICATE_\w+|UNKNOWN_CA|ACCESS_DENIED)$/;

/** An answer that is not HTTP, or not what its own headers announce. */
const NOT_HTTP = /^(HPE_|HTTPParserError$|UND_ERR_(HEADERS_OVERFLOW|RES_CONTENT_LENGTH_MISMATCH|RESPONSE))/;

/** The connection was refused or broke: nothing is known of the answer, and asking once more may help. */
const CONNECTION_BROKE = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/**
 * What a rejected exchange means. `brokenConnection` says that the same request may be tried once more where that
 * is safe. A gateway whose own certificate is not to be believed counts as not reached (GATE-501).
 */
export function transportFault(error: unknown): Fault & { readonly brokenConnection: boolean } {
  if (error instanceof AnswerTooLarge) return { code: 'GATE-503', detail: error.message, brokenConnection: false };
  const reason = codeOf(error);
  if (DEVICE_REFUSED.test(reason)) return { code: 'GATE-504', detail: reason, brokenConnection: false };
  if (NOT_HTTP.test(reason)) return { code: 'GATE-503', detail: reason, brokenConnection: false };
  return { code: 'GATE-501', detail: reason, brokenConnection: CONNECTION_BROKE.has(reason) };
}

/** Node's and undici's error code; of several addresses tried, the first one's. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  if (!(error instanceof Error)) return 'connection failed';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
