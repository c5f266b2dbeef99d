/** OCSP and revocation list: ours, read by OpenSSL, and what the gateway makes of those that are not right. */
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ocspRequest, ocspVerdict } from '../../../src/bench/gateway/ocsp-query.ts';
import { createRevocationService, type RevocationSource } from '../../../src/bench/gateway/revocation.ts';
import { revocationOf } from '../../../src/bench/gateway/revocation-list.ts';
import { birthOn } from '../../../src/bench/persona.ts';
import { personas } from '../../../src/bench/personas.ts';
import { type BenchPki, createBenchPki } from '../../../src/bench/pki/bench-pki.ts';
import { makeRsaKey } from '../../../src/bench/pki/keys.ts';
import { systemClock } from '../../../src/clock.ts';

// OpenSSL judges by the machine's own clock.
const now = new Date();
const nonce = Buffer.alloc(16, 5);
const folder = mkdtempSync(join(tmpdir(), 'kazasu-ocsp-'));
const at = (name: string) => join(folder, name);

let pki: BenchPki;
let other: BenchPki;
let issuer: X509Certificate;
let good: { der: Uint8Array; serialNumber: string };
let revoked: { der: Uint8Array; serialNumber: string };

beforeAll(async () => {
  const [persona] = personas;
  if (!persona) throw new Error('no personas');
  const holder = { ...persona, birth: birthOn(persona, now) };
  const key = await makeRsaKey();
  [pki, other] = await Promise.all([createBenchPki({ now }), createBenchPki({ now })]);
  const end = new Date(now.getTime() + 86_400_000);
  [good, revoked] = await Promise.all([pki.authCa.issue(key, holder, end), pki.authCa.issue(key, holder, end)]);
  await pki.revoke(revoked.serialNumber);
  issuer = new X509Certificate(pki.authCa.certificateDer);
  writeFileSync(at('ca.pem'), issuer.toString());
});
afterAll(() => rmSync(folder, { recursive: true }));

const requestFor = (serialNumber: string) => ocspRequest(issuer, serialNumber, nonce);
const question = (serialNumber: string) => ({ issuer, serialNumber, nonce, now });

