import { verify, X509Certificate } from 'node:crypto';
import type { RefusalCode } from '../../eligibility/gateway-types.ts';
import type { HolderProof } from '../../reception/ports.ts';
import { revocationOf } from './revocation-list.ts';

export type HolderVerdict =
  | { readonly ok: true; readonly serialNumber: string }
  | { readonly ok: false; readonly code: RefusalCode; readonly message: string };

/**
 * Whether this proof was made by the holder of a certificate of the authority, over this challenge: chain,
 * signature, validity and revocation, in that order, so that nothing is told of a certificate that is not its own.
 */
export function verifyHolder(
  proof: HolderProof,
  challenge: Uint8Array,
  authority: { readonly certificate: X509Certificate; readonly crl: Uint8Array },
  now: Date,
): HolderVerdict {
  const certificate = parse(proof.certificate);
  if (!certificate) return refused('proof-refused', 'not a certificate');
  const issuer = authority.certificate;
  if (certificate.ca || !certificate.checkIssued(issuer) || !certificate.verify(issuer.publicKey))
    return refused('proof-refused', 'not a user certificate of this authority');
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  if (asymmetricKeyType !== 'rsa' || asymmetricKeyDetails?.modulusLength !== 2048)
    return refused('proof-refused', 'not an RSA-2048 key');
  if (!verify('sha256', challenge, certificate.publicKey, proof.signature))
    return refused('proof-refused', 'the signature is not over this challenge by this certificate');
  if (certificate.validFromDate > now) return refused('proof-refused', 'the certificate is not valid yet');
  if (certificate.validToDate < now) return refused('certificate-expired', 'the certificate has expired');
  const serialNumber = certificate.serialNumber.toLowerCase();
  const revocation = revocationOf(authority.crl, serialNumber, issuer, now);
  if (revocation === 'unknown') return refused('unavailable', 'no revocation list of this day');
  if (revocation === 'revoked') return refused('certificate-revoked', 'the certificate is revoked');
  return { ok: true, serialNumber };
}

function parse(der: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}

function refused(code: RefusalCode, message: string): HolderVerdict {
  return { ok: false, code, message };
}

/** As the database has it: hexadecimal, lower case. */
export function serialNumberOf(certificateDer: Uint8Array): string {
  return new X509Certificate(certificateDer).serialNumber.toLowerCase();
}
