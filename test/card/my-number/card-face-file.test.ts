import { createHash, generateKeyPairSync, type KeyObject, privateEncrypt, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checkCardFace as checkFace } from '../../../src/card/my-number/card-face-file.ts';
import { checkCvCertificate as checkCv } from '../../../src/card/my-number/cv-certificate.ts';
import { rsaSha256 } from '../../../src/card/my-number/rsa-sha256.ts';
import { writeTlv } from '../../../src/card/tlv.ts';
import { bytes } from '../hex.ts';

const checkCvCertificate = (file: Uint8Array, trusted: readonly KeyObject[]) => checkCv(file, trusted, rsaSha256);
const checkCardFace = (file: Uint8Array, signer: KeyObject) => checkFace(file, signer, rsaSha256);
const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const root = rsa();
const municipality = rsa();
const own = rsa();

function cardKey(key: KeyObject): Uint8Array {
  const { n = '' } = key.export({ format: 'jwk' });
  return Buffer.concat([bytes('90 03 01 00 01 91 82 01 00'), Buffer.from(n, 'base64url')]);
}

function certificate(subject: KeyObject, issuer: KeyObject): Uint8Array {
  const content = Buffer.concat([Buffer.alloc(16, 'I'), Buffer.alloc(16, 'S'), cardKey(subject)]);
  return writeTlv(0x7f21, Buffer.concat([writeTlv(0x5f4e, content), writeTlv(0x5f37, sign('sha256', content, issuer))]));
}

const portrait = Uint8Array.from({ length: 600 }, (_, index) => index & 0xff);
const namePicture = bytes('89 50 4E 47');
const objects = new Map<number, Uint8Array>([
  [0xdf21, new Uint8Array(18)],
  [0xdf22, Buffer.from('19810514')],
  [0xdf23, Buffer.from('2')],
  [0xdf24, cardKey(own.publicKey)],
  [0xdf25, namePicture],
  [0xdf26, bytes('89 50 4E 47 0D')],
  [0xdf27, portrait],
]);

/** The three digests' DigestInfo as its prefix stands in the scheme, signed with block type 1. */
function signature(of: ReadonlyMap<number, Uint8Array>, key = municipality.privateKey): Uint8Array {
  const digests = [[0xdf22, 0xdf23, 0xdf24], [0xdf25, 0xdf26], [0xdf27]].map((tags) => {
    const hash = createHash('sha256');
    for (const tag of tags) hash.update(writeTlv(tag, of.get(tag) ?? new Uint8Array(0)));
    return hash.digest();
  });
  const prefix = bytes('30 71 30 0D 06 09 60 86 48 01 65 03 04 02 01 05 00 04 60');
  return privateEncrypt(key, Buffer.concat([prefix, ...digests]));
}

function faceFile(of: ReadonlyMap<number, Uint8Array>, signed: Uint8Array): Uint8Array {
  const all = [...of, [0xdf28, signed], [0xdf29, Buffer.from('20350514')], [0xdf2a, bytes('89 50')]] as const;
  return writeTlv(0xff20, Buffer.concat(all.map(([tag, value]) => writeTlv(tag, value))));
}

const genuine = faceFile(objects, signature(objects));
const refusal = { ok: false, fault: { code: 'CARD-106' } };

describe('the certificate', () => {
  test('is believed under a trusted root, and names the signer', () => {
    const signer = checkCvCertificate(certificate(municipality.publicKey, root.privateKey), [own.publicKey, root.publicKey]);
    expect(signer.ok && signer.value.equals(municipality.publicKey)).toBe(true);
  });

  test('is not believed under another root, or under none', () => {
    const file = certificate(municipality.publicKey, own.privateKey);
    expect(checkCvCertificate(file, [root.publicKey])).toMatchObject(refusal);
    expect(checkCvCertificate(file, [])).toMatchObject(refusal);
  });

  test('no flipped bit and no cut is believed', () => {
    const file = certificate(municipality.publicKey, root.privateKey);
    for (let at = 0; at < file.length; at += 7) {
      const flipped = Uint8Array.from(file, (byte, index) => (index === at ? byte ^ 1 : byte));
      expect(checkCvCertificate(flipped, [root.publicKey])).toMatchObject(refusal);
      expect(checkCvCertificate(file.subarray(0, at), [root.publicKey])).toMatchObject(refusal);
    }
  });
});

describe('the card face', () => {
  test('gives portrait, name picture and own key when it is genuine', () => {
    const face = checkCardFace(genuine, municipality.publicKey);
    expect(face.ok && Uint8Array.from(face.value.portraitJp2)).toEqual(portrait);
    expect(face.ok && Uint8Array.from(face.value.namePng)).toEqual(namePicture);
    expect(face.ok && face.value.ownKey.equals(own.publicKey)).toBe(true);
  });

  test.each([...objects.keys()].filter((tag) => tag !== 0xdf21).map((tag) => [tag.toString(16).toUpperCase(), tag]))(
    'another %s is not believed',
    (_name, tag) => {
      const changed = new Map(objects).set(tag as number, Uint8Array.of(...(objects.get(tag as number) ?? []), 0));
      expect(checkCardFace(faceFile(changed, signature(objects)), municipality.publicKey)).toMatchObject(refusal);
    },
  );

  test('a face signed by another key is not believed', () => {
    expect(checkCardFace(faceFile(objects, signature(objects, own.privateKey)), municipality.publicKey)).toMatchObject(refusal);
  });

  test('a second portrait beside the signed one is not believed', () => {
    const [head, rest] = [genuine.subarray(0, 4), genuine.subarray(4)];
    expect(head[2]).toBe(0x82);
    const twice = writeTlv(0xff20, Buffer.concat([rest, writeTlv(0xdf27, bytes('FF D8'))]));
    expect(checkCardFace(twice, municipality.publicKey)).toMatchObject(refusal);
  });

  test('a missing object, an empty signature and a cut file are not believed', () => {
    const without = new Map(objects);
    without.delete(0xdf26);
    expect(checkCardFace(faceFile(without, signature(without)), municipality.publicKey)).toMatchObject(refusal);
    expect(checkCardFace(faceFile(objects, new Uint8Array(0)), municipality.publicKey)).toMatchObject(refusal);
    for (let cut = 0; cut < genuine.length; cut += 13) {
      expect(checkCardFace(genuine.subarray(0, cut), municipality.publicKey)).toMatchObject(refusal);
    }
  });
});
