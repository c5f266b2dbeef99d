/**
 * Why a signature is not the right one, told from its padded block (RFC 8017):
 *
 *   RSASSA-PKCS1-v1_5 (§9.2):  00 01 FF … FF 00 DigestInfo
 *   RSASSA-PSS (§9.1):         … BC
 */
import { constants, createHash, type KeyObject, publicDecrypt, verify } from 'node:crypto';

const SHA256_DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');
const KEY_BYTES = 256;

/** Undefined when it is RSASSA-PKCS1-v1_5 with SHA-256 over `challenge` by this key. */
export function signatureFault(signature: Uint8Array, challenge: Uint8Array, key: KeyObject): string | undefined {
  if (verify('sha256', challenge, key, signature)) return undefined;
  if (signature.length !== KEY_BYTES) return 'a signature of another length than the key’s';
  const block = blockOf(signature, key);
  if (block === undefined) return 'a signature that is no number below the key’s modulus';
  if (block[0] === 0 && block[1] === 1) return digestFault(block.subarray(block.indexOf(0, 2) + 1), challenge);
  if (block.at(-1) === 0xbc) return 'an RSASSA-PSS signature in the place of RSASSA-PKCS1-v1_5';
  return 'a signature by another key';
}

function digestFault(digestInfo: Uint8Array, challenge: Uint8Array): string {
  const digest = createHash('sha256').update(challenge).digest();
  const info = Buffer.from(digestInfo);
  if (info.equals(digest)) return 'a bare digest that was signed without its algorithm';
  const sha256 = info.subarray(0, SHA256_DIGEST_INFO.length).equals(SHA256_DIGEST_INFO);
  return sha256 ? 'a signature over another challenge' : 'a signature with another digest than SHA-256';
}

function blockOf(signature: Uint8Array, key: KeyObject): Buffer | undefined {
  try {
    return publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature);
  } catch {
    return undefined;
  }
}
