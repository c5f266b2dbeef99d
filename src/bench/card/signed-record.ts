import type { KeyObject } from 'node:crypto';
import { sign } from 'node:crypto';
import { concat, tlv } from './bytes.ts';

/** The objects under `tag`, and last one with `signatureTag` that signs them all (PKCS #1 v1.5, SHA-256). */
export function signedRecord(tag: string, objects: readonly Uint8Array[], signatureTag: string, key: KeyObject): Uint8Array {
  const signature = sign('sha256', concat(...objects), key);
  return tlv(tag, concat(...objects, tlv(signatureTag, signature)));
}

/** An identifier of a key, 16 bytes: seven digits, 08 05, three digits, four zeros. */
export function keyId(number: string): Uint8Array {
  return concat(Buffer.from(number, 'latin1'), Uint8Array.of(0x08, 0x05), Buffer.from('001', 'latin1'), new Uint8Array(4));
}
