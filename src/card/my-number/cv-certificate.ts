/**
 * The card-verifiable certificate in EF 0004 of the 券面事項確認AP (free to read).
 *
 *   7F21 82 LLLL { 5F4E 82 0129 issuer(16) subject(16) key(265)   5F37 82 0100 signature(256) }
 *
 * The signature is RSASSA-PKCS1-v1_5 with SHA-256 over the 297 bytes of 5F4E, by a root key that is not on the card:
 * the reader trusts those of its configuration. That algorithm is inferred; the layout is public.
 */
import { type KeyObject, verify } from 'node:crypto';
import { failed, type Result } from '../../faults/result.ts';
import { parseTlv, parseTlvs } from '../tlv.ts';
import { parseCardKey } from './card-key.ts';

export const CV_CERTIFICATE = 0x7f21;
const CONTENT = 0x5f4e;
const SIGNATURE = 0x5f37;
const NAMES_LENGTH = 16 + 16;
const CONTENT_LENGTH = NAMES_LENGTH + 265;

/** The certified key. Faults: CARD-106 when no trusted root has signed it. */
export function checkCvCertificate(file: Uint8Array, trusted: readonly KeyObject[]): Result<KeyObject> {
  const certificate = parseTlv(file);
  if (!certificate.ok || certificate.value.tag !== CV_CERTIFICATE) return failed('CARD-106', 'no CV certificate');
  const objects = parseTlvs(certificate.value.value);
  const [content, signature, ...more] = objects.ok ? objects.value : [];
  if (content?.tag !== CONTENT || content.value.length !== CONTENT_LENGTH || signature?.tag !== SIGNATURE || more.length > 0) {
    return failed('CARD-106', 'CV certificate malformed');
  }
  const vouched = trusted.some((root) => verify('sha256', content.value, root, signature.value));
  return vouched
    ? parseCardKey(content.value.subarray(NAMES_LENGTH))
    : failed('CARD-106', 'CV certificate not signed by a trusted root');
}
