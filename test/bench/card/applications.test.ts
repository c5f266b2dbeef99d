/** What the smaller applications answer, byte by byte, and which files sign what. */
import { createPublicKey, type KeyObject, verify as verifySignature } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CardHolder, VirtualCard } from '../../../src/bench/card/virtual-card.ts';
import {
  benchPki,
  CARD_FACE,
  cardOfPersona,
  INPUT_SUPPORT,
  issued,
  JPKI,
  readAll,
  selectFile,
  talk,
  verify,
} from './card-talk.ts';

const COMMON = '00A4040C0A D3921000310001010100';
const JUKI = '00A4040C0A D3921000310001010401';
const ISSUER_DOMAIN = '00A4040C07 A0000001510000';
const DIGEST_INFO = `3031300D060960864801650304020105000420${'22'.repeat(32)}`;

let card: VirtualCard;
let holder: CardHolder;
let say: (command: string) => string;

beforeAll(async () => {
  ({ card, holder, say } = await issued());
});
beforeEach(() => {
  card.powerOff();
  card.powerOn();
});

const text = (answer: string) => Buffer.from(answer.slice(0, -4), 'hex').toString('latin1');

describe('共通カード', () => {
  beforeEach(() => {
    say(COMMON);
  });

  test('READ RECORD gives 01 1C, serial, municipality and expiry', () => {
    say(selectFile('0001'));
    const record = say('00B2010400');
    expect(record).toMatch(/^011C.*9000$/);
    expect(text(record).slice(2)).toMatch(/^\d{15}0000020310514$/);
    expect(say('00B201041E')).toBe(record);
  });

  test('other forms: 6C1E, 6A83, 6A81, 6981, 6A82; a short identifier selects', () => {
    expect(say('00B2010400')).toBe('6986');
    expect(say('00B2010C00')).toMatch(/^011C/);
    expect(say('00B2010405')).toBe('6C1E');
    expect(say('00B2010400')).toMatch(/^011C/);
    expect(say('00B2020400')).toBe('6A83');
    expect(say('00B2000400')).toBe('6A83');
    expect(say('00B2010500')).toBe('6A81');
    expect(say('00B2012C00')).toBe('6A82');
    expect(say('00B0000000')).toBe('6981');
    say(selectFile('001C'));
    expect(say('00B2010400')).toBe('6981');
  });

  test('EF 0019 answers INTERNAL AUTHENTICATE without any code, always alike, other keys do not', () => {
    const signed = say('0088009910 000102030405060708090A0B0C0D0E0F 00');
    expect(signed).toMatch(/^.{512}9000$/);
    expect(say('0088009910 000102030405060708090A0B0C0D0E0F 00')).toBe(signed);
    expect(say('0088009910 100102030405060708090A0B0C0D0E0F 00')).not.toBe(signed);
    expect(say('0088009900')).toBe('6700');
    expect(say('008801990100')).toBe('6A86');
    expect(say('0088009C0100')).toBe('6981');
    say(JPKI);
    expect(say('008800970100')).toBe('6982');
  });

  test('its PIN and that of 住基 are two keys, three tries each', () => {
    expect(say('0020009C04 30303030')).toBe('63C2');
    say(JUKI);
    expect(say('0020009C')).toBe('63C3');
    expect(say('0020009C04 31323334')).toBe('9000');
    expect(say('00B2011400')).toMatch(/^0110.*9000$/);
  });
});

describe('GET DATA', () => {
  test('gives what the card says of itself after reset and in the issuer security domain', () => {
    for (const before of [() => '', () => say(JPKI) + say(ISSUER_DOMAIN)]) {
      before();
      expect(text(say('00CA00F000'))).toBe('00000');
      expect(text(say('00CA00F200'))).toBe('20310514');
      expect(text(say('00CA004500'))).toMatch(/^\d{15}$/);
      expect(say('00CA004200')).toBe('39303030303230080530303100000000' + '9000');
    }
  });

  test('is 6A88 for what is not known, CPLC among it, and inside an application', () => {
    expect(say('00CA9F7F00')).toBe('6A88');
    say(JPKI);
    expect(say('00CA00F000')).toBe('6A88');
  });

  test('gives the contact ATR without TS anywhere, and 6700 for too short an Le', () => {
    const atr = 'DA13FF8131FB468012392F31C173C601C03B';
    expect(say('00CA5F5100')).toBe(`${atr}9000`);
    say(JPKI);
    expect(say('00CA5F5100')).toBe(`${atr}9000`);
    expect(say('00CA5F5105')).toBe('6700');
    expect(Buffer.from(card.powerOn() ?? []).toString('hex')).toBe(`3b${atr.toLowerCase()}`);
  });
});

