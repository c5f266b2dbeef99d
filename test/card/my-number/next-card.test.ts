/** The same dialogues with a card of a made-up generation, described by a profile alone. */
import { randomBytes, verify, X509Certificate } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import type { MyNumberCard } from '../../../src/bench/card/my-number-card.ts';
import { PresentedCodes } from '../../../src/card/code-b-policy.ts';
import { readCheckedAgeRecord } from '../../../src/card/my-number/age-record.ts';
import { readCheckedAttributes } from '../../../src/card/my-number/attributes.ts';
import type { Trust } from '../../../src/card/my-number/authenticity.ts';
import { openCardFace, readCheckedPictures } from '../../../src/card/my-number/card-face.ts';
import { readCardStatus } from '../../../src/card/my-number/card-status.ts';
import { openInputSupportByCodeB, openInputSupportByPin } from '../../../src/card/my-number/input-support.ts';
import { proveHolder, selectJpki } from '../../../src/card/my-number/jpki.ts';
import { verifyPinOnce } from '../../../src/card/pin-policy.ts';
import { ascii, codeOf, successOf, talkTo } from './card-talk.ts';
import { CODE_B, issueNextCard, NEXT_CARD, PIN, portrait } from './next-card.ts';

let card: MyNumberCard;
let trust: Trust;

beforeAll(async () => {
  const issued = await issueNextCard();
  card = issued.card;
  trust = { cvKeys: [issued.cvRoot], random: randomBytes };
});

test('the pictures are read and believed, and not under another root', async () => {
  const { channel } = talkTo(card);
  successOf(await openCardFace(channel, ascii(CODE_B), new PresentedCodes(), NEXT_CARD));
  expect(successOf(await readCheckedPictures(channel, trust, NEXT_CARD))).toEqual({
    portrait,
    name: Uint8Array.from(ascii('name')),
  });
  expect(codeOf(await readCheckedPictures(channel, { ...trust, cvKeys: [] }, NEXT_CARD))).toBe('CARD-106');
});

test('attributes and age record are read and believed', async () => {
  const { channel } = talkTo(card);
  successOf(await openInputSupportByCodeB(channel, ascii(CODE_B), NEXT_CARD));
  const { name, sex } = successOf(await readCheckedAttributes(channel, trust, NEXT_CARD));
  expect([name, sex].map((bytes) => Buffer.from(bytes).toString())).toEqual(['見本　花子', '0']);
  expect(await openInputSupportByPin(channel, ascii(PIN), 5, NEXT_CARD)).toEqual({ ok: true, value: { at: 'right' } });
  const birth = successOf(await readCheckedAgeRecord(channel, ascii('19810514'), trust, NEXT_CARD));
  expect(Buffer.from(birth).toString()).toBe('19810514');
});

test('the holder is proved by PIN, with a signature by the key of the certificate', async () => {
  const { channel } = talkTo(card);
  const challenge = randomBytes(32);
  expect(await verifyPinOnce(channel, ascii(PIN), 5, NEXT_CARD)).toEqual({ ok: true, value: { at: 'right' } });
  const { certificate, signature } = successOf(await proveHolder(channel, challenge, NEXT_CARD));
  const { publicKey } = new X509Certificate(certificate);
  expect(publicKey.asymmetricKeyDetails?.namedCurve).toBe('secp384r1');
  expect(verify('sha384', challenge, publicKey, signature)).toBe(true);
});

test('its status counts its own tries, and today’s profile does not find it', async () => {
  const status = successOf(await readCardStatus(talkTo(card).channel, NEXT_CARD));
  expect(status).toMatchObject({
    kind: 'unknown-token',
    tokenLabel: 'NEXTTOKEN',
    applications: ['jpki', 'cardFace', 'inputSupport', 'commonCard'],
    certificate: { issuedByAuthorityOnCard: true },
    tries: { pin: { left: 5, of: 5 }, codeB: { left: 15, of: 15 }, birthDate: { left: 10, of: 10 } },
    cardExpiryYear: 2036,
  });
  expect(await selectJpki(talkTo(card).channel)).toEqual({ ok: true, value: false });
});
