/** The bench's TLS authority: P-256 throughout, for the gateway's server and the readers that call it. */

import * as x509 from '../../desk/x509.ts';
import { type BenchKey, ecdsaSha256, makeEcKey } from './keys.ts';
import { newSerialNumber } from './user-ca.ts';

export type TlsIdentity = { readonly cert: string; readonly key: string };
type Validity = { readonly notBefore: Date; readonly notAfter: Date };

export type TlsCa = {
  /** The authority's own certificate, PEM. */
  readonly ca: string;
  /** For 127.0.0.1, ::1 and localhost. */
  issueServer(validity?: Validity): Promise<TlsIdentity>;
  /** A client certificate whose common name is the reader's id. */
  issueDevice(readerId: string, validity?: Validity): Promise<TlsIdentity>;
  /** The authority's own key, PEM: for a gateway in another process, which enrols readers. */
  readonly keyPem: string;
  /** @param cert of a server or reader, PEM */
  revoke(cert: string): Promise<void>;
  /** The revocation list as it stands now, PEM. */
  crl(): string;
};

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;
const CA_NAME = 'C=JP, O=KAZASU-BENCH, CN=Kazasu bench TLS CA';

export async function createTlsCa(now: Date): Promise<TlsCa> {
  const caKey = await makeEcKey();
  const usual: Validity = { notBefore: new Date(now.getTime() - YEAR_MS), notAfter: new Date(now.getTime() + YEAR_MS) };
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerialNumber(),
    name: CA_NAME,
    keys: caKey.pair,
    signingAlgorithm: ecdsaSha256,
    ...usual,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(caKey.pair.publicKey),
    ],
  });

  async function issue(commonName: string, validity: Validity, extensions: x509.Extension[]): Promise<TlsIdentity> {
    const key = await makeEcKey();
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: newSerialNumber(),
      issuer: CA_NAME,
      subject: [{ C: ['JP'] }, { O: ['KAZASU-BENCH'] }, { CN: [commonName] }],
      publicKey: key.pair.publicKey,
      signingKey: caKey.pair.privateKey,
      signingAlgorithm: ecdsaSha256,
      ...validity,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        await x509.AuthorityKeyIdentifierExtension.create(caKey.pair.publicKey),
        ...extensions,
      ],
    });
    return { cert: certificate.toString('pem'), key: pem(key) };
  }

  const revoked: { serialNumber: string; revocationDate: Date }[] = [];
  async function makeCrl(): Promise<string> {
    const list = await x509.X509CrlGenerator.create({
      issuer: CA_NAME,
      thisUpdate: usual.notBefore,
      nextUpdate: new Date(now.getTime() + 30 * DAY_MS),
      entries: revoked,
      signingAlgorithm: ecdsaSha256,
      signingKey: caKey.pair.privateKey,
    });
    return pemOf('X509 CRL', list.rawData);
  }
  let crl = await makeCrl();

  return {
    ca: ca.toString('pem'),
    keyPem: pem(caKey),
    async revoke(cert) {
      revoked.push({ serialNumber: new x509.X509Certificate(cert).serialNumber, revocationDate: now });
      crl = await makeCrl();
    },
    crl: () => crl,
    issueServer: (validity = usual) =>
      issue('localhost', validity, [
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension([
          { type: 'dns', value: 'localhost' },
          { type: 'ip', value: '127.0.0.1' },
          { type: 'ip', value: '::1' },
        ]),
      ]),
    issueDevice: (readerId, validity = usual) =>
      issue(readerId, validity, [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth])]),
  };
}

/** OpenSSL knows a list by this label alone, which is not the one that the library writes. */
function pemOf(label: string, der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

function pem(key: BenchKey): string {
  return key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
