/**
 * The certificate revocation list of the user-authentication authority (RFC 5280 §5):
 *
 *   CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm, signatureValue BIT STRING }
 */
import { verify, type X509Certificate } from 'node:crypto';
import { X509Crl } from '../pki/x509.ts';

export type Revocation = 'good' | 'revoked' | 'unknown';

/** What the list says of a certificate; `unknown` when it is not signed by `issuer` or not of this day. */
export function revocationOf(crlDer: Uint8Array, serialNumber: string, issuer: X509Certificate, now: Date): Revocation {
  const list = new X509Crl(Uint8Array.from(crlDer));
  if (!verify('sha256', signedPart(crlDer), issuer.publicKey, new Uint8Array(list.signature))) return 'unknown';
  if (list.thisUpdate > now || !list.nextUpdate || list.nextUpdate < now) return 'unknown';
  return list.findRevoked(serialNumber) ? 'revoked' : 'good';
}

/** The first element within the outer SEQUENCE, with its tag and length. */
function signedPart(der: Uint8Array): Uint8Array {
  const outer = header(der, 0);
  const inner = header(der, outer.end);
  return der.subarray(outer.end, inner.end + inner.length);
}

/** @returns where a DER tag and length end, and how many bytes of value follow */
function header(der: Uint8Array, at: number): { end: number; length: number } {
  const first = der[at + 1] ?? 0;
  if (first < 0x80) return { end: at + 2, length: first };
  let length = 0;
  for (let i = 0; i < first - 0x80; i++) length = length * 256 + (der[at + 2 + i] ?? 0);
  return { end: at + 2 + first - 0x80, length };
}
