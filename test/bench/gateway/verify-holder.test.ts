/** Which proofs of a card's holder the bench gateway refuses, each for its own reason. */
import { constants, createHash, privateEncrypt, sign, X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Revocation } from '../../../src/bench/gateway/revocation-list.ts';
import { verifyHolder } from '../../../src/bench/gateway/verify-holder.ts';
import { birthOn } from '../../../src/bench/persona.ts';
import { personas } from '../../../src/bench/personas.ts';
import { type BenchPki, createBenchPki } from '../../../src/bench/pki/bench-pki.ts';
import { type BenchKey, makeEcKey, makeRsaKey, rsaSha256 } from '../../../src/bench/pki/keys.ts';
import type { Unusual } from '../../../src/bench/pki/user-ca.ts';
import { BasicConstraintsExtension, Extension, KeyUsageFlags } from '../../../src/desk/x509.ts';

const now = new Date('2026-04-01T00:00:00Z');
const later = (days: number) => new Date(now.getTime() + days * 86_400_000);
const challenge = Buffer.alloc(32, 7);
const [holder] = personas;

let pki: BenchPki;
let other: BenchPki;
let key: BenchKey;
let certificate: Uint8Array;

beforeAll(async () => {
  [pki, other, key] = await Promise.all([createBenchPki({ now }), createBenchPki({ now }), makeRsaKey()]);
  certificate = await issued();
});

type Wish = { days?: number; by?: BenchPki; ca?: 'authCa' | 'signCa'; key?: Pick<BenchKey, 'pair'>; unusual?: Unusual };

async function issued({ days = 900, by = pki, ca = 'authCa', key: of = key, unusual = {} }: Wish = {}): Promise<Uint8Array> {
  if (!holder) throw new Error('no personas');
  return (await by[ca].issue(of, { ...holder, birth: birthOn(holder, now) }, later(days), unusual)).der;
}

async function rsaKey(modulusLength: number, exponent = Uint8Array.of(1, 0, 1)): Promise<Pick<BenchKey, 'pair'>> {
  const algorithm = { ...rsaSha256, modulusLength, publicExponent: exponent };
  return { pair: await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) };
}

const signature = (over: Uint8Array = challenge) => sign('sha256', over, key.privateKey);
/** Of a number below every modulus of that length: what it signs does not matter. */
async function signatureByAnother(): Promise<Buffer> {
  const { privateKey } = await makeRsaKey();
  for (let content = 0; ; content++) {
    const found = sign('sha256', Buffer.of(content), privateKey);
    if (found.readUInt8() < 0x80) return found;
  }
}

const bare = (block: Uint8Array) => privateEncrypt({ key: key.privateKey, padding: constants.RSA_PKCS1_PADDING }, block);
const turned = (bytes: Uint8Array, at: number) => bytes.map((byte, index) => (index === at ? byte ^ 0x04 : byte));
const cut = (bytes: Uint8Array, length: number) => bytes.slice(0, length);

type Case = { certificate?: Uint8Array; signature?: Uint8Array; revocation?: Revocation; at?: Date };

async function verdict(changes: Case = {}): Promise<string> {
  const authority = {
    certificate: new X509Certificate(pki.authCa.certificateDer),
    revocationOf: async () => changes.revocation ?? 'good',
  };
  const proof = { certificate: changes.certificate ?? certificate, signature: changes.signature ?? signature() };
  const found = await verifyHolder(proof, challenge, authority, changes.at ?? now);
  if (!found.ok) return `${found.code}: ${found.message}`;
  return found.inGrace ? 'holder, in grace' : 'holder';
}

