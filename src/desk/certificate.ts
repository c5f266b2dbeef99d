import { createPrivateKey, KeyObject, webcrypto, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { ok, type Result } from '../faults/result.ts';
import { writeDurably } from './kept-file.ts';
import * as x509 from './x509.ts';

const DAY_MS = 86_400_000;
const VALID_DAYS = 365;
const RENEW_DAYS_AHEAD = 30;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** PEM of the desk's own TLS key and certificate. */
export type DeskCertificate = { readonly key: string; readonly cert: string };

export type CertificateOptions = {
  /** Where both are kept; mode 0600. */
  readonly folder: string;
  /** Host names and addresses that the desk is reached by; the first is its common name. */
  readonly names: readonly [string, ...string[]];
  readonly clock: Pick<Clock, 'wall'>;
  /** @returns that many random bytes */
  readonly random: (length: number) => Uint8Array;
};

/**
 * The certificate that is kept, or a new self-signed one for a year: at the first start, thirty days before the end,
 * and when the desk's names have changed. Faults: REC-701 when it cannot be kept.
 */
export async function deskCertificate(options: CertificateOptions): Promise<Result<DeskCertificate>> {
  const path = join(options.folder, 'desk-certificate.pem');
  const now = options.clock.wall();
  const kept = read(path);
  if (kept && serves(kept, options.names, now)) return ok(kept);
  const made = await makeCertificate(options, now);
  // One file, so that key and certificate always belong together.
  const written = writeDurably(path, made.key + made.cert);
  return written.ok ? ok(made) : written;
}

/** @returns undefined when there is none, or a damaged one: a new one is as good */
function read(path: string): DeskCertificate | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    const start = text.indexOf('-----BEGIN CERTIFICATE-----');
    const [key, cert] = [text.slice(0, start), text.slice(start)];
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)) ? { key, cert } : undefined;
  } catch {
    return undefined;
  }
}

function serves({ cert }: DeskCertificate, names: readonly string[], now: Date): boolean {
  const certificate = new X509Certificate(cert);
  const named = names.every((name) => (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name)));
  const daysLeft = (certificate.validToDate.getTime() - now.getTime()) / DAY_MS;
  return named && certificate.validFromDate <= now && daysLeft > RENEW_DAYS_AHEAD;
}

async function makeCertificate({ names, random }: CertificateOptions, now: Date): Promise<DeskCertificate> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    // RFC 5280 §4.1.2.2: positive, at most 20 octets.
    serialNumber: `01${Buffer.from(random(15)).toString('hex')}`,
    name: [{ CN: [names[0]] }],
    keys,
    signingAlgorithm: ALGORITHM,
    // An hour back: the clinic's clocks differ a little.
    notBefore: new Date(now.getTime() - 3_600_000),
    notAfter: new Date(now.getTime() + VALID_DAYS * DAY_MS),
    extensions: [
      // Trusting it on a clinic's PC makes it trusted for this reader alone: it cannot issue others.
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((name) => (isIP(name) ? { type: 'ip', value: name } : { type: 'dns', value: name })),
      ),
    ],
  });
  const key = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString();
  return { key, cert: `${certificate.toString('pem')}\n` };
}
