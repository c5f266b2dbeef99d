import {
  constants,
  createHash,
  createPublicKey,
  publicDecrypt,
  randomBytes,
  verify as verifySignature,
  X509Certificate,
} from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CardHolder, VirtualCard } from '../../../src/bench/card/virtual-card.ts';
import { benchPki, CARD_FACE, issued, JPKI, readAll, selectFile, verify } from './card-talk.ts';

const PREFIX = '3031300D060960864801650304020105000420';
const message = Buffer.from('challenge of the gateway, 32 byte');
const digest = createHash('sha256').update(message).digest();
const DIGEST_INFO = PREFIX + digest.toString('hex');

let card: VirtualCard;
let holder: CardHolder;
let say: (command: string) => string;

beforeAll(async () => {
  ({ card, holder, say } = await issued());
});

beforeEach(() => {
  card.powerOff();
  card.powerOn();
  say(JPKI);
});

function signatureOf(answer: string): Buffer {
  expect(answer.slice(-4)).toBe('9000');
  expect(answer).toHaveLength(2 * 258);
  return Buffer.from(answer.slice(0, -4), 'hex');
}

describe('with the user-authentication key', () => {
  beforeEach(() => {
    say(selectFile('0018'));
    say(verify('1234'));
  });

  test.each([
    ['00 with a DigestInfo, key selected', () => [selectFile('0017'), `802A008033${DIGEST_INFO}00`]],
    ['00 with a DigestInfo, key by short identifier', () => [`802A009733${DIGEST_INFO}00`]],
    ['02 with a hash', () => [`802A029720${digest.toString('hex')}00`]],
    ['03 with the message', () => [`802A0397${message.length.toString(16)}${message.toString('hex')}00`]],
    ['00 in extended lengths', () => [`802A0097000033${DIGEST_INFO}0100`]],
  ])('P1 %s: the certificate verifies the signature', (_form, commands) => {
    const answers = commands().map(say);
    const key = new X509Certificate(holder.certificateDer).publicKey;
    expect(verifySignature('sha256', message, key, signatureOf(answers.at(-1) ?? ''))).toBe(true);
  });

  test('P1 01 signs the bare hash that the card makes, P1 00 any bytes, with type-1 padding', () => {
    const key = new X509Certificate(holder.certificateDer).publicKey;
    const open = (signature: Buffer) => publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature);
    const whole = `${message.length.toString(16)}${message.toString('hex')}`;
    expect(open(signatureOf(say(`802A0197${whole}00`)))).toEqual(digest);
    for (const length of [1, 245]) {
      const bytes = randomBytes(length);
      expect(open(signatureOf(say(`802A0097${length.toString(16).padStart(2, '0')}${bytes.toString('hex')}00`)))).toEqual(bytes);
    }
  });

  test.each([
    ['04 with a hash', `802A049720${digest.toString('hex')}00`],
    ['05 with the message', `802A0597${message.length.toString(16)}${message.toString('hex')}00`],
  ])('P1 %s: a PSS signature with 32 bytes of salt, another one each time', (_form, command) => {
    const { publicKey } = new X509Certificate(holder.certificateDer);
    const key = { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
    const [one, other] = [signatureOf(say(command)), signatureOf(say(command))];
    for (const signature of [one, other]) expect(verifySignature('sha256', message, key, signature)).toBe(true);
    expect(one).not.toEqual(other);
  });

  test('wrong forms: 6A86, 6700, 6985, 6981, and 6A82 for a missing key', () => {
    expect(say(`802A069720${digest.toString('hex')}00`)).toBe('6A86');
    expect(say(`802A0097F6${'00'.repeat(246)}00`)).toBe('6700');
    expect(say(`802A021700`)).toBe('6A86');
    expect(say(`802A02971F${'00'.repeat(31)}00`)).toBe('6985');
    expect(say(`802A049721${'00'.repeat(33)}00`)).toBe('6985');
    expect(say(`802A009833${DIGEST_INFO}00`)).toBe('6981');
    expect(say(`802A009C33${DIGEST_INFO}00`)).toBe('6A82');
  });

  test('too small an Le is 6C00, none 6100 and then GET RESPONSE', () => {
    expect(say(`802A009733${DIGEST_INFO}10`)).toBe('6C00');
    expect(say(`802A009733${DIGEST_INFO}`)).toBe('6100');
    const key = new X509Certificate(holder.certificateDer).publicKey;
    expect(verifySignature('sha256', message, key, signatureOf(say('00C0000000')))).toBe(true);
    expect(say('00C0000000')).toBe('6985');
  });

  test('does not open the signature key', () => {
    expect(say(`802A009A33${DIGEST_INFO}00`)).toBe('6982');
  });
});

