/** What may be told of the user-authentication certificate: when it holds, not whose it is. */
import { X509Certificate } from 'node:crypto';
import { ok, type Result } from '../../faults/result.ts';
import type { CardChannel } from '../card-channel.ts';
import type { CardProfile } from './card-profile.ts';
import { readCertificate } from './jpki.ts';

export type CertificateStatus = {
  /** All but its last four hexadecimal digits masked. */
  readonly serial: string;
  /** ISO 8601 */
  readonly notBefore: string;
  readonly notAfter: string;
  /** Whether the authority's certificate on the card is the one that issued it. */
  readonly issuedByAuthorityOnCard: boolean;
};

/** Of the selected JPKI. Value: undefined when there is none. Faults: CARD-101, CARD-104, MOD-*. */
export async function readCertificateStatus(
  channel: CardChannel,
  profile: CardProfile,
): Promise<Result<CertificateStatus | undefined>> {
  const certificate = await readCertificate(channel, 'authenticationCertificate', profile);
  if (!certificate.ok) return certificate;
  const authority = await readCertificate(channel, 'authenticationAuthority', profile);
  return authority.ok ? ok(certificateStatus(certificate.value, authority.value)) : authority;
}

function certificateStatus(der: Uint8Array, authorityDer: Uint8Array): CertificateStatus | undefined {
  try {
    const certificate = new X509Certificate(der);
    return {
      serial: masked(certificate.serialNumber.toLowerCase()),
      notBefore: certificate.validFromDate.toISOString(),
      notAfter: certificate.validToDate.toISOString(),
      issuedByAuthorityOnCard: isIssuedBy(certificate, authorityDer),
    };
  } catch {
    // None there, or bytes that are no certificate.
    return undefined;
  }
}

function isIssuedBy(certificate: X509Certificate, authorityDer: Uint8Array): boolean {
  try {
    const authority = new X509Certificate(authorityDer);
    return certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
  } catch {
    return false;
  }
}

/** All but the last four characters hidden. */
export const masked = (text: string): string => text.slice(-4).padStart(text.length, '*');
