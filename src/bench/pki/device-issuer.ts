/** Readers' certificates for keys that the readers made themselves, from requests as PKCS #10 has them. */
import { createPrivateKey } from 'node:crypto';
import * as x509 from '../../desk/x509.ts';
import { ecdsaSha256 } from './keys.ts';
import { newSerialNumber } from './user-ca.ts';

export type DeviceRequest = {
  readonly readerId: string;
  /** SubjectPublicKeyInfo, base64. */
  readonly publicKey: string;
  readonly request: x509.Pkcs10CertificateRequest;
};

const DAY_MS = 86_400_000;
/** An hour back: a reader's clock differs a little. */
const BEFORE_MS = 3_600_000;
const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** @param base64 DER. @returns undefined unless it names one reader, and was signed with the P-256 key in it */
export async function readDeviceRequest(base64: string): Promise<DeviceRequest | undefined> {
  try {
    const request = new x509.Pkcs10CertificateRequest(Uint8Array.from(Buffer.from(base64, 'base64')));
    const names = request.subjectName.toJSON();
    const readerId = names.length === 1 ? names[0]?.['CN']?.[0] : undefined;
    const { algorithm } = request.publicKey;
    if (readerId === undefined || !('namedCurve' in algorithm) || algorithm.namedCurve !== P256.namedCurve) return undefined;
    if (!(await request.verify())) return undefined;
    return { readerId, publicKey: Buffer.from(request.publicKey.rawData).toString('base64'), request };
  } catch {
    return undefined;
  }
}

/** Issues with the bench's TLS authority. @param ca PEM; @returns the certificate, PEM */
export async function issueForRequest(
  { readerId, request }: DeviceRequest,
  ca: { readonly ca: string; readonly keyPem: string },
  { now, days }: { readonly now: Date; readonly days: number },
): Promise<string> {
  const issuer = new x509.X509Certificate(ca.ca);
  const key = createPrivateKey(ca.keyPem).export({ type: 'pkcs8', format: 'der' });
  const signingKey = await crypto.subtle.importKey('pkcs8', Uint8Array.from(key), P256, false, ['sign']);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: newSerialNumber(),
    issuer: issuer.subject,
    subject: [{ C: ['JP'] }, { O: ['KAZASU-BENCH'] }, { CN: [readerId] }],
    publicKey: request.publicKey,
    signingKey,
    signingAlgorithm: ecdsaSha256,
    notBefore: new Date(now.getTime() - BEFORE_MS),
    notAfter: new Date(now.getTime() + days * DAY_MS),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
    ],
  });
  return certificate.toString('pem');
}
