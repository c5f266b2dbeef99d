/**
 * A request for this reader's certificate: PKCS #10 (RFC 2986), DER.
 *
 *     SEQUENCE
 *       SEQUENCE                     what is signed
 *         INTEGER 0                  version
 *         SEQUENCE                   name: one common name, the reader's id
 *           SET  SEQUENCE  OID 2.5.4.3  UTF8String
 *         SubjectPublicKeyInfo       as the key itself gives it
 *         [0]                        no attributes
 *       SEQUENCE  OID ecdsa-with-SHA256
 *       BIT STRING                   the signature, by the same key
 */
import { createPublicKey, type KeyObject, sign } from 'node:crypto';

const tags = {
  integer: 0x02,
  bitString: 0x03,
  oid: 0x06,
  utf8String: 0x0c,
  sequence: 0x30,
  set: 0x31,
  noAttributes: 0xa0,
} as const;
/** 2.5.4.3 */
const COMMON_NAME = Buffer.from('550403', 'hex');
/** 1.2.840.10045.4.3.2 */
const ECDSA_WITH_SHA256 = Buffer.from('2a8648ce3d040302', 'hex');

/** @param key the reader's P-256 private key */
export function certificateRequest(readerId: string, key: KeyObject): Uint8Array {
  const name = der('sequence', der('set', der('sequence', der('oid', COMMON_NAME), der('utf8String', Buffer.from(readerId)))));
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const signed = der('sequence', der('integer', Buffer.of(0)), name, publicKey, der('noAttributes'));
  const signature = sign('sha256', signed, key);
  // A bit string's first byte: how many bits of its last are unused.
  return der('sequence', signed, der('sequence', der('oid', ECDSA_WITH_SHA256)), der('bitString', Buffer.of(0), signature));
}

function der(tag: keyof typeof tags, ...content: readonly Uint8Array[]): Buffer {
  const value = Buffer.concat(content);
  return Buffer.concat([Buffer.of(tags[tag]), lengthOf(value), value]);
}

/** X.690 §8.1.3: one byte up to 127, else how many bytes of length follow. */
function lengthOf({ length }: Uint8Array): Buffer {
  if (length < 0x80) return Buffer.of(length);
  return length < 0x100 ? Buffer.of(0x81, length) : Buffer.of(0x82, length >> 8, length & 0xff);
}
