import { KeyObject, webcrypto } from 'node:crypto';

/** A key pair made at run time and kept in memory only: for x509 as `pair`, for node:crypto as the key objects. */
export type BenchKey = {
  readonly pair: webcrypto.CryptoKeyPair;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
};

/** How every RSA signature of the bench is made, as in JPKI: RSASSA-PKCS1-v1_5 with SHA-256. */
export const rsaSha256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;
export const ecdsaSha256 = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** RSA-2048 with public exponent 65537. Takes some hundred milliseconds on a thread of the pool. */
export async function makeRsaKey(): Promise<BenchKey> {
  return keep(
    await webcrypto.subtle.generateKey({ ...rsaSha256, modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) }, true, [
      'sign',
      'verify',
    ]),
  );
}

/** P-256 for TLS; P-384 for cards of a generation to come. */
export async function makeEcKey(namedCurve: 'P-256' | 'P-384' = 'P-256'): Promise<BenchKey> {
  return keep(await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve }, true, ['sign', 'verify']));
}

function keep(pair: webcrypto.CryptoKeyPair): BenchKey {
  return { pair, privateKey: KeyObject.from(pair.privateKey), publicKey: KeyObject.from(pair.publicKey) };
}

/** The modulus of an RSA-2048 key, 256 bytes. */
export function modulusOf(key: KeyObject): Uint8Array {
  const { n } = key.export({ format: 'jwk' });
  if (n === undefined) throw new Error('not an RSA key');
  return Uint8Array.from(Buffer.from(n, 'base64url'));
}