describe('OpenSSL', () => {
  test.each([
    ['good', () => good],
    ['revoked', () => revoked],
  ] as const)('reads our request, and believes our answer: %s', (status, which) => {
    const { der, serialNumber } = which();
    writeFileSync(at('cert.pem'), new X509Certificate(der).toString());
    writeFileSync(at('request.der'), requestFor(serialNumber));
    const asked = execFileSync('openssl', ['ocsp', '-reqin', at('request.der'), '-req_text', '-noverify'], { encoding: 'utf8' });
    expect(asked).toContain(serialNumber.toUpperCase());
    writeFileSync(at('response.der'), pki.ocsp(requestFor(serialNumber), now));
    const words = [
      'ocsp',
      '-issuer',
      at('ca.pem'),
      '-cert',
      at('cert.pem'),
      '-respin',
      at('response.der'),
      '-CAfile',
      at('ca.pem'),
    ];
    const told = execFileSync('openssl', [...words, '-no_nonce'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    expect(told).toContain(`${at('cert.pem')}: ${status}`);
  });

  test('asks us, and we answer its request', () => {
    writeFileSync(at('cert.pem'), new X509Certificate(good.der).toString());
    const words = ['ocsp', '-issuer', at('ca.pem'), '-cert', at('cert.pem'), '-reqout', at('theirs.der')];
    execFileSync('openssl', words, { stdio: 'ignore' });
    const request = execFileSync('cat', [at('theirs.der')]);
    writeFileSync(at('answer.der'), pki.ocsp(request, now));
    const told = execFileSync('openssl', ['ocsp', '-respin', at('answer.der'), '-resp_text', '-noverify'], { encoding: 'utf8' });
    expect(told).toContain('Cert Status: good');
  });

  test('believes our revocation list', () => {
    writeFileSync(at('list.der'), pki.crl());
    const words = ['crl', '-in', at('list.der'), '-inform', 'DER', '-CAfile', at('ca.pem'), '-text'];
    const told = execFileSync('openssl', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    expect(told).toContain(revoked.serialNumber.toUpperCase());
  });
});

describe('an OCSP answer is no verdict', () => {
  const altered = (serialNumber: string, change: (answer: Uint8Array) => Uint8Array) =>
    ocspVerdict(change(pki.ocsp(requestFor(serialNumber), now)), question(serialNumber));

  test('unless it is left as it was', () => {
    expect(altered(good.serialNumber, (answer) => answer)).toBe('good');
    expect(altered(revoked.serialNumber, (answer) => answer)).toBe('revoked');
  });
  test('with any bit turned', () => {
    const { length } = pki.ocsp(requestFor(revoked.serialNumber), now);
    for (let bit = 0; bit < length; bit += 3) {
      const turn = (answer: Uint8Array) => answer.map((byte, index) => (index === bit ? byte ^ 0x10 : byte));
      expect(altered(revoked.serialNumber, turn)).not.toBe('good');
      expect(altered(good.serialNumber, turn)).not.toBe('revoked');
    }
  });
  test('cut anywhere', () => {
    for (let length = 0; length < 400; length += 7)
      expect(altered(good.serialNumber, (answer) => answer.subarray(0, length))).toBe('unknown');
  });
  test('from another authority, of another certificate, or to another question', () => {
    const { serialNumber } = good;
    expect(ocspVerdict(other.ocsp(requestFor(serialNumber), now), question(serialNumber))).toBe('unknown');
    expect(ocspVerdict(pki.ocsp(requestFor(serialNumber), now), question(revoked.serialNumber))).toBe('unknown');
    const replayed = { ...question(serialNumber), nonce: Buffer.alloc(16, 6) };
    expect(ocspVerdict(pki.ocsp(requestFor(serialNumber), now), replayed)).toBe('unknown');
  });
  test('of yesterday or of tomorrow', () => {
    const { serialNumber } = good;
    const answer = pki.ocsp(requestFor(serialNumber), now);
    for (const hours of [-1, 2])
      expect(ocspVerdict(answer, { ...question(serialNumber), now: new Date(now.getTime() + hours * 3_600_000) })).toBe(
        'unknown',
      );
  });
  test('of a certificate that was never issued, or to a request that is none', () => {
    const never = '4fffffffffffffffffffffffffffffff';
    expect(ocspVerdict(pki.ocsp(requestFor(never), now), question(never))).toBe('unknown');
    expect(pki.ocsp(Buffer.from('30030a0101', 'hex'), now)).toEqual(pki.ocsp(new Uint8Array(), now));
  });
});

describe('a revocation list is no verdict', () => {
  test('of another authority, of another day, or when it is none', () => {
    const later = new Date(now.getTime() + 31 * 86_400_000);
    expect(revocationOf(pki.crl(), good.serialNumber, issuer, now)).toBe('good');
    expect(revocationOf(pki.crl(), revoked.serialNumber, issuer, now)).toBe('revoked');
    expect(revocationOf(other.crl(), good.serialNumber, issuer, now)).toBe('unknown');
    expect(revocationOf(pki.crl(), good.serialNumber, issuer, later)).toBe('unknown');
    expect(revocationOf(Buffer.from('none'), good.serialNumber, issuer, now)).toBe('unknown');
  });
});

describe.each(['in this process', 'over HTTP'] as const)('the gateway asks %s', (way) => {
  const controls = { ocspDown: false, crlDown: false };
  const asked: string[] = [];
  let service: ReturnType<typeof createRevocationService>;
  beforeAll(async () => {
    const source: RevocationSource = {
      crl() {
        asked.push('list');
        return pki.crl();
      },
      ocsp(request, at) {
        asked.push('ocsp');
        return pki.ocsp(request, at);
      },
    };
    const issuerDer = pki.authCa.certificateDer;
    const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
    service = createRevocationService({ issuerDer, source, controls, random, clock: systemClock });
    if (way === 'over HTTP') await service.listen();
  });
  afterAll(() => service.close());

  test.each([
    [{ ocspDown: false, crlDown: false }, ['good', 'revoked'], ['ocsp', 'ocsp']],
    [{ ocspDown: true, crlDown: false }, ['good', 'revoked'], ['list', 'list']],
    [{ ocspDown: true, crlDown: true }, ['unknown', 'unknown'], []],
  ])('with %j: %j', async (down, verdicts, sources) => {
    Object.assign(controls, down);
    asked.length = 0;
    const at = new Date(Math.floor(Date.now() / 1000) * 1000 + 1000);
    expect([await service.check(good.serialNumber, at), await service.check(revoked.serialNumber, at)]).toEqual(verdicts);
    expect(asked).toEqual(sources);
  });
});
