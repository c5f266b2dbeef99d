/** The desk's own TLS certificate, for a year at a time, issued by the reader's authority. */
import { webcrypto, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { ok, type Result } from '../faults/result.ts';
import {
  ALGORITHM,
  type CertificateOptions,
  type DeskAuthority,
  deskAuthority,
  serialNumber,
  signingKeyOf,
  validFrom,
} from './authority.ts';
import { type KeyAndCertificate, pemOf, readKeyAndCertificate, writeKeyAndCertificate } from './key-pair-file.ts';
import * as x509 from './x509.ts';

const DAY_MS = 86_400_000;
const VALID_DAYS = 365;
const RENEW_DAYS_AHEAD = 30;

/** PEM. `cert`: the desk's, and behind it the authority's, which is what a PC is to trust. */
export type DeskCertificate = KeyAndCertificate & { readonly authority: string };

/**
 * The certificate that is kept, or a new one for a year: at the first start, thirty days before the end, when the desk's
 * names have changed, and when the authority is another. Faults: REC-701 when it cannot be kept.
 */
export async function deskCertificate(options: CertificateOptions): Promise<Result<DeskCertificate>> {
  const authority = await deskAuthority(options);
  if (!authority.ok) return authority;
  const path = join(options.folder, 'desk-certificate.pem');
  const now = options.clock.wall();
  const kept = readKeyAndCertificate(path);
  if (kept && serves(kept, authority.value, options.names, now)) return ok(chained(kept, authority.value));
  const made = await issue(options, authority.value, now);
  const written = writeKeyAndCertificate(path, made);
  return written.ok ? ok(chained(made, authority.value)) : written;
}

const chained = ({ key, cert }: KeyAndCertificate, authority: DeskAuthority): DeskCertificate => ({
  key,
  cert: cert + authority.cert,
  authority: authority.cert,
});

function serves({ cert }: KeyAndCertificate, authority: DeskAuthority, names: readonly string[], now: Date): boolean {
  const certificate = new X509Certificate(cert);
  const issuer = new X509Certificate(authority.cert);
  if (!certificate.checkIssued(issuer) || !certificate.verify(issuer.publicKey)) return false;
  const named = names.every((name) => (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name)));
  const daysLeft = (certificate.validToDate.getTime() - now.getTime()) / DAY_MS;
  return named && certificate.validFromDate <= now && daysLeft > RENEW_DAYS_AHEAD;
}

/** A certificate for these names; whether it is believed is the authority's to limit. */
export async function issue(
  { names, random }: CertificateOptions,
  authority: DeskAuthority,
  now: Date,
): Promise<KeyAndCertificate> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(random),
    subject: [{ CN: [names[0]] }],
    issuer: authority.certificate.subjectName,
    publicKey: keys.publicKey,
    signingKey: await signingKeyOf(authority),
    signingAlgorithm: ALGORITHM,
    ...validFrom(now, VALID_DAYS),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((name) => (isIP(name) ? { type: 'ip', value: name } : { type: 'dns', value: name })),
      ),
      await x509.AuthorityKeyIdentifierExtension.create(authority.certificate),
    ],
  });
  return { key: pemOf(keys.privateKey), cert: `${certificate.toString('pem')}\n` };
}
