/**
 * What a card's issuer has signed: none of it is believed once a signed byte is another one. The keys are new in each
 * process: a seed repeats where and how an input was damaged, not the signature's own bytes.
 */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { cardFaceFile } from '../../src/bench/card/card-face-file.ts';
import { cvKey, issueCvCertificate } from '../../src/bench/pki/cv-certificate.ts';
import { attributesIn } from '../../src/card/my-number/attributes.ts';
import { checkCardFace } from '../../src/card/my-number/card-face-file.ts';
import { parseCardKey } from '../../src/card/my-number/card-key.ts';
import { checkCvCertificate } from '../../src/card/my-number/cv-certificate.ts';
import { sha256 } from '../../src/card/my-number/digest-info.ts';
import { rsaSha256 } from '../../src/card/my-number/rsa-sha256.ts';
import { checkSignedRecord } from '../../src/card/my-number/signed-record.ts';
import { writeTlv } from '../../src/card/tlv.ts';
import { type Judgement, type ParserTrial, same } from './parser-trial.ts';
import { tlvRowOf } from './second-reading.ts';

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const [root, municipality, own] = [rsa(), rsa(), rsa()];
const picture = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 31) & 0xff);

/** The values of these objects in the file, one level down; empty where one is missing. */
function valuesOf(file: Uint8Array, tags: readonly number[]): Uint8Array {
  const [outer] = tlvRowOf(file.subarray(0, endOfFirst(file))) ?? [];
  const objects = (outer && tlvRowOf(outer.value)) ?? [];
  return Buffer.concat(tags.map((tag) => objects.find((object) => object.tag === tag)?.value ?? new Uint8Array(0)));
}

/** Files are read as far as their first object goes. All here are `tag(2) 82 LL LL` when they are right. */
function endOfFirst(file: Uint8Array): number {
  const [, , form, high = 0, low = 0] = file;
  if (form === 0x82) return 5 + high * 256 + low;
  return form === 0x81 ? 4 + high : 3 + (form ?? 0);
}

/** Accepted, then all that is signed must be what it was. */
function believed(input: Uint8Array, original: Uint8Array, isBelieved: boolean, signed: readonly number[]): Judgement {
  if (!isBelieved) return 'refused';
  return same(valuesOf(input, signed), valuesOf(original, signed)) ? 'unchanged' : { breach: 'believed with other signed bytes' };
}

const faceFile = cardFaceFile(
  {
    birth: '19810514',
    sex: '2',
    ownKey: cvKey(own.publicKey),
    namePng: picture(40),
    addressPng: picture(50),
    portraitJp2: picture(200),
    expiry: '20350514',
    securityCodePng: picture(20),
  },
  municipality.privateKey,
);
const certificate = issueCvCertificate(
  { keyId: '9000001', privateKey: root.privateKey },
  { keyId: '9000002', publicKey: municipality.publicKey },
);

const cardFace: ParserTrial = {
  parser: 'card-face file',
  protectedBy: 'signature',
  originals: [faceFile],
  judge(input, original) {
    const face = checkCardFace(input, municipality.publicKey, rsaSha256);
    if (face.ok && !(same(face.value.portraitJp2, picture(200)) && face.value.ownKey.equals(own.publicKey))) {
      return { breach: 'another portrait, or another key' };
    }
    return believed(input, original, face.ok, [0xdf22, 0xdf23, 0xdf24, 0xdf25, 0xdf26, 0xdf27]);
  },
};

const cvCertificate: ParserTrial = {
  parser: 'CV certificate',
  protectedBy: 'signature',
  originals: [certificate],
  judge(input, original) {
    const key = checkCvCertificate(input, [root.publicKey], rsaSha256);
    if (key.ok && !key.value.equals(municipality.publicKey)) return { breach: 'another key' };
    return believed(input, original, key.ok, [0x5f4e]);
  },
};

const cardKey: ParserTrial = {
  parser: 'card key',
  protectedBy: 'form',
  originals: [cvKey(own.publicKey), cvKey(root.publicKey)],
  judge(input, original) {
    const key = parseCardKey(input);
    if (!key.ok) return 'refused';
    const [exponent, modulus, ...more] = tlvRowOf(input) ?? [];
    const right = exponent?.tag === 0x90 && modulus?.tag === 0x91 && modulus.value.length === 256 && more.length === 0;
    const { n, e } = key.value.export({ format: 'jwk' });
    if (!right || !sameNumber(n, modulus.value) || !sameNumber(e, exponent.value))
      return { breach: 'read otherwise than it stands there' };
    return same(input, original) ? 'unchanged' : 'valid';
  },
};

function sameNumber(base64url: string | undefined, value: Uint8Array): boolean {
  const digits = (bytes: Uint8Array) =>
    Buffer.from(bytes)
      .toString('hex')
      .replace(/^(00)+/, '');
  return digits(Buffer.from(base64url ?? '', 'base64url')) === digits(value);
}

function recordTrial(
  parser: string,
  tag: number,
  objects: readonly (readonly [number, Uint8Array])[],
  signature: number,
): ParserTrial {
  const signed = Buffer.concat(objects.map(([each, value]) => writeTlv(each, value)));
  const signedBy = (key: KeyObject) => writeTlv(signature, sign('sha256', signed, key));
  const tags = objects.map(([each]) => each);
  return {
    parser,
    protectedBy: 'signature',
    originals: [writeTlv(tag, Buffer.concat([signed, signedBy(municipality.privateKey)]))],
    judge(input, original) {
      const record = checkSignedRecord(input, { tag, objects: tags, signature }, municipality.publicKey, rsaSha256);
      if (record.ok && !record.value.every((value, index) => same(value, objects[index]?.[1] ?? new Uint8Array(0)))) {
        return { breach: 'another value' };
      }
      return believed(input, original, record.ok, tags);
    },
  };
}

const fields = [
  [0xdf22, Buffer.from('架空　花子')],
  [0xdf23, Buffer.from('東京都千代田区架空一丁目一番一号')],
  [0xdf24, Buffer.from('19810514')],
  [0xdf25, Buffer.from('2')],
] as const;
const signedPart = Buffer.concat(fields.map(([tag, value]) => writeTlv(tag, value)));
const signedDigest = createHash('sha256').update(signedPart).digest();

const attributes: ParserTrial = {
  parser: 'input-support attributes',
  protectedBy: 'signature',
  originals: [writeTlv(0xff20, Buffer.concat([writeTlv(0xdf21, new Uint8Array(8)), signedPart]))],
  judge(input) {
    const read = attributesIn(input, signedDigest, sha256);
    if (!read.ok) return 'refused';
    const { name, address, birth, sex } = read.value;
    const right = [name, address, birth, sex].every((value, index) => same(value, fields[index]?.[1] ?? new Uint8Array(0)));
    return right ? 'unchanged' : { breach: 'another attribute' };
  },
};

export const signedTrials: readonly ParserTrial[] = [
  cardFace,
  cvCertificate,
  cardKey,
  attributes,
  recordTrial(
    'input-support digests',
    0xff30,
    [
      [0xdf31, picture(32)],
      [0xdf32, picture(32)],
    ],
    0xdf33,
  ),
  recordTrial('input-support key', 0xff50, [[0xdf51, cvKey(own.publicKey)]], 0xdf52),
  recordTrial(
    'age record',
    0xff10,
    [
      [0xdf11, Buffer.from('19810514')],
      [0xdf12, cvKey(own.publicKey)],
    ],
    0xdf13,
  ),
];
