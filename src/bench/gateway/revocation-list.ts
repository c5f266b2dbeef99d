/**
 * The certificate revocation list of the user-authentication authority (RFC 5280 §5):
 *
 *   CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm, signatureValue BIT STRING }
 */
import { verify, type X509Certificate } from 'node:crypto';
import { X509Crl } from '../../desk/x509.ts';
import { derAt } from '../pki/der.ts';

export type Revocation = 'good' | 'revoked' | 'unknown';

/** What the list says of a certificate; `unknown` when it is none, not signed by `issuer` or not of this day. */
export function revocationOf(crlDer: Uint8Array, serialNumber: string, issuer: X509Certificate, now: Date): Revocation {
  try {
    const list = new X509Crl(Uint8Array.from(crlDer));
    if (!verify('sha256', derAt(crlDer, 0, 0).whole, issuer.publicKey, new Uint8Array(list.signature))) return 'unknown';
    if (list.thisUpdate > now || !list.nextUpdate || list.nextUpdate < now) return 'unknown';
    return list.findRevoked(serialNumber) ? 'revoked' : 'good';
  } catch {
    return 'unknown';
  }
}