test('without the PIN 6982, and nothing was signed', () => {
  const before = card.statistics.signatures;
  expect(say(`802A009733${DIGEST_INFO}00`)).toBe('6982');
  expect(card.statistics.signatures).toBe(before);
});

test('the signature key needs its password, and signs for its own certificate', () => {
  say(selectFile('001B'));
  expect(say(verify('BENCH123'))).toBe('9000');
  const signature = signatureOf(say(`802A009A33${DIGEST_INFO}00`));
  say(selectFile('0001'));
  const certificate = new X509Certificate(readAll(card));
  expect(verifySignature('sha256', message, certificate.publicKey, signature)).toBe(true);
  expect(say(`802A009733${DIGEST_INFO}00`)).toBe('6982');
});

test('the card answers active authentication with its own key, without any secret', () => {
  say(CARD_FACE);
  expect(say('0084000010')).toMatch(/^[0-9A-F]{32}9000$/);
  const signature = signatureOf(say(`802A000033${DIGEST_INFO}00`));
  say(selectFile('0012'));
  say(verify(holder.verificationCodeB ?? ''));
  say(selectFile('0002'));
  const face = readAll(card);
  const at = face.indexOf(Buffer.from('DF24820109900301000191820100', 'hex'));
  const modulus = face.subarray(at + 14, at + 14 + 256);
  const key = createPublicKey({ key: { kty: 'RSA', n: modulus.toString('base64url'), e: 'AQAB' }, format: 'jwk' });
  expect(verifySignature('sha256', message, key, signature)).toBe(true);
});

test('JPKI has no key of the card’s own', () => {
  expect(say(`802A000033${DIGEST_INFO}00`)).toBe('6A86');
});

test('challenges are of the length asked for, and differ', () => {
  const [first, second] = [say('0084000010'), say('0084000010')];
  expect(first).toMatch(/^[0-9A-F]{32}9000$/);
  expect(first).not.toBe(second);
  expect(say('00840000')).toBe('6700');
  expect(say('0084010010')).toBe('6A86');
});

describe('terminal authentication', () => {
  const length = (bytes: Uint8Array) => bytes.length.toString(16).padStart(6, '0');
  const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  const signObject = (signature: Uint8Array) => `80A200C1${'000105'}5F37820100${hexOf(signature)}`;

  async function present(): Promise<string> {
    const { terminal } = await benchPki();
    return say(`80A206C1${length(terminal.certificate)}${hexOf(terminal.certificate)}`);
  }

  function challenge(): Buffer {
    return Buffer.from(say('0084000010').slice(0, -4), 'hex');
  }

  test('opens the user-authentication key without the PIN, until another application is selected', async () => {
    const { terminal } = await benchPki();
    say(selectFile('0016'));
    expect(await present()).toBe('9000');
    expect(say(signObject(terminal.sign(challenge())))).toBe('9000');
    say(selectFile('0017'));
    const key = new X509Certificate(holder.certificateDer).publicKey;
    expect(verifySignature('sha256', message, key, signatureOf(say(`802A008033${DIGEST_INFO}00`)))).toBe(true);
    expect(say(`802A009A33${DIGEST_INFO}00`)).toBe('6982');
    say(JPKI);
    expect(say(`802A009733${DIGEST_INFO}00`)).toBe('6982');
    expect(holder.pinTriesLeft()).toBe(3);
  });

  test('a signature over anything but the last challenge is 6300, and a challenge serves once', async () => {
    const { terminal } = await benchPki();
    say(selectFile('0016'));
    await present();
    const old = challenge();
    challenge();
    expect(say(signObject(terminal.sign(old)))).toBe('6300');
    expect(say(signObject(terminal.sign(old)))).toBe('6985');
    expect(say(`802A009733${DIGEST_INFO}00`)).toBe('6982');
  });

  test('a certificate that the terminal authority did not sign is 6300, one of another form 6A80', async () => {
    const { terminal } = await benchPki();
    say(selectFile('0016'));
    const forged = terminal.certificate.map((byte, index) => (index === 100 ? byte ^ 1 : byte));
    expect(say(`80A206C1${length(forged)}${hexOf(forged)}`)).toBe('6300');
    expect(say(signObject(terminal.sign(challenge())))).toBe('6985');
    expect(say('80A206C10400000000')).toBe('6A80');
    await present();
    challenge();
    expect(say('80A200C10400000000')).toBe('6A80');
  });

  test('needs EF 0016 to be selected', async () => {
    expect(await present()).toBe('6986');
    say(selectFile('0018'));
    expect(await present()).toBe('6981');
    say(selectFile('0016'));
    expect(say('80A206C204 00000000')).toBe('6A86');
  });
});
