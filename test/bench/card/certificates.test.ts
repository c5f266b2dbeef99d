/** The bench's certificates, judged by OpenSSL and by Node, not by the library that made them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, connect as tlsConnect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { benchPki, issued, JPKI, NOW, readAll, selectFile, verify } from './card-talk.ts';

const hasOpenSsl = spawnSync('openssl', ['version']).status === 0;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kazasu-certificates-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function pemFile(name: string, label: string, der: Uint8Array): string {
  const path = join(folder, name);
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  writeFileSync(path, `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`);
  return path;
}

/** `openssl verify` as on the day that the bench opened; returns what it says. */
function opensslVerify(ca: Uint8Array, crl: Uint8Array, certificate: Uint8Array): string {
  const args = ['verify', '-attime', String(NOW.getTime() / 1000), '-crl_check'];
  args.push('-CAfile', pemFile('ca.pem', 'CERTIFICATE', ca), '-CRLfile', pemFile('crl.pem', 'X509 CRL', crl));
  const { stdout, stderr } = spawnSync('openssl', [...args, pemFile('user.pem', 'CERTIFICATE', certificate)]);
  return `${stdout}${stderr}`;
}

describe('the user-authentication certificate', () => {
  test('is free to read, begins 30 82, and Node verifies it under the authority on the card', async () => {
    const { card, holder, say } = await issued();
    say(JPKI);
    say(selectFile('000A'));
    const der = readAll(card);
    expect(der.subarray(0, 2).toString('hex')).toBe('3082');
    expect(der).toEqual(Buffer.from(holder.certificateDer));
    say(selectFile('000B'));
    const ca = new X509Certificate(readAll(card));
    const certificate = new X509Certificate(der);
    expect(certificate.checkIssued(ca)).toBe(true);
    expect(certificate.verify(ca.publicKey)).toBe(true);
    expect(certificate.serialNumber.toLowerCase()).toBe(holder.serialNumber);
    expect(certificate.issuer.split('\n')).toEqual([
      'C=JP',
      'O=JPKI-BENCH',
      'OU=JPKI for user authentication',
      'OU=Japan Agency for Local Authority Information Systems',
    ]);
    expect(certificate.subject).toMatch(/^C=JP\nCN=[0-9A-F]{26}$/);
    expect(certificate.subjectAltName).toBeUndefined();
  });

  test.runIf(hasOpenSsl)('passes openssl verify with the revocation list; expired and revoked ones do not', async () => {
    const pki = await benchPki();
    const good = await issued();
    const expired = await issued({ certificateDays: -200 });
    const revoked = await issued({ certificateRevoked: true });
    const judge = (der: Uint8Array) => opensslVerify(pki.authCa.certificateDer, pki.crl(), der);
    expect(judge(good.holder.certificateDer)).toMatch(/: OK/);
    expect(judge(expired.holder.certificateDer)).toMatch(/expired/);
    expect(judge(revoked.holder.certificateDer)).toMatch(/revoked/);
    expect(opensslVerify(pki.signCa.certificateDer, pki.signCa.crl(), good.holder.certificateDer)).not.toMatch(/: OK/);
  });
});

test.runIf(hasOpenSsl)('the signature certificate names its holder in otherNames as JPKI does', async () => {
  const { card, say } = await issued();
  say(JPKI);
  say(selectFile('001B'));
  say(verify('BENCH123'));
  say(selectFile('0001'));
  const path = pemFile('sign.pem', 'CERTIFICATE', readAll(card));
  const text = execFileSync('openssl', ['x509', '-in', path, '-noout', '-ext', 'subjectAltName,keyUsage'], { encoding: 'utf8' });
  expect(text).toContain('1.2.392.200149.8.5.5.1');
  expect(text).toContain('見本　花子');
  expect(text).toContain('319810514');
  expect(text).toMatch(/Digital Signature, Non Repudiation/);
});

test('two cards share no key and no serial number', async () => {
  const [a, b] = await Promise.all([issued(), issued()]);
  expect(a.holder.serialNumber).not.toBe(b.holder.serialNumber);
  const keyOf = (der: Uint8Array) =>
    createHash('sha256')
      .update(new X509Certificate(der).publicKey.export({ type: 'spki', format: 'der' }))
      .digest('hex');
  expect(keyOf(a.holder.certificateDer)).not.toBe(keyOf(b.holder.certificateDer));
});

describe('TLS', () => {
  /** Connects over loopback with TLS 1.3 and returns the client's common name as the server saw it. */
  async function handshake(client: { cert?: string; key?: string; ca: string }): Promise<string> {
    const { tls } = await benchPki();
    const options = { ca: tls.ca, ...(await tls.issueServer(currentValidity())), requestCert: true, rejectUnauthorized: true };
    const seen = Promise.withResolvers<string>();
    const server = createServer({ ...options, minVersion: 'TLSv1.3' }, (socket) => {
      seen.resolve(String(socket.getPeerCertificate().subject.CN));
      socket.end();
    });
    server.on('tlsClientError', (error) => seen.reject(error));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const socket = tlsConnect({ ...client, host: '127.0.0.1', port: typeof address === 'object' ? (address?.port ?? 0) : 0 });
    socket.on('error', (error) => seen.reject(error));
    try {
      return await seen.promise;
    } finally {
      socket.destroy();
      server.close();
    }
  }

  /** TLS looks at the real calendar. */
  function currentValidity() {
    return { notBefore: new Date(Date.now() - 60_000), notAfter: new Date(Date.now() + 600_000) };
  }

  test('a reader and the gateway accept each other', async () => {
    const { tls } = await benchPki();
    expect(await handshake({ ca: tls.ca, ...(await tls.issueDevice('reader-7', currentValidity())) })).toBe('reader-7');
  });

  test('without a client certificate, or with an expired one, there is no connection', async () => {
    const { tls } = await benchPki();
    await expect(handshake({ ca: tls.ca })).rejects.toThrow();
    const past = { notBefore: new Date(Date.now() - 600_000), notAfter: new Date(Date.now() - 60_000) };
    await expect(handshake({ ca: tls.ca, ...(await tls.issueDevice('reader-7', past)) })).rejects.toThrow();
  });
});
