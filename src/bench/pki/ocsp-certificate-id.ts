/**
 * How OCSP names a certificate (RFC 6960 §4.1.1), with SHA-1 as everybody's responders take it (RFC 5019 §2.1.1):
 *
 *   CertID ::= { sha1, OCTET STRING H(issuer's name), OCTET STRING H(issuer's key), INTEGER serialNumber }
 */
import { createHash } from 'node:crypto';
import { concat, hex, tlv } from '../card/bytes.ts';
import { derAt, readDer } from './der.ts';

const SHA1 = hex('30 09 06 05 2B 0E 03 02 1A 05 00');

/** @param serialNumber hexadecimal, as its INTEGER has it */
export function certificateIdOf(issuerDer: Uint8Array, serialNumber: string): Uint8Array {
  const sha1 = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest();
  const name = tlv('04', sha1(subjectOf(issuerDer)));
  const key = tlv('04', sha1(subjectKeyOf(issuerDer)));
  return tlv('30', concat(SHA1, name, key, tlv('02', hex(serialNumber))));
}

/** The subject's name, with its tag: the sixth field, version counted (RFC 5280 §4.1). */
function subjectOf(certificateDer: Uint8Array): Uint8Array {
  return fieldOf(certificateDer, 5).whole;
}

/** The subject's public key as its BIT STRING has it, without the count of unused bits. */
export function subjectKeyOf(certificateDer: Uint8Array): Uint8Array {
  return derAt(fieldOf(certificateDer, 6).value, 1).value.subarray(1);
}

function fieldOf(certificateDer: Uint8Array, index: number) {
  const field = readDer(derAt(certificateDer, 0, 0).value)[index];
  if (!field) throw new Error('not a certificate');
  return field;
}
