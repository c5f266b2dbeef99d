/**
 * DigestInfo (RFC 8017 §9.2), what RSASSA-PKCS1-v1_5 pads and signs:
 *
 *   30 LL { 30 0D { 06 09 <OID SHA-256> 05 00 } 04 LL <digests> }
 */
import { createHash } from 'node:crypto';

const ALGORITHM = [0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00];

export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** @param digests one SHA-256 digest, or several in a row (the card face's file has three under one signature) */
export function digestInfo(digests: Uint8Array): Uint8Array {
  return Uint8Array.of(0x30, ALGORITHM.length + 2 + digests.length, ...ALGORITHM, 0x04, digests.length, ...digests);
}
