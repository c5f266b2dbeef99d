/** The files of 券面事項確認 and 券面事項入力補助, taken apart by a parser of this test's own. */
import { constants, createHash, createPublicKey, type KeyObject, publicDecrypt, verify as verifySignature } from 'node:crypto';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { benchPki, CARD_FACE, INPUT_SUPPORT, issued, portraitJp2, readAll, selectFile, verify } from './card-talk.ts';

type Item = { readonly tag: string; readonly value: Buffer; readonly whole: Buffer; readonly at: number };

/** One BER-TLV object at `at`: tags of one or two bytes, lengths in the fewest bytes. */
function objectAt(bytes: Buffer, at: number): Item {
  const tagLength = ((bytes[at] ?? 0) & 0x1f) === 0x1f ? 2 : 1;
  const first = bytes[at + tagLength] ?? 0;
  const lengthLength = first < 0x80 ? 1 : (first & 0x7f) + 1;
  const length = first < 0x80 ? first : bytes.readUIntBE(at + tagLength + 1, lengthLength - 1);
  expect(length, 'the fewest length bytes').toBeGreaterThanOrEqual([0, 0, 0x80, 0x100][lengthLength] ?? 0);
  const valueAt = at + tagLength + lengthLength;
  expect(valueAt + length).toBeLessThanOrEqual(bytes.length);
  return {
    tag: bytes
      .subarray(at, at + tagLength)
      .toString('hex')
      .toUpperCase(),
    value: bytes.subarray(valueAt, valueAt + length),
    whole: bytes.subarray(at, valueAt + length),
    at,
  };
}

function objectsIn(bytes: Buffer): Item[] {
  const items: Item[] = [];
  for (let at = 0; at < bytes.length; ) {
    const item = objectAt(bytes, at);
    items.push(item);
    at += item.whole.length;
  }
  return items;
}

function keyIn(key265: Buffer): KeyObject {
  const [exponent, modulus] = objectsIn(key265);
  expect(key265).toHaveLength(265);
  expect([exponent?.tag, exponent?.value.toString('hex'), modulus?.tag, modulus?.value.length]).toEqual([
    '90',
    '010001',
    '91',
    256,
  ]);
  return createPublicKey({ key: { kty: 'RSA', e: 'AQAB', n: modulus?.value.toString('base64url') ?? '' }, format: 'jwk' });
}

let face: Buffer;
let certificate: Buffer;
let inputSupport: Buffer;
let codeB: string;

beforeAll(async () => {
  const { card, holder, say } = await issued();
  codeB = holder.verificationCodeB ?? '';
  say(CARD_FACE);
  say(selectFile('0004'));
  certificate = readAll(card);
  say(selectFile('0012'));
  say(verify(codeB));
  say(selectFile('0002'));
  face = readAll(card);
  say(INPUT_SUPPORT);
  say(selectFile('0015'));
  say(verify(codeB));
  say(selectFile('0002'));
  inputSupport = readAll(card);
});

describe('EF 0002, the card face', () => {
  const objects = () => objectsIn(objectAt(face, 0).value);
  const find = (tag: string) => objects().find((object) => object.tag === tag) ?? expect.fail(`no ${tag}`);

  test('is FF20 with DF21 to DF2A in order, and as large as the real one or nearly', () => {
    expect(objectAt(face, 0).tag).toBe('FF20');
    expect(objectAt(face, 0).whole.length).toBe(face.length);
    expect(objects().map(({ tag }) => tag)).toEqual([
      'DF21',
      'DF22',
      'DF23',
      'DF24',
      'DF25',
      'DF26',
      'DF27',
      'DF28',
      'DF29',
      'DF2A',
    ]);
    expect(face.length).toBeGreaterThan(6000);
    expect(face.length).toBeLessThan(11_000);
  });

  test('DF21 holds where each of the nine others begins in the file', () => {
    const offsets = find('DF21').value;
    expect(offsets).toHaveLength(18);
    const tags = Array.from({ length: 9 }, (_, index) => objectAt(face, offsets.readUInt16BE(index * 2)).tag);
    expect(tags).toEqual(['DF22', 'DF23', 'DF24', 'DF25', 'DF26', 'DF27', 'DF28', 'DF29', 'DF2A']);
  });

  test('holds what the persona is', async () => {
    expect(find('DF22').value.toString()).toBe('19810514');
    expect(find('DF23').value.toString()).toBe('2');
    expect(find('DF29').value.toString()).toBe('20310514');
    expect(find('DF27').value).toEqual(Buffer.from(await portraitJp2()));
  });

  test('its three prints are 1-bit PNG pictures with something on them', async () => {
    for (const tag of ['DF25', 'DF26', 'DF2A']) {
      const png = find(tag).value;
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      expect(png[24], 'bit depth').toBe(1);
      const { channels } = await sharp(png).stats();
      expect(channels[0]?.min).toBe(0);
      expect(channels[0]?.max).toBe(255);
    }
  });

  test('DF28 signs the three digests under the key certified in EF 0004, itself under the bench root', async () => {
    const outer = objectAt(certificate, 0);
    expect(outer.tag).toBe('7F21');
    expect(certificate.subarray(0, 5).toString('hex')).toBe('7f21820233');
    const [body, signature] = objectsIn(outer.value);
    expect([body?.tag, body?.value.length, signature?.tag, signature?.value.length]).toEqual(['5F4E', 297, '5F37', 256]);
    const { cv } = await benchPki();
    expect(verifySignature('sha256', body?.value ?? Buffer.alloc(0), cv.rootKey, signature?.value ?? Buffer.alloc(0))).toBe(true);

    const key = keyIn(body?.value.subarray(32) ?? Buffer.alloc(0));
    const digestInfo = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, find('DF28').value);
    const sha256 = (...tags: string[]) =>
      createHash('sha256')
        .update(Buffer.concat(tags.map((tag) => find(tag).whole)))
        .digest();
    expect(digestInfo.subarray(0, 19).toString('hex')).toBe('3071300d060960864801650304020105000460');
    expect(digestInfo.subarray(19)).toEqual(
      Buffer.concat([sha256('DF22', 'DF23', 'DF24'), sha256('DF25', 'DF26'), sha256('DF27')]),
    );
  });

  test('DF24 is the card’s own key', () => {
    expect(keyIn(find('DF24').value).asymmetricKeyDetails?.modulusLength).toBe(2048);
  });
});

test('照合番号B is the era date of birth, the expiry year and the security code', () => {
  expect(codeB).toBe('56051420312285');
});

test('入力補助 EF 0002 holds name and address as UTF-8, where its offsets say', () => {
  const objects = objectsIn(objectAt(inputSupport, 0).value);
  expect(objects.map(({ tag }) => tag)).toEqual(['DF21', 'DF22', 'DF23', 'DF24', 'DF25']);
  const offsets = objects[0]?.value ?? Buffer.alloc(0);
  const texts = [0, 1, 2, 3].map((index) => objectAt(inputSupport, offsets.readUInt16BE(index * 2)).value.toString('utf8'));
  expect(texts).toEqual(['見本　花子', '東京都架空区見本町一丁目2番3号', '19810514', '2']);
});
