/**
 * The reader's own authority, made once for ten years. A clinic's PC comes to trust it once; the desk's certificate, which
 * it issues anew every year and whenever the desk's names change, is then trusted without anybody's doing.
 */
import { createPrivateKey, webcrypto } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { ok, type Result } from '../faults/result.ts';
import { type KeyAndCertificate, pemOf, readKeyAndCertificate, writeKeyAndCertificate } from './key-pair-file.ts';
import { nameConstraints } from './name-constraints.ts';
import * as x509 from './x509.ts';

const DAY_MS = 86_400_000;
const VALID_DAYS = 3_653;
/** It must outlive what it issues: a year, and some days. */
const RENEW_DAYS_AHEAD = 400;
export const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

export type CertificateOptions = {
  /** Where keys and certificates are kept; mode 0600. */
  readonly folder: string;
  /** Host names and addresses that the desk is reached by; the first is its common name. */
  readonly names: readonly [string, ...string[]];
  readonly clock: Pick<Clock, 'wall'>;
  /** @returns that many random bytes */
  readonly random: (length: number) => Uint8Array;
};

export type DeskAuthority = KeyAndCertificate & { readonly certificate: x509.X509Certificate };

/**
 * The one that is kept, or a new one: at the first start, near its end, and where it may not issue for these names.
 * Faults: REC-701 when it cannot be kept.
 */
export async function deskAuthority(options: CertificateOptions): Promise<Result<DeskAuthority>> {
  const path = join(options.folder, 'desk-authority.pem');
  const now = options.clock.wall();
  const constraints = nameConstraints(options.names);
  const kept = readKeyAndCertificate(path);
  const known = kept && { ...kept, certificate: new x509.X509Certificate(kept.cert) };
  if (known && mayIssue(known.certificate, constraints, now)) return ok(known);
  const made = await makeAuthority(options, constraints, now);
  const written = writeKeyAndCertificate(path, made);
  return written.ok ? ok({ ...made, certificate: new x509.X509Certificate(made.cert) }) : written;
}

export const serialNumber = (random: CertificateOptions['random']): string =>
  // RFC 5280 §4.1.2.2: positive, at most 20 octets.
  `01${Buffer.from(random(15)).toString('hex')}`;

/** An hour back: the clinic's clocks differ a little. */
export const validFrom = (now: Date, days: number) => ({
  notBefore: new Date(now.getTime() - 3_600_000),
  notAfter: new Date(now.getTime() + days * DAY_MS),
});

/** Its key, to issue with. */
export function signingKeyOf({ key }: DeskAuthority): Promise<webcrypto.CryptoKey> {
  const pkcs8 = createPrivateKey(key).export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', pkcs8, ALGORITHM, false, ['sign']);
}

function mayIssue(certificate: x509.X509Certificate, constraints: x509.Extension, now: Date): boolean {
  const kept = certificate.getExtension(constraints.type);
  const daysLeft = (certificate.notAfter.getTime() - now.getTime()) / DAY_MS;
  const same = kept !== null && Buffer.compare(Buffer.from(kept.value), Buffer.from(constraints.value)) === 0;
  return same && certificate.notBefore <= now && daysLeft > RENEW_DAYS_AHEAD;
}

async function makeAuthority(
  { names, random }: CertificateOptions,
  constraints: x509.Extension,
  now: Date,
): Promise<KeyAndCertificate> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(random),
    name: [{ CN: [`Kazasu ${names[0]}`] }],
    keys,
    signingAlgorithm: ALGORITHM,
    ...validFrom(now, VALID_DAYS),
    extensions: [
      // It issues certificates of servers, and no further authority.
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      constraints,
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { key: pemOf(keys.privateKey), cert: `${certificate.toString('pem')}\n` };
}
