/** RSASSA-PKCS1-v1_5 with RSA-2048 and SHA-256 (RFC 8017 §8.2), as cards have been issued with since 2016. */
import { constants, type KeyObject, publicDecrypt, timingSafeEqual } from 'node:crypto';
import { parseCardKey } from './card-key.ts';
import { digestInfo, sha256 } from './digest-info.ts';
import type { SignatureAlgorithm } from './signature-algorithm.ts';

/** The card pads what it is given. */
const PAD_AS_GIVEN = 0x00;

export const rsaSha256: SignatureAlgorithm = {
  name: 'RSA-2048 SHA-256',
  digest: sha256,
  parseKey: parseCardKey,
  toBeSigned: (message) => ({ p1: PAD_AS_GIVEN, data: digestInfo(sha256(message)) }),
  isSigned: (message, signature, key) => isPaddedUnder(key, digestInfo(sha256(message)), signature),
  areSigned: (digests, signature, key) => isPaddedUnder(key, digestInfo(Buffer.concat(digests)), signature),
};

/** node:crypto verifies digests of known lengths only, hence the padding taken off here and the whole compared. */
function isPaddedUnder(key: KeyObject, expected: Uint8Array, signature: Uint8Array): boolean {
  try {
    const found = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature);
    return found.length === expected.length && timingSafeEqual(found, expected);
  } catch {
    // A key of another kind, a signature of another length, or another padding.
    return false;
  }
}
