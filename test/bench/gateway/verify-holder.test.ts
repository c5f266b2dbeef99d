import { sign, X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { verifyHolder } from '../../../src/bench/gateway/verify-holder.ts';
import { personas } from '../../../src/bench/personas.ts';
import { type BenchPki, createBenchPki } from '../../../src/bench/pki/bench-pki.ts';
import { type BenchKey, makeRsaKey } from '../../../src/bench/pki/keys.ts';

const now = new Date('2026-04-01T00:00:00Z');
const later = (days: number) => new Date(now.getTime() + days * 86_400_000);
const challenge = Buffer.alloc(32, 7);
const [holder] = personas;

let pki: BenchPki;
let other: BenchPki;
let key: BenchKey;
let certificate: Uint8Array;
let serialNumber: string;

beforeAll(async () => {
  [pki, other, key] = await Promise.all([createBenchPki({ now }), createBenchPki({ now }), makeRsaKey()]);
  ({ der: certificate, serialNumber } = await issued(pki, 900));
});

async function issued(by: BenchPki, days: number, ca: 'authCa' | 'signCa' = 'authCa') {
  if (!holder) throw new Error('no personas');
  return by[ca].issue(key, holder, later(days));
}

const signature = (over: Uint8Array = challenge) => sign('sha256', over, key.privateKey);

type Case = { certificate?: Uint8Array; signature?: Uint8Array; crl?: Uint8Array; at?: Date };

function verdict(changes: Case = {}): string {
  const authority = { certificate: new X509Certificate(pki.authCa.certificateDer), crl: changes.crl ?? pki.crl() };
  const proof = { certificate: changes.certificate ?? certificate, signature: changes.signature ?? signature() };
  const found = verifyHolder(proof, challenge, authority, changes.at ?? now);
  return found.ok ? 'holder' : `${found.code}: ${found.message}`;
}

test('a signature by the holder of a good certificate is accepted', () => {
  expect(verdict()).toBe('holder');
});

describe('a proof is refused', () => {
  const chain = 'proof-refused: not a user certificate of this authority';
  const unsigned = 'proof-refused: the signature is not over this challenge by this certificate';

  test('with a certificate of an authority of the same name', async () => {
    expect(verdict({ certificate: (await issued(other, 900)).der })).toBe(chain);
  });
  test('with a signature certificate in the place of a user-authentication certificate', async () => {
    expect(verdict({ certificate: (await issued(pki, 900, 'signCa')).der })).toBe(chain);
  });
  test('with the authority’s own certificate', () => {
    expect(verdict({ certificate: pki.authCa.certificateDer })).toBe(chain);
  });
  test.each([0, 1, 100, -1])('with a certificate cut to %i bytes', (length) => {
    expect(verdict({ certificate: certificate.slice(0, length) })).toMatch(/^proof-refused/);
  });
  test('with any bit of the certificate turned', () => {
    for (let at = 5; at < certificate.length; at += 37) {
      const turned = Uint8Array.from(certificate);
      turned[at] = (turned[at] ?? 0) ^ 0x04;
      expect(verdict({ certificate: turned })).toMatch(/^proof-refused/);
    }
  });
  test('with a signature over another challenge', () => {
    expect(verdict({ signature: signature(Buffer.alloc(32, 8)) })).toBe(unsigned);
  });
  test('with a signature by another key', async () => {
    expect(verdict({ signature: sign('sha256', challenge, (await makeRsaKey()).privateKey) })).toBe(unsigned);
  });
  test('with a signature by another digest, of another length, or none', () => {
    expect(verdict({ signature: sign('sha1', challenge, key.privateKey) })).toBe(unsigned);
    expect(verdict({ signature: signature().subarray(1) })).toBe(unsigned);
    expect(verdict({ signature: new Uint8Array() })).toBe(unsigned);
  });
  test('after the certificate’s last moment', async () => {
    expect(verdict({ certificate: (await issued(pki, -1)).der })).toBe('certificate-expired: the certificate has expired');
  });
  test('before its first', async () => {
    const future = (await issued(pki, 5 * 365 + 1)).der;
    expect(verdict({ certificate: future })).toBe('proof-refused: the certificate is not valid yet');
  });
  test('without a revocation list of this day, or with one of another authority', () => {
    expect(verdict({ at: later(31) })).toBe('unavailable: no revocation list of this day');
    expect(verdict({ crl: other.crl() })).toBe('unavailable: no revocation list of this day');
  });
  test('once the certificate is revoked', async () => {
    const doomed = await issued(pki, 900);
    expect(verdict({ certificate: doomed.der })).toBe('holder');
    await pki.revoke(doomed.serialNumber);
    expect(verdict({ certificate: doomed.der })).toBe('certificate-revoked: the certificate is revoked');
    expect(serialNumber).not.toBe(doomed.serialNumber);
    expect(verdict()).toBe('holder');
  });
});
