/** The two keys of the card as OpenSC names them, and signatures that its two ways of access make with them. */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { VirtualCard } from '../../src/bench/card/virtual-card.ts';
import { JPKI, readAll, selectFile, talk, verify } from '../bench/card/card-talk.ts';
import type { JudgedReader } from './judged-reader.ts';
import { run, succeed } from './programs.ts';
import type { Workshop } from './workshop.ts';

export type UserKey = {
  /** PKCS #15's for key, certificate and PIN alike. */
  readonly id: string;
  readonly tokenLabel: string;
  readonly secret: string;
  /** Identifiers of the EFs. */
  readonly secretFile: string;
  readonly certificateFile: string;
};

export const authentication: UserKey = {
  id: '01',
  tokenLabel: 'JPKI (User Authentication PIN)',
  secret: '1234',
  secretFile: '0018',
  certificateFile: '000A',
};

export const signature: UserKey = {
  id: '02',
  tokenLabel: 'JPKI (Digital Signature PIN)',
  secret: 'BENCH123',
  secretFile: '001B',
  certificateFile: '0001',
};

/** What stands in a JPKI file, read from the card itself without a reader between; `key` opens it. */
export function fileOfCard(card: VirtualCard, file: string, key?: UserKey): Buffer {
  const say = talk(card);
  card.powerOn();
  say(JPKI);
  if (key) {
    say(selectFile(key.secretFile));
    say(verify(key.secret));
  }
  say(selectFile(file));
  const bytes = readAll(card);
  card.powerOff();
  return bytes;
}

/** COMPUTE DIGITAL SIGNATURE over the DigestInfo of the message's SHA-256, in hexadecimal. */
export function signCommand(message: Uint8Array): string {
  const hash = createHash('sha256').update(message).digest('hex').toUpperCase();
  return `802A0080333031300D060960864801650304020105000420${hash}00`;
}

/** A certificate as pkcs15-tool reads it, DER; the key's PIN or password is verified first when `key` is given. */
export async function certificateBy(reader: JudgedReader, workshop: Workshop, id: string, key?: UserKey): Promise<Buffer> {
  const path = workshop.path('certificate.pem');
  const login = key ? ['--auth-id', key.id, '--verify-pin', '--pin', key.secret] : [];
  await reader.succeed('pkcs15-tool', ...login, '--read-certificate', id, '--output', path);
  return Buffer.from((await readFile(path, 'latin1')).replaceAll(/-----.*-----|\s/g, ''), 'base64');
}

/** SHA256-RSA (PKCS #1 v1.5) of `message`, by PKCS #15: the host hashes, pads a DigestInfo, and the card signs it. */
export async function signByPkcs15(reader: JudgedReader, workshop: Workshop, key: UserKey, message: Buffer): Promise<Buffer> {
  const [hash, output] = [workshop.path('hash'), workshop.path('signature')];
  await writeFile(hash, createHash('sha256').update(message).digest());
  const files = ['--input', hash, '--output', output];
  await reader.succeed('pkcs15-crypt', '--sign', '--sha-256', '--pkcs1', '--key', key.id, '--pin', key.secret, ...files);
  return readFile(output);
}

/** The same, through the PKCS #11 module that browsers and signing programs load. */
export async function signByPkcs11(reader: JudgedReader, workshop: Workshop, key: UserKey, message: Buffer): Promise<Buffer> {
  const [input, output] = [workshop.path('message'), workshop.path('signature')];
  await writeFile(input, message);
  const login = ['--login', '--pin', key.secret, '--token-label', key.tokenLabel, '--id', key.id];
  const files = ['--input-file', input, '--output-file', output];
  await reader.succeed('pkcs11-tool', ...login, '--sign', '--mechanism', 'SHA256-RSA-PKCS', ...files);
  return readFile(output);
}

/** What OpenSSL says of a signature: 'Verified OK' or 'Verification failure'. */
export async function opensslVerdict(
  workshop: Workshop,
  certificate: Uint8Array,
  message: Buffer,
  signed: Buffer,
): Promise<string> {
  const [der, pem, data, bytes] = ['of.der', 'of.pub', 'signed-message', 'signed-bytes'].map((name) => workshop.path(name)) as [
    string,
    string,
    string,
    string,
  ];
  await Promise.all([writeFile(der, certificate), writeFile(data, message), writeFile(bytes, signed)]);
  await writeFile(pem, await succeed('openssl', ['x509', '-inform', 'DER', '-in', der, '-noout', '-pubkey']));
  const { stdout } = await run('openssl', ['dgst', '-sha256', '-verify', pem, '-signature', bytes, data]);
  return stdout.toString().split('\n')[0] ?? '';
}
