/**
 * PERFORM SECURITY OPERATION of a My Number card, `80 2A P1 P2 Lc data Le`: what is signed of the data, by P1.
 *
 *        PKCS #1 v1.5 over     00  data as given, 1–245 bytes (a DigestInfo)
 *                              01  the bare SHA-256 of data
 *                              02  a DigestInfo of data, which is a SHA-256
 *                              03  a DigestInfo of the SHA-256 of data
 *        PSS, 32 bytes salt    04  data, which is a SHA-256
 *                              05  the SHA-256 of data
 *
 * Read from soltia48/myna-card, which found them out on a card; which wrong length is 6700 and which 6985 is inferred.
 */
import { constants, createHash, type KeyObject, privateEncrypt } from 'node:crypto';
import { concat, hex } from './bytes.ts';
import { encodePss } from './pss.ts';
import { SW } from './status-word.ts';

/** A signature over what P1 makes of `data`, or the status word that refuses it. */
export type Signer = (p1: number, data: Uint8Array) => Uint8Array | number;

/** DER DigestInfo of SHA-256 up to the 32 bytes of the hash (RFC 8017, 9.2, note 1). */
const SHA256_DIGEST_INFO = hex('30 31 30 0D 06 09 60 86 48 01 65 03 04 02 01 05 00 04 20');

/** Bytes that fit a 2048-bit modulus with 11 bytes of padding. */
const MOST_BYTES = 245;
const HASH_LENGTH = 32;

/** @param key RSA-2048 @param random where the salt of PSS comes from */
export function rsaSigner(key: KeyObject, random: (length: number) => Uint8Array): Signer {
  const pkcs1 = (bytes: Uint8Array) => signPadded(key, bytes);
  const pss = (hash: Uint8Array) => signBlock(key, encodePss(hash, random(HASH_LENGTH)));
  return (p1, data) => {
    const isHash = data.length === HASH_LENGTH;
    switch (p1) {
      case 0x00:
        return data.length >= 1 && data.length <= MOST_BYTES ? pkcs1(data) : SW.wrongLength;
      case 0x01:
        return pkcs1(sha256(data));
      case 0x02:
        return isHash ? pkcs1(concat(SHA256_DIGEST_INFO, data)) : SW.conditionsNotMet;
      case 0x03:
        return pkcs1(concat(SHA256_DIGEST_INFO, sha256(data)));
      case 0x04:
        return isHash ? pss(data) : SW.conditionsNotMet;
      case 0x05:
        return pss(sha256(data));
      default:
        return SW.wrongParameters;
    }
  };
}

/** RSASSA-PKCS1-v1_5 padding (block type 1) around `bytes` as they are, 256 bytes. */
export function signPadded(key: KeyObject, bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, bytes));
}

function signBlock(key: KeyObject, block: Uint8Array): Uint8Array {
  return Uint8Array.from(privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, block));
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}
