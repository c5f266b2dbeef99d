/** A certificate with a key of its own, made at run time. */
import { webcrypto } from 'node:crypto';
import * as x509 from '../../src/desk/x509.ts';

export type Made = { readonly cert: string; readonly key: string };

export async function makeCertificate(name: string, { from, to }: { readonly from: Date; readonly to: Date }): Promise<Made> {
  const { subtle } = webcrypto;
  const keys = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...{ name: `CN=${name}`, notBefore: from, notAfter: to, keys, serialNumber: '01' },
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
  });
  const key = Buffer.from(await subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return { cert: certificate.toString('pem'), key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n` };
}
