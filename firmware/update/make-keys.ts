/** The keys that updates and images are signed with: an authority that stays offline, and a signer for releases. */
import { spawnSync } from 'node:child_process';
import { KeyObject, randomBytes, webcrypto } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as x509 from '../../src/desk/x509.ts';
import { Mistake } from '../image/mistake.ts';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 86_400_000;
/** The authority outlives every unit that believes it. */
const CA_DAYS = 25 * 365;
const SIGNER_DAYS = 5 * 365;

export type KeyFiles = {
  /** The one file that goes into images. */
  readonly ca: string;
  readonly signer: string;
  readonly signerKey: string;
};

export const keyFilesIn = (folder: string): KeyFiles => ({
  ca: join(folder, 'update-ca.pem'),
  signer: join(folder, 'release-signer.pem'),
  signerKey: join(folder, 'release-signer.key'),
});

export type KeyWish = {
  readonly folder: string;
  /** Named as test keys, so that nobody takes a test image for a clinic's. */
  readonly test: boolean;
  readonly now: Date;
};

/**
 * Makes an authority and a signer, or another signer where the authority's key lies already. Keys are files of mode
 * 0600. Throws a Mistake when the folder lies in a repository, or holds a signer.
 */
export async function makeKeys({ folder, test, now }: KeyWish): Promise<KeyFiles> {
  refuseRepository(folder);
  const files = keyFilesIn(folder);
  const caKeyFile = join(folder, 'update-ca.key');
  if (existsSync(files.signerKey)) {
    throw new Mistake(`${files.signerKey} is there already; nothing was written. Move the signer away to make another.`);
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const issuer = existsSync(caKeyFile) ? await readAuthority(files.ca, caKeyFile) : await makeAuthority(test, now);
  if (!existsSync(caKeyFile)) {
    writeFileSync(files.ca, issuer.certificate.toString('pem'), { mode: 0o644 });
    writeFileSync(caKeyFile, pem(issuer.key), { mode: 0o600 });
  }
  const keys = await newKeys();
  // No extended usage: with codeSigning RAUC refuses the signer, since it asks for S/MIME (check-purpose).
  const signer = await x509.X509CertificateGenerator.create({
    ...validFor(SIGNER_DAYS, now),
    serialNumber: newSerial(),
    subject: issuer.certificate.subject.replace('update CA', 'release signer'),
    issuer: issuer.certificate.subject,
    publicKey: keys.publicKey,
    signingKey: issuer.key,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.certificate.publicKey),
    ],
  });
  writeFileSync(files.signer, `${signer.toString('pem')}\n`, { mode: 0o644 });
  writeFileSync(files.signerKey, pem(keys.privateKey), { mode: 0o600 });
  return files;
}

type Authority = { readonly certificate: x509.X509Certificate; readonly key: webcrypto.CryptoKey };

async function makeAuthority(test: boolean, now: Date): Promise<Authority> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...validFor(CA_DAYS, now),
    serialNumber: newSerial(),
    name: test ? 'O=Kazasu TEST, CN=Kazasu TEST update CA - never for a clinic' : 'O=Kazasu, CN=Kazasu update CA',
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate, key: keys.privateKey };
}

async function readAuthority(certificate: string, keyFile: string): Promise<Authority> {
  const der = Buffer.from(readFileSync(keyFile, 'latin1').replaceAll(/-----.*?-----|\s/g, ''), 'base64');
  const key = await webcrypto.subtle.importKey('pkcs8', der, ALGORITHM, true, ['sign']);
  return { certificate: new x509.X509Certificate(readFileSync(certificate, 'latin1')), key };
}

const newKeys = () => webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
/** RFC 5280 §4.1.2.2: positive, at most 20 octets. */
const newSerial = () => `01${randomBytes(15).toString('hex')}`;
const pem = (key: webcrypto.CryptoKey) => KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString();
/** From a day before: a PC's clock and a unit's differ. */
const validFor = (days: number, now: Date) => ({
  notBefore: new Date(now.getTime() - DAY_MS),
  notAfter: new Date(now.getTime() + days * DAY_MS),
});

/** A key that is in a repository once is in every copy of it for ever. What git ignores is not in it. */
function refuseRepository(folder: string): void {
  const path = resolve(folder);
  const existing = firstExisting(path);
  const git = (...args: string[]) => spawnSync('git', ['-C', existing, ...args], { stdio: 'ignore' }).status;
  if (git('rev-parse', '--is-inside-work-tree') !== 0 || git('check-ignore', '-q', path) === 0) return;
  throw new Mistake(`${folder} lies in a git repository, where no signing key may be. Name a folder outside of it.`);
}

function firstExisting(path: string): string {
  return existsSync(path) ? path : firstExisting(resolve(path, '..'));
}
