import { X509Certificate } from 'node:crypto';
import type { RefusalCode } from '../../eligibility/gateway-types.ts';
import type { HolderProof } from '../../reception/ports.ts';
import { chainFault, profileFault, readCertificate } from './certificate-profile.ts';
import { graceEndOf } from './grace.ts';
import type { Revocation } from './revocation-list.ts';
import { signatureFault } from './signature-fault.ts';

export type HolderVerdict =
  | {
      readonly ok: true;
      readonly serialNumber: string;
      /** Whether the certificate has ended, and only the grace lets it be used. */
      readonly inGrace: boolean;
      readonly certificateEnd: Date;
    }
  | {
      readonly ok: false;
      readonly code: RefusalCode;
      readonly message: string;
      /** Of a certificate that is its holder's own, but of no use any more. */
      readonly serialNumber?: string;
    };

export type Authority = {
  readonly certificate: X509Certificate;
  /** @param serialNumber hexadecimal, lower case */
  revocationOf(serialNumber: string, now: Date): Promise<Revocation>;
};

/**
 * Whether this proof was made by the holder of a certificate of the authority, over this challenge: chain, profile,
 * signature, validity and revocation, in that order, so that nothing is told of a certificate that is not its own.
 */
export async function verifyHolder(
  proof: HolderProof,
  challenge: Uint8Array,
  authority: Authority,
  now: Date,
): Promise<HolderVerdict> {
  const certificate = readCertificate(proof.certificate);
  if (!certificate) return refused('proof-refused', 'not a certificate');
  const fault =
    chainFault(certificate, authority.certificate) ??
    profileFault(certificate) ??
    signatureFault(proof.signature, challenge, certificate.publicKey);
  if (fault) return refused('proof-refused', fault);
  const { validFromDate, validToDate: certificateEnd } = certificate;
  if (validFromDate > now) return refused('proof-refused', 'a certificate that is not valid yet');
  const serialNumber = serialNumberOf(certificate.raw);
  if (graceEndOf(certificateEnd) <= now)
    return { ...refused('certificate-expired', 'the certificate has expired, and its grace too'), serialNumber };
  const revocation = await authority.revocationOf(serialNumber, now);
  if (revocation === 'unknown') return refused('unavailable', 'neither OCSP nor a revocation list of this day');
  if (revocation === 'revoked') return { ...refused('certificate-revoked', 'the certificate is revoked'), serialNumber };
  return { ok: true, serialNumber, inGrace: certificateEnd < now, certificateEnd };
}

function refused(code: RefusalCode, message: string) {
  return { ok: false, code, message } as const;
}

/** As the database has it: hexadecimal, lower case. */
export function serialNumberOf(certificateDer: Uint8Array): string {
  return new X509Certificate(certificateDer).serialNumber.toLowerCase();
}
