/**
 * The card-verifiable certificate in EF 0004 of the 券面事項確認AP (free to read).
 *
 *   7F21 82 LLLL { 5F4E 82 LLLL issuer(16) subject(16) key   5F37 82 LLLL signature }
 *
 * The signature is over the contents of 5F4E (297 bytes with an RSA-2048 key), by a root key that is not on the card:
 * the reader trusts those of its configuration.
 */
import type { KeyObject } from 'node:crypto';
import { failed, type Result } from '../../faults/result.ts';
import { parseTlv, parseTlvs } from '../tlv.ts';
import type { SignatureAlgorithm } from './signature-algorithm.ts';

export const CV_CERTIFICATE = 0x7f21;
const CONTENT = 0x5f4e;
const SIGNATURE = 0x5f37;
const NAMES_LENGTH = 16 + 16;

/** For technicians without the root's key: the certificate is then believed as it stands. Never for a reception. */
export type AnyRoot = 'any-root';

/** The certified key. Faults: CARD-106 when no trusted root has signed it. */
export function checkCvCertificate(
  file: Uint8Array,
  trusted: readonly KeyObject[] | AnyRoot,
  algorithm: SignatureAlgorithm,
): Result<KeyObject> {
  const certificate = parseTlv(file);
  if (!certificate.ok || certificate.value.tag !== CV_CERTIFICATE) return failed('CARD-106', 'no CV certificate');
  const objects = parseTlvs(certificate.value.value);
  const [content, signature, ...more] = objects.ok ? objects.value : [];
  if (content?.tag !== CONTENT || signature?.tag !== SIGNATURE || more.length > 0) {
    return failed('CARD-106', 'CV certificate malformed');
  }
  const vouched = trusted === 'any-root' || trusted.some((root) => algorithm.isSigned(content.value, signature.value, root));
  return vouched
    ? algorithm.parseKey(content.value.subarray(NAMES_LENGTH))
    : failed('CARD-106', 'CV certificate not signed by a trusted root');
}
