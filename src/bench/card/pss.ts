/**
 * EMSA-PSS with SHA-256 and MGF1 for a 2048-bit key (RFC 8017 §9.1.1): node:crypto signs messages, and the card is
 * also given hashes.
 *
 *   maskedDB(223) H(32) BC        H = SHA-256(00×8 ‖ hash ‖ salt)      DB = 00×190 ‖ 01 ‖ salt(32)
 */
import { createHash } from 'node:crypto';
import { concat, u16 } from './bytes.ts';

const BLOCK_LENGTH = 256;
const HASH_LENGTH = 32;

/** @param hash SHA-256 of the message @param salt 32 bytes */
export function encodePss(hash: Uint8Array, salt: Uint8Array): Uint8Array {
  const h = sha256(new Uint8Array(8), hash, salt);
  const zeros = new Uint8Array(BLOCK_LENGTH - salt.length - HASH_LENGTH - 2);
  const data = concat(zeros, Uint8Array.of(0x01), salt);
  const mask = mgf1(h, data.length);
  const masked = data.map((byte, index) => byte ^ (mask[index] ?? 0));
  // The modulus has 2048 bits, and the block one less.
  masked[0] = (masked[0] ?? 0) & 0x7f;
  return concat(masked, h, Uint8Array.of(0xbc));
}

function mgf1(seed: Uint8Array, length: number): Uint8Array {
  const rounds = Math.ceil(length / HASH_LENGTH);
  const blocks = Array.from({ length: rounds }, (_, counter) => sha256(seed, u16(0), u16(counter)));
  return concat(...blocks).subarray(0, length);
}

function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  return createHash('sha256')
    .update(concat(...parts))
    .digest();
}
