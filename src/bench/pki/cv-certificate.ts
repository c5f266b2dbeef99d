/**
 * Card-verifiable certificates, as EF 0004 of 券面事項確認 has them:
 *
 *   7F21 82LLLL
 *     5F4E 82LLLL  issuer[16] ‖ subject[16] ‖ key[265] ‖ more
 *     5F37 820100  RSASSA-PKCS1-v1_5 SHA-256 signature over the value of 5F4E
 *
 *   key = 90 03 010001  91 820100 modulus[256]
 */
import { type KeyObject, sign } from 'node:crypto';
import { concat, hex, tlv } from '../card/bytes.ts';
import { keyId } from '../card/signed-record.ts';
import { modulusOf } from './keys.ts';

/** An RSA-2048 public key in the form in which the card carries keys, 265 bytes. */
export function cvKey(key: KeyObject): Uint8Array {
  return concat(tlv('90', hex('010001')), tlv('91', modulusOf(key)));
}

/** @param keyId seven digits; a 9 begins those of the bench, so that nobody takes them for real ones @param more what follows the key in a profile that has more; none in EF 0004 */
export function issueCvCertificate(
  issuer: { readonly keyId: string; readonly privateKey: KeyObject },
  subject: { readonly keyId: string; readonly publicKey: KeyObject; readonly more?: Uint8Array },
): Uint8Array {
  const body = concat(keyId(issuer.keyId), keyId(subject.keyId), cvKey(subject.publicKey), subject.more ?? new Uint8Array());
  return tlv('7F21', concat(tlv('5F4E', body), tlv('5F37', sign('sha256', body, issuer.privateKey))));
}