/** What is wrong with it, how it is made, and the reason that it is refused with. */
const bad: readonly [string, () => Case | Promise<Case>, string][] = [
  ['no bytes', () => ({ certificate: new Uint8Array() }), 'proof-refused: not a certificate'],
  ['a certificate cut short', () => ({ certificate: cut(certificate, 400) }), 'proof-refused: not a certificate'],
  [
    'a byte after the certificate',
    () => ({ certificate: Buffer.concat([certificate, Uint8Array.of(0)]) }),
    'proof-refused: not a certificate',
  ],
  [
    'the authority’s own certificate',
    () => ({ certificate: pki.authCa.certificateDer }),
    'proof-refused: an authority’s certificate, not a person’s',
  ],
  [
    'a person’s certificate that calls itself an authority’s',
    async () => ({ certificate: await issued({ unusual: { more: [new BasicConstraintsExtension(true, 0, true)] } }) }),
    'proof-refused: an authority’s certificate, not a person’s',
  ],
  [
    'the signature certificate of the card',
    async () => ({ certificate: await issued({ ca: 'signCa' }) }),
    'proof-refused: issued by another authority',
  ],
  [
    'an authority of the same name',
    async () => ({ certificate: await issued({ by: other }) }),
    'proof-refused: not signed by the authority whose name it bears',
  ],
  [
    'a changed certificate',
    () => ({ certificate: turned(certificate, certificate.length - 1) }),
    'proof-refused: not signed by the authority whose name it bears',
  ],
  [
    'an elliptic-curve key',
    async () => ({ certificate: await issued({ key: await makeEcKey() }) }),
    'proof-refused: a key that is not RSA',
  ],
  [
    'an RSA key of 1024 bits',
    async () => ({ certificate: await issued({ key: await rsaKey(1024) }) }),
    'proof-refused: an RSA key of another length than 2048 bits',
  ],
  [
    'an RSA key with exponent 3',
    async () => ({ certificate: await issued({ key: await rsaKey(2048, Uint8Array.of(3)) }) }),
    'proof-refused: an RSA key with another exponent than 65537',
  ],
  [
    'a certificate signed with SHA-1',
    async () => ({ certificate: await issued({ unusual: { hash: 'SHA-1' } }) }),
    'proof-refused: signed with another algorithm than SHA-256 with RSA',
  ],
  [
    'an unknown critical extension',
    async () => ({
      certificate: await issued({ unusual: { more: [new Extension('1.2.3.4', true, Uint8Array.of(5, 0))] } }),
    }),
    'proof-refused: a critical extension that is not known',
  ],
  [
    'a key usage for encryption',
    async () => ({ certificate: await issued({ unusual: { usage: KeyUsageFlags.keyEncipherment } }) }),
    'proof-refused: a key usage other than digital signature',
  ],
  [
    'a key usage that signs documents too',
    async () => ({
      certificate: await issued({ unusual: { usage: KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation } }),
    }),
    'proof-refused: a key usage other than digital signature',
  ],
  [
    'another policy',
    async () => ({ certificate: await issued({ unusual: { policy: '1.2.392.200149.8.5.1.1.20' } }) }),
    'proof-refused: a policy other than user authentication',
  ],
  [
    'a term of ten years',
    async () => ({ certificate: await issued({ unusual: { notBefore: later(-10 * 365) } }) }),
    'proof-refused: a longer term than the authority gives',
  ],
  [
    'a certificate of tomorrow',
    async () => ({ certificate: await issued({ days: 5 * 365 + 1 }) }),
    'proof-refused: a certificate that is not valid yet',
  ],
  [
    'a certificate whose grace is over',
    async () => ({ certificate: await issued({ days: -125 }) }),
    'certificate-expired: the certificate has expired, and its grace too',
  ],
  ['a revoked certificate', () => ({ revocation: 'revoked' }), 'certificate-revoked: the certificate is revoked'],
  [
    'a certificate of which nobody can tell',
    () => ({ revocation: 'unknown' }),
    'unavailable: neither OCSP nor a revocation list of this day',
  ],
  ['no signature', () => ({ signature: new Uint8Array() }), 'proof-refused: a signature of another length than the key’s'],
  [
    'a signature cut by a byte',
    () => ({ signature: signature().subarray(1) }),
    'proof-refused: a signature of another length than the key’s',
  ],
  [
    'a signature of nothing but ones',
    () => ({ signature: Buffer.alloc(256, 0xff) }),
    'proof-refused: a signature that is no number below the key’s modulus',
  ],
  [
    'a signature over another challenge, as a replayed one is',
    () => ({ signature: signature(Buffer.alloc(32, 8)) }),
    'proof-refused: a signature over another challenge',
  ],
  [
    'a signature with SHA-1',
    () => ({ signature: sign('sha1', challenge, key.privateKey) }),
    'proof-refused: a signature with another digest than SHA-256',
  ],
  [
    'a signature with SHA-512',
    () => ({ signature: sign('sha512', challenge, key.privateKey) }),
    'proof-refused: a signature with another digest than SHA-256',
  ],
  [
    'a digest signed without its algorithm',
    () => ({ signature: bare(createHash('sha256').update(challenge).digest()) }),
    'proof-refused: a bare digest that was signed without its algorithm',
  ],
  [
    'an RSASSA-PSS signature',
    () => ({
      signature: sign('sha256', challenge, { key: key.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }),
    }),
    'proof-refused: an RSASSA-PSS signature in the place of RSASSA-PKCS1-v1_5',
  ],
  [
    'a signature by another key',
    async () => ({ signature: await signatureByAnother() }),
    'proof-refused: a signature by another key',
  ],
];

test('a signature by the holder of a good certificate is accepted', async () => {
  expect(await verdict()).toBe('holder');
});

describe('a proof is refused with', () => {
  test.each(bad)('%s', async (_what, made, reason) => {
    expect(await verdict(await made())).toBe(reason);
  });

  test('any bit of the certificate turned', async () => {
    for (let at = 5; at < certificate.length; at += 37)
      expect(await verdict({ certificate: turned(certificate, at) })).toMatch(/^proof-refused/);
  });

  test('more than twenty reasons, none of which is told of another kind', () => {
    expect(new Set(bad.map(([, , reason]) => reason)).size).toBeGreaterThan(20);
  });
});

describe('the three months after a certificate’s end', () => {
  // Ends on 1 December 2025: the month to its last day, then January, February and March of 2026, in Japan.
  const days = -121;
  test.each([
    ['2025-11-30T23:59:59Z', 'holder'],
    ['2025-12-01T00:00:01Z', 'holder, in grace'],
    ['2026-03-31T14:59:59Z', 'holder, in grace'],
    ['2026-03-31T15:00:00Z', 'certificate-expired: the certificate has expired, and its grace too'],
  ])('at %s: %s', async (at, expected) => {
    expect(await verdict({ certificate: await issued({ days }), at: new Date(at) })).toBe(expected);
  });
});
