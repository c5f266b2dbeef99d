/**
 * One of the two certificate authorities whose certificates a My Number card holds, with names, key usages and
 * extensions as JPKI's profile has them. The organisation says that it is a bench.
 */
import { randomBytes } from 'node:crypto';
import { eraYear } from '../card/japanese-era.ts';
import { type BenchKey, makeRsaKey, rsaSha256 } from './keys.ts';
import { personalNames } from './personal-names.ts';
import * as x509 from './x509.ts';

/** Whose certificate it is: only the signature certificate names its holder. */
type Holder = { readonly name: string; readonly sex: string; readonly birth: string; readonly address: string };

type UserCertificate = { readonly der: Uint8Array; readonly serialNumber: string };

export type UserCa = {
  readonly certificateDer: Uint8Array;
  /** @param notAfter its last moment; it began five years before, the term of the certificates */
  issue(key: BenchKey, holder: Holder, notAfter: Date): Promise<UserCertificate>;
  /** @param serialNumber hexadecimal, lower case */
  revoke(serialNumber: string): Promise<void>;
  /** The revocation list as it stands now, DER. */
  crl(): Uint8Array;
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

  return {
    certificateDer: new Uint8Array(ca.rawData),

    async issue(key, holder, notAfter) {
      const serialNumber = newSerialNumber();
      const certificate = await x509.X509CertificateGenerator.create({
        serialNumber,
        issuer: dn,
        subject: `C=JP, CN=${randomBytes(13).toString('hex').toUpperCase()}`,
        publicKey: key.pair.publicKey,
        signingKey: caKey.pair.privateKey,
        signingAlgorithm: rsaSha256,
        notBefore: new Date(notAfter.getTime() - 5 * YEAR_MS),
        notAfter,
        extensions: [
          new x509.KeyUsagesExtension(profile.usage, true),
          new x509.CertificatePolicyExtension([profile.policy], true),
          new x509.CRLDistributionPointsExtension([`http://crl.jpki-bench.invalid/${kind}.crl`]),
          await x509.AuthorityKeyIdentifierExtension.create(caKey.pair.publicKey),
          ...(kind === 'signature' ? [personalNames({ ...holder, birth: birthWithEra(holder.birth) })] : []),
        ],
      });
      return { der: new Uint8Array(certificate.rawData), serialNumber };
    },

    async revoke(serialNumber) {
      revoked.push(serialNumber);
      crl = await makeCrl();
    },

    crl: () => crl,
  };
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
