/**
 * A card of a made-up generation: other AIDs, files and keys, ECDSA P-384 with SHA-384, a printed code of 16 digits.
 * The announced one's layout is not public; this shows that one would be data. Public keys are
 *
 *   86 61 04 x(48) y(48)
 *
 * and the card hashes what it signs (P1 03).
 */
import { createHash, createPublicKey, type KeyObject, randomBytes, sign, verify } from 'node:crypto';
import { type Application, type File, free, holds, opensTo } from '../../../src/bench/card/application.ts';
import { ascii, concat, hex, tlv } from '../../../src/bench/card/bytes.ts';
import { MyNumberCard } from '../../../src/bench/card/my-number-card.ts';
import { Secret } from '../../../src/bench/card/secret.ts';
import type { Signer } from '../../../src/bench/card/signing.ts';
import { SW } from '../../../src/bench/card/status-word.ts';
import { birthOn } from '../../../src/bench/persona.ts';
import { personaById } from '../../../src/bench/personas.ts';
import { type BenchKey, makeEcKey } from '../../../src/bench/pki/keys.ts';
import type { CardProfile } from '../../../src/card/my-number/card-profile.ts';
import type { SignatureAlgorithm } from '../../../src/card/my-number/signature-algorithm.ts';
import { failed, ok } from '../../../src/faults/result.ts';
import { benchPki, NOW } from '../../bench/card/card-talk.ts';

const HASH_AND_SIGN = 0x03;
const sha384 = (...parts: readonly Uint8Array[]) => createHash('sha384').update(Buffer.concat(parts)).digest();

const ecdsaP384: SignatureAlgorithm = {
  name: 'ECDSA P-384 SHA-384',
  digest: sha384,
  parseKey(bytes) {
    if (bytes.length !== 99 || Buffer.from(bytes.subarray(0, 3)).toString('hex') !== '866104') return failed('CARD-106');
    const [x, y] = [bytes.subarray(3, 51), bytes.subarray(51)].map((part) => Buffer.from(part).toString('base64url'));
    return ok(createPublicKey({ key: { kty: 'EC', crv: 'P-384', x: x ?? '', y: y ?? '' }, format: 'jwk' }));
  },
  toBeSigned: (message) => ({ p1: HASH_AND_SIGN, data: message }),
  isSigned: (message, signature, key) => verify('sha384', message, key, signature),
  areSigned: (digests, signature, key) => verify('sha384', Buffer.concat(digests), key, signature),
};

const aid = (suffix: string) => `F0000000000000${suffix}`;

export const NEXT_CARD: CardProfile = {
  jpki: {
    aid: hex(aid('01')),
    tokenInfo: 0x0101,
    presence: 0x0102,
    authenticationCertificate: 0x0103,
    authenticationAuthority: 0x0104,
    signatureAuthority: 0x0105,
    authenticationKey: 0x0106,
    authenticationPin: { file: 0x0107, tries: 5 },
    signaturePassword: { file: 0x0108, tries: 5 },
  },
  cardFace: {
    aid: hex(aid('02')),
    ageRecord: 0x0201,
    face: 0x0202,
    basicInformation: 0x0203,
    certificate: 0x0204,
    birthDate: { file: 0x0205, tries: 10 },
    codeB: { file: 0x0206, tries: 15 },
    codeA: { file: 0x0207, tries: 15 },
  },
  inputSupport: {
    aid: hex(aid('03')),
    attributes: 0x0301,
    digests: 0x0302,
    certificate: 0x0303,
    ownKey: 0x0304,
    pin: { file: 0x0305, tries: 5 },
    codeB: { file: 0x0306, tries: 15 },
  },
  commonCard: { aid: hex(aid('04')), cardRecord: 0x0401, pin: { file: 0x0402, tries: 5 } },
  juki: { aid: hex(aid('05')), pin: { file: 0x0501, tries: 5 } },
  issuerDomain: { aid: hex('A0000001510000') },
  algorithm: ecdsaP384,
  printedCode: { digits: 16, triesForPeople: 5 },
};

export const CODE_B = '1981051420360042';
export const PIN = '482915';
export const portrait = Uint8Array.from({ length: 900 }, (_, index) => index & 0xff);