test('over the air it is Type B, with the ATQB of My Number cards', () => {
  expect(card.contactless).toEqual({
    kind: 'type-b',
    applicationData: Uint8Array.of(0x00, 0x00, 0x05, 0xe0),
    protocolInfo: Uint8Array.of(0xb3, 0x81, 0xa1),
  });
});

describe('signed files', () => {
  let signer: KeyObject;
  beforeAll(async () => {
    const { certificate } = (await benchPki()).cv.municipality;
    signer = keyIn(Buffer.from(certificate).subarray(5 + 5 + 32));
  });

  /** `90 03 exponent 91 82 0100 modulus` at the beginning. */
  function keyIn(bytes: Buffer): KeyObject {
    const n = bytes.subarray(9, 9 + 256).toString('base64url');
    return createPublicKey({ key: { kty: 'RSA', n, e: 'AQAB' }, format: 'jwk' });
  }

  /** The file's contents before its last object, a signature of 256 bytes, are signed by it. */
  function expectSigned(file: Buffer): void {
    const head = file[2] === 0x82 ? 5 : file[2] === 0x81 ? 4 : 3;
    const signatureAt = file.length - 256;
    expect(verifySignature('sha256', file.subarray(head, signatureAt - 5), signer, file.subarray(signatureAt))).toBe(true);
  }

  function read(file: string): Buffer {
    say(selectFile(file));
    return readAll(card);
  }

  test('券面事項確認: age record by the date of birth, number picture by 照合番号A alone', () => {
    say(CARD_FACE);
    expect(say('0020009106 353630353134')).toBe('9000');
    const age = read('0001');
    expect(age.subarray(0, 5).toString('hex')).toBe('ff1082021e');
    expect(age.subarray(5, 16).toString('latin1')).toBe('\xdf\x11\x0819810514');
    expectSigned(age);
    expect(say('00B0850001')).toBe('6982');
    expect(say('00B0830009')).toMatch(/^FF3082....DF3104069000$/);
  });

  test('入力補助: digests and own key', () => {
    say(INPUT_SUPPORT);
    say('0020009104 31323334');
    const digests = read('0003');
    expect(digests.subarray(0, 5).toString('hex')).toBe('ff3082014b');
    expectSigned(digests);
    const ownKey = read('0007');
    expect(ownKey.subarray(0, 5).toString('hex')).toBe('ff50820213');
    expectSigned(ownKey);
    expect(say('00B0860005')).toBe('A1820109909000');
    const signature = Buffer.from(say(`802A000033${DIGEST_INFO}00`).slice(0, -4), 'hex');
    expect(signature).toHaveLength(256);
    expect(keyIn(ownKey.subarray(10)).asymmetricKeyDetails?.modulusLength).toBe(2048);
    expect(read('0001').toString('hex')).toMatch(/^ff100c(3\d){12}ffff$/);
  });

  test('入力補助: EF 0005 is free, 0006 and 0007 are not', () => {
    say(INPUT_SUPPORT);
    expect(say('00B0850008')).toBe('FF40819EDF4104019000');
    expect(say('00B0860001')).toBe('6982');
    expect(say('00B0870001')).toBe('6982');
    say(selectFile('0015'));
    say(verify(holder.verificationCodeB ?? ''));
    expect(say('00B0860001')).toBe('A19000');
  });
});

describe('a card without a signature certificate', () => {
  test('says so in EF 0008, blocks its password and has no key', async () => {
    const child = await cardOfPersona('small-child');
    child.powerOn();
    const ask = talk(child);
    ask(JPKI);
    expect(ask('00B0880003')).toBe('008F009000');
    expect(ask('0020009B')).toBe('63C0');
    expect(ask(`802A009A33${DIGEST_INFO}00`)).toBe('6A82');
    expect(ask('00200098')).toBe('63C3');
  });
});
