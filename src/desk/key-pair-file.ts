/** A private key and its certificate in one file, so that they always belong together. */
import { createPrivateKey, KeyObject, type webcrypto, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Result } from '../faults/result.ts';
import { writeDurably } from '../kept-file.ts';

/** PEM. */
export type KeyAndCertificate = { readonly key: string; readonly cert: string };

/** @returns undefined when there is none, or a damaged one: a new one is as good */
export function readKeyAndCertificate(path: string): KeyAndCertificate | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    const start = text.indexOf('-----BEGIN CERTIFICATE-----');
    const [key, cert] = [text.slice(0, start), text.slice(start)];
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)) ? { key, cert } : undefined;
  } catch {
    return undefined;
  }
}

/** Faults: REC-701 when it cannot be kept. */
export const writeKeyAndCertificate = (path: string, { key, cert }: KeyAndCertificate): Result<void> =>
  writeDurably(path, key + cert);

export const pemOf = (key: webcrypto.CryptoKey): string =>
  KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString();