/** The made-up card, and the root that its signer is certified by. */
export async function issueNextCard(): Promise<{ card: MyNumberCard; cvRoot: KeyObject }> {
  const [root, municipality, own, holderKey] = await Promise.all([1, 2, 3, 4].map(() => makeEcKey('P-384')));
  const pki = await benchPki();
  const adult = personaById('adult');
  if (!root || !municipality || !own || !holderKey || !adult) throw new Error('no keys');
  const certificate = await pki.authCa.issue(holderKey, { ...adult, birth: birthOn(adult, NOW) }, new Date(NOW.getTime() + 1e10));
  const userPin = new Secret(ascii(PIN), 5);
  const cv = cvCertificate(municipality.publicKey, root);
  const card = new MyNumberCard({
    userPin,
    random: randomBytes,
    holder: {
      personaId: adult.id,
      verificationCodeB: CODE_B,
      certificateDer: certificate.der,
      serialNumber: certificate.serialNumber,
      pinTriesLeft: () => userPin.triesLeft,
    },
    applications: [
      jpki(certificate.der, pki.authCa.certificateDer, holderKey, userPin),
      cardFace(cv, municipality, own),
      inputSupport(cv, municipality, own),
      {
        aid: aid('04'),
        files: new Map<number, File>([[0x0401, { kind: 'records', records: [concat(hex('01 1C'), ascii(RECORD))] }]]),
      },
    ],
  });
  return { card, cvRoot: root.publicKey };
}

const RECORD = `${'7'.repeat(15)}00000${'20360514'}`;

const signer =
  (key: BenchKey): Signer =>
  (p1, data) =>
    p1 === HASH_AND_SIGN ? sign('sha384', data, key.privateKey) : SW.wrongParameters;

function publicKey(key: KeyObject): Uint8Array {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return concat(hex('86 61 04'), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url'));
}

function cvCertificate(subject: KeyObject, issuer: BenchKey): Uint8Array {
  const body = concat(new Uint8Array(32), publicKey(subject));
  return tlv('7F21', concat(tlv('5F4E', body), tlv('5F37', sign('sha384', body, issuer.privateKey))));
}

function jpki(certificate: Uint8Array, authority: Uint8Array, key: BenchKey, pin: Secret): Application {
  return {
    aid: aid('01'),
    files: new Map<number, File>([
      [0x0101, free(ascii('NEXTTOKEN'.padEnd(160, ' ')))],
      [0x0102, free(hex('00 8F 00'))],
      [0x0103, free(certificate)],
      [0x0104, free(authority)],
      [0x0106, { kind: 'signing-key', sign: signer(key), opensTo: pin, terminal: false }],
      [0x0107, holds(pin)],
      [0x0108, holds(new Secret(ascii('NONE'), 5, 0))],
    ]),
  };
}

function cardFace(cv: Uint8Array, municipality: BenchKey, own: BenchKey): Application {
  const key = publicKey(own.publicKey);
  const person = [tlv('DF22', ascii('19810514')), tlv('DF23', ascii('0')), tlv('DF24', key)];
  const print = [tlv('DF25', ascii('name')), tlv('DF26', ascii('address'))];
  const face = [tlv('DF27', portrait)];
  const digests = [person, print, face].map((objects) => sha384(...objects));
  const signature = tlv('DF28', sign('sha384', Buffer.concat(digests), municipality.privateKey));
  const age = [tlv('DF11', ascii('19810514')), tlv('DF12', key)];
  const codeB = new Secret(ascii(CODE_B), 15);
  const birth = new Secret(ascii('19810514'), 10);
  return {
    aid: aid('02'),
    ownKey: signer(own),
    files: new Map<number, File>([
      [0x0201, opensTo(record('FF10', age, 'DF13', municipality), birth)],
      [0x0202, opensTo(tlv('FF20', concat(...person, ...print, ...face, signature)), codeB)],
      [0x0203, free(tlv('FF30', concat(tlv('DF31', hex('02 00 0E 01')), tlv('DF34', ascii('00000')))))],
      [0x0204, free(cv)],
      [0x0205, holds(birth)],
      [0x0206, holds(codeB)],
      [0x0207, holds(new Secret(ascii('0'), 15))],
    ]),
  };
}

function inputSupport(cv: Uint8Array, municipality: BenchKey, own: BenchKey): Application {
  const pin = new Secret(ascii(PIN), 5);
  const codeB = new Secret(ascii(CODE_B), 15);
  const texts = ['見本　花子', '東京都架空区', '19810514', '0'].map((text) => new TextEncoder().encode(text));
  const objects = texts.map((text, index) => tlv(`DF2${index + 2}`, text));
  const digests = [tlv('DF31', sha384()), tlv('DF32', sha384(...objects))];
  return {
    aid: aid('03'),
    ownKey: signer(own),
    files: new Map<number, File>([
      [0x0301, opensTo(tlv('FF20', concat(tlv('DF21', new Uint8Array(8)), ...objects)), pin, codeB)],
      [0x0302, opensTo(record('FF30', digests, 'DF33', municipality), pin, codeB)],
      [0x0303, free(cv)],
      [0x0304, opensTo(record('FF50', [tlv('DF51', publicKey(own.publicKey))], 'DF52', municipality), pin, codeB)],
      [0x0305, holds(pin)],
      [0x0306, holds(codeB)],
    ]),
  };
}

function record(tag: string, objects: readonly Uint8Array[], signatureTag: string, key: BenchKey): Uint8Array {
  return tlv(tag, concat(...objects, tlv(signatureTag, sign('sha384', concat(...objects), key.privateKey))));
}
