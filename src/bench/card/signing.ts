/**
 * PERFORM SECURITY OPERATION of a My Number card, `80 2A P1 P2 Lc data Le`: which bytes are signed.
 *
 *   P1 00  data is padded and signed as given (a DigestInfo, 1–245 bytes)
 *   P1 01  data is a bare hash, signed without a DigestInfo around it
 *   P1 02  data is a SHA-256 hash: the card puts the DigestInfo around it
 *   P1 03  data is hashed by the card
 *
 * The PSS forms (04, 05) are not simulated and are answered 6A86.
 */
import { constants, createHash, type KeyObject, privateEncrypt } from 'node:crypto';
import { concat, hex } from './bytes.ts';

/** DER DigestInfo of SHA-256 up to the 32 bytes of the hash (RFC 8017, 9.2, note 1). */
const SHA256_DIGEST_INFO = hex('30 31 30 0D 06 09 60 86 48 01 65 03 04 02 01 05 00 04 20');

/** Bytes that fit a 2048-bit modulus with 11 bytes of padding. */
const MOST_BYTES = 245;
const HASH_LENGTHS = [20, 32, 48, 64];

export type ToSign = Uint8Array | 'unknown-form' | 'wrong-length' | 'not-a-hash';

export function bytesToSign(p1: number, data: Uint8Array): ToSign {
  switch (p1) {
    case 0x00:
      return data.length >= 1 && data.length <= MOST_BYTES ? data : 'wrong-length';
    case 0x01:
      return HASH_LENGTHS.includes(data.length) ? data : 'not-a-hash';
    case 0x02:
      return data.length === 32 ? concat(SHA256_DIGEST_INFO, data) : 'not-a-hash';
    case 0x03:
      return concat(SHA256_DIGEST_INFO, createHash('sha256').update(data).digest());
    default:
      return 'unknown-form';
  }
}

/** RSASSA-PKCS1-v1_5 padding (block type 1) around `bytes` as they are, 256 bytes. */
export function signPadded(key: KeyObject, bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, bytes));
}
