/**
 * An RSA-2048 public key as the card's own files hold it (265 bytes).
 *
 *   90 03 exponent(3) | 91 82 01 00 modulus(256)
 */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { failed, ok, type Result } from '../../faults/result.ts';
import { parseTlvs } from '../tlv.ts';

/** Faults: CARD-106 when the bytes are no such key. */
export function parseCardKey(bytes: Uint8Array): Result<KeyObject> {
  const objects = parseTlvs(bytes);
  const [exponent, modulus, ...more] = objects.ok ? objects.value : [];
  const fits = exponent?.tag === 0x90 && exponent.value.length === 3 && modulus?.tag === 0x91 && modulus.value.length === 256;
  if (!fits || more.length > 0) return failed('CARD-106', 'no RSA-2048 key');
  const jwk = { kty: 'RSA', e: base64url(exponent.value), n: base64url(modulus.value) };
  try {
    return ok(createPublicKey({ key: jwk, format: 'jwk' }));
  } catch {
    return failed('CARD-106', 'no usable RSA key');
  }
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
