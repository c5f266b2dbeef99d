/** Asks the enrolment service for this reader's certificate; see enrolment.openapi.json. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { type Clock, deadline } from '../clock.ts';
import { failed, ok, type Result } from '../faults/result.ts';
import { certificateRequest } from './certificate-request.ts';
import type { Enrolment, Renewal, WhyRefused } from './enrolment-types.ts';
import { transportFault } from './gateway-fault.ts';
import { type HttpAnswer, httpsRequest, type TlsIdentity, type TlsTrust } from './http-request.ts';

export type EnrolmentOptions = {
  /** `https://host:port`, of the enrolment service. */
  readonly url: string;
  readonly readerId: string;
  readonly clock: Clock;
};

const BOUND_MS = 15_000;
const MAX_ANSWER_BYTES = 32_768;

const enrolled = z.strictObject({ readerId: z.string(), certificate: z.string().max(8_192) });
const refusal = z.object({ code: z.string() });

/** What a technician is told; whatever else comes is named by its code. */
const refusals: Partial<Record<WhyRefused, string>> = {
  'token-unknown': 'the enrolment token is not known. Put a new one on the unit (a new site file from the flash tool).',
  'token-used': 'the enrolment token was used already, with another key. Have a new one made and put it on the unit.',
  'other-reader': 'the enrolment token was made for another reader. Compare the reader’s id in the site file.',
  'device-refused': 'the certificate of this reader is not admitted any more. It must be enrolled anew, with a new token.',
};

/** The first certificate (PEM), for a token that counts once. `key` is PEM.
 *  Faults: GATE-501, 502 (not reached), 503 (no answer of the protocol), 504 (refused, or another's certificate). */
export function enrol(
  options: EnrolmentOptions,
  trust: TlsTrust,
  { key, token }: { readonly key: string; readonly token: string },
  signal: AbortSignal,
): Promise<Result<string>> {
  const body: Enrolment = { readerId: options.readerId, token, request: requestOf(options.readerId, key) };
  return ask(options, trust, key, '/v1/enrolments', body, signal);
}

/** The next certificate (PEM), for the same key. Faults: as `enrol`. */
export function renew(options: EnrolmentOptions, identity: TlsIdentity, signal: AbortSignal): Promise<Result<string>> {
  const key = String(identity.key);
  const body: Renewal = { request: requestOf(options.readerId, key) };
  return ask(options, identity, key, '/v1/renewals', body, signal);
}

function requestOf(readerId: string, key: string): string {
  return Buffer.from(certificateRequest(readerId, createPrivateKey(key))).toString('base64');
}

async function ask(
  { url, readerId, clock }: EnrolmentOptions,
  tls: TlsTrust | TlsIdentity,
  key: string,
  path: string,
  body: Enrolment | Renewal,
  signal: AbortSignal,
): Promise<Result<string>> {
  const { request, close } = httpsRequest(url, tls);
  const bound = deadline(clock, BOUND_MS, signal);
  try {
    const headers = { accept: 'application/json', 'content-type': 'application/json' };
    const exchange = { method: 'POST', path, headers, body: JSON.stringify(body) } as const;
    const answer = await request({ ...exchange, maxAnswerBytes: MAX_ANSWER_BYTES, signal: bound.signal });
    const certificate = certificateIn(answer);
    if (!certificate.ok) return certificate;
    const wrong = certificateFault(certificate.value, { readerId, key, ca: String(tls.ca) });
    return wrong === undefined ? certificate : failed('GATE-504', `the certificate that was given ${wrong}`);
  } catch (error) {
    if (bound.signal.aborted) return failed('GATE-502', `no answer from ${url}`);
    const { code, detail } = transportFault(error);
    return failed(code, `${url}: ${detail}`);
  } finally {
    bound.done();
    await close();
  }
}

function certificateIn({ status, body }: HttpAnswer): Result<string> {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return failed('GATE-503', `the enrolment service answered ${status}, and not in JSON`);
  }
  const given = enrolled.safeParse(json);
  if (status === 201 && given.success) return ok(given.data.certificate);
  const refused = refusal.safeParse(json);
  if (status < 400 || !refused.success) return failed('GATE-503', `the enrolment service answered ${status}, and no certificate`);
  if (status >= 500) return failed('GATE-501', `the enrolment service answered ${status} (${refused.data.code})`);
  const { code } = refused.data;
  return failed('GATE-504', refusals[code as WhyRefused] ?? `the enrolment service refused (${code})`);
}

type Belonging = {
  readonly readerId: string;
  /** PEM */
  readonly key: string;
  /** One or more certificates, PEM. */
  readonly ca: string;
};

/** Why a certificate is not this reader's, to follow "the certificate"; undefined when it is. */
export function certificateFault(pem: string, { readerId, key, ca }: Belonging): string | undefined {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch {
    return 'is none';
  }
  if (!certificate.checkPrivateKey(createPrivateKey(key))) return 'is for another key';
  if (certificate.subject.split('\n').at(-1) !== `CN=${readerId}`) return `does not name the reader ${readerId}`;
  const issuers = (ca.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
    (one) => new X509Certificate(one),
  );
  const issued = issuers.some((issuer) => certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey));
  return issued ? undefined : 'was issued by an authority that the site file does not name';
}
