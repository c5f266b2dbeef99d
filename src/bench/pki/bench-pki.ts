/**
 * Every key and certificate of the bench, made anew at each start and kept in memory only. Nothing signed with
 * them means anything outside: the names say that they are a bench's.
 */
import { type KeyObject, sign } from 'node:crypto';
import { ascii } from '../card/bytes.ts';
import { issueCvCertificate } from './cv-certificate.ts';
import { type BenchKey, makeRsaKey } from './keys.ts';
import { createTlsCa, type TlsCa, type TlsIdentity } from './tls-ca.ts';
import { createUserCa, type UserCa } from './user-ca.ts';

export type BenchPki = {
  /** Issues user-authentication certificates (JPKI EF 000A). */
  readonly authCa: UserCa;
  /** Issues signature certificates (JPKI EF 0001). */
  readonly signCa: UserCa;
  readonly cv: {
    /** What a reader must trust so as to believe a card face. */
    readonly rootKey: KeyObject;
    readonly municipality: {
      readonly privateKey: KeyObject;
      /** EF 0004 of the cards it issues. */
      readonly certificate: Uint8Array;
    };
  };
  /** The institution's terminal authentication: a stand-in of ours, since the national one is not public. */
  readonly terminal: {
    /** JPKI EF 0016: what the card believes terminals by. */
    readonly caKey: KeyObject;
    /** 7F21 with a 5F4E of 307 bytes: the usual 297, then role[2] and expiry YYYYMMDD. */
    readonly certificate: Uint8Array;
    /** 256 bytes: RSASSA-PKCS1-v1_5 SHA-256 by the terminal key. */
    sign(data: Uint8Array): Uint8Array;
    /** PKCS #8, PEM: for a gateway in another process. */
    readonly keyPem: string;
  };
  readonly tls: TlsCa & { readonly server: TlsIdentity };
  /** Revokes a user-authentication certificate. @param serialNumber hexadecimal, lower case */
  revoke(serialNumber: string): Promise<void>;
  /** The revocation list of the user-authentication authority, DER. */
  crl(): Uint8Array;
  /** Its OCSP responder (RFC 6960): an OCSPRequest's answer, both DER. */
  ocsp(request: Uint8Array, now: Date): Uint8Array;
};

/** @param options.now the day on which the bench opens: certificates are dated from it. Takes about half a second. */
export async function createBenchPki(options: { readonly now: Date }): Promise<BenchPki> {
  const { now } = options;
  const [authCa, signCa, tlsCa, root, municipality, terminalCa, terminal] = await Promise.all([
    createUserCa('authentication', now),
    createUserCa('signature', now),
    createTlsCa(now),
    makeRsaKey(),
    makeRsaKey(),
    makeRsaKey(),
    makeRsaKey(),
  ]);
  return {
    authCa,
    signCa,
    cv: { rootKey: root.publicKey, municipality: municipalityOf(root, municipality) },
    terminal: terminalOf(terminalCa, terminal, now),
    tls: { ...tlsCa, server: await tlsCa.issueServer() },
    revoke: (serialNumber) => authCa.revoke(serialNumber),
    crl: () => authCa.crl(),
    ocsp: authCa.ocsp,
  };
}

function municipalityOf(root: BenchKey, municipality: BenchKey): BenchPki['cv']['municipality'] {
  return {
    privateKey: municipality.privateKey,
    certificate: issueCvCertificate(
      { keyId: '9000023', privateKey: root.privateKey },
      { keyId: '9000001', publicKey: municipality.publicKey },
    ),
  };
}

function terminalOf(ca: BenchKey, terminal: BenchKey, now: Date): BenchPki['terminal'] {
  const role = '01';
  const expiry = `${now.getFullYear() + 1}1231`;
  return {
    caKey: ca.publicKey,
    certificate: issueCvCertificate(
      { keyId: '9000060', privateKey: ca.privateKey },
      { keyId: '9000061', publicKey: terminal.publicKey, more: ascii(role + expiry) },
    ),
    sign: (data) => Uint8Array.from(sign('sha256', data, terminal.privateKey)),
    keyPem: terminal.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
