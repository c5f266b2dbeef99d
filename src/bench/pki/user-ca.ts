/**
 * One of the two certificate authorities whose certificates a My Number card holds, with names, key usages and
 * extensions as JPKI's profile has them. The organisation says that it is a bench.
 */
import { randomBytes, webcrypto } from 'node:crypto';
import * as x509 from '../../desk/x509.ts';
import { eraYear } from '../card/japanese-era.ts';
import { type BenchKey, makeRsaKey, rsaSha256 } from './keys.ts';
import { answerOcsp, type CertificateStatus } from './ocsp-responder.ts';
import { personalNames } from './personal-names.ts';

/** Whose certificate it is: only the signature certificate names its holder. */
type Holder = { readonly name: string; readonly sex: string; readonly birth: string; readonly address: string };

type UserCertificate = { readonly der: Uint8Array; readonly serialNumber: string };

/** What no card's certificate has: for those who must refuse it. */
export type Unusual = {
  readonly notBefore?: Date;
  readonly usage?: x509.KeyUsageFlags;
  readonly policy?: string;
  readonly hash?: 'SHA-1' | 'SHA-256';
  readonly more?: readonly x509.Extension[];
};

export type UserCa = {
  readonly certificateDer: Uint8Array;
  /** PKCS #8, PEM: for a gateway in another process. */
  readonly keyPem: string;
  /** @param notAfter its last moment; it began five years before, the term of the certificates */
  issue(key: Pick<BenchKey, 'pair'>, holder: Holder, notAfter: Date, unusual?: Unusual): Promise<UserCertificate>;
  /** @param serialNumber hexadecimal, lower case */
  revoke(serialNumber: string): Promise<void>;
  /** The revocation list as it stands now, DER. */
  crl(): Uint8Array;
  /** Answers an OCSPRequest (RFC 6960), both DER. */
  ocsp(request: Uint8Array, now: Date): Uint8Array;
};

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;

const profiles = {
  authentication: {
    name: 'JPKI for user authentication',
    /** The policy's last arcs are inferred; the profile itself is in J-LIS's profile document. */
    policy: '1.2.392.200149.8.5.1.3.30',
    usage: x509.KeyUsageFlags.digitalSignature,
  },
  signature: {
    name: 'JPKI for digital signature',
    policy: '1.2.392.200149.8.5.1.1.20',
    usage: x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.nonRepudiation,
  },
} as const;

export async function createUserCa(kind: keyof typeof profiles, now: Date): Promise<UserCa> {
  const profile = profiles[kind];
  const dn = `C=JP, O=JPKI-BENCH, OU=${profile.name}, OU=Japan Agency for Local Authority Information Systems`;
  const caKey = await makeRsaKey();
  const revoked: string[] = [];
  const issued = new Set<string>();

  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerialNumber(),
    name: dn,
    keys: caKey.pair,
    signingAlgorithm: rsaSha256,
    notBefore: new Date(now.getTime() - 10 * YEAR_MS),
    notAfter: new Date(now.getTime() + 10 * YEAR_MS),
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(caKey.pair.publicKey),
    ],
  });

  async function makeCrl(): Promise<Uint8Array> {
    const crl = await x509.X509CrlGenerator.create({
      issuer: dn,
      thisUpdate: now,
      nextUpdate: new Date(now.getTime() + 30 * DAY_MS),
      entries: revoked.map((serialNumber) => ({ serialNumber, revocationDate: now })),
      signingAlgorithm: rsaSha256,
      signingKey: caKey.pair.privateKey,
    });
    return new Uint8Array(crl.rawData);
  }
  let crl = await makeCrl();

  function statusOf(serialNumber: string): CertificateStatus {
    if (revoked.includes(serialNumber)) return 'revoked';
    return issued.has(serialNumber) ? 'good' : 'unknown';
  }

  const certificateDer = new Uint8Array(ca.rawData);
  return {
    certificateDer,
    keyPem: caKey.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),

    async issue(key, holder, notAfter, unusual = {}) {
      const { usage = profile.usage, policy = profile.policy, hash = 'SHA-256', more = [] } = unusual;
      const serialNumber = newSerialNumber();
      const certificate = await x509.X509CertificateGenerator.create({
        serialNumber,
        issuer: dn,
        subject: `C=JP, CN=${randomBytes(13).toString('hex').toUpperCase()}`,
        publicKey: key.pair.publicKey,
        signingKey: hash === 'SHA-1' ? await withSha1(caKey) : caKey.pair.privateKey,
        signingAlgorithm: { ...rsaSha256, hash },
        notBefore: unusual.notBefore ?? new Date(notAfter.getTime() - 5 * YEAR_MS),
        notAfter,
        extensions: [
          new x509.KeyUsagesExtension(usage, true),
          new x509.CertificatePolicyExtension([policy], true),
          new x509.CRLDistributionPointsExtension([`http://crl.jpki-bench.invalid/${kind}.crl`]),
          await x509.AuthorityKeyIdentifierExtension.create(caKey.pair.publicKey),
          ...(kind === 'signature' ? [personalNames({ ...holder, birth: birthWithEra(holder.birth) })] : []),
          ...more,
        ],
      });
      issued.add(serialNumber);
      return { der: new Uint8Array(certificate.rawData), serialNumber };
    },

    async revoke(serialNumber) {
      revoked.push(serialNumber);
      crl = await makeCrl();
    },

    crl: () => crl,
    ocsp: (request, at) => answerOcsp(request, { certificateDer, key: caKey.privateKey, statusOf, now: at }),
  };
}

/** The same key for signatures as they must not be any more: WebCrypto ties a key to its digest. */
async function withSha1({ privateKey }: BenchKey): Promise<webcrypto.CryptoKey> {
  const der = privateKey.export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', Uint8Array.from(der), { ...rsaSha256, hash: 'SHA-1' }, false, ['sign']);
}

/** 16 random bytes, positive and without a leading zero byte, so that every reader writes them alike. */
export function newSerialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f);
  return bytes.toString('hex');
}

/** EYYYYMMDD: the era's digit, then the Gregorian date. */
function birthWithEra(isoDate: string): string {
  return eraYear(isoDate).code + isoDate.replaceAll('-', '');
}
