/** What a technician sees of each kind of card: no try is spent, and nothing of the person is in it. */
import { expect, test } from 'vitest';
import { type CardStatus, readCardStatus } from '../../../src/card/my-number/card-status.ts';
import { cardOfPersona, NOW } from '../../bench/card/card-talk.ts';
import { codeOf, successOf, talkTo } from './card-talk.ts';

async function statusOf(personaId: string): Promise<CardStatus> {
  const card = await cardOfPersona(personaId);
  const status = successOf(await readCardStatus(talkTo(card).channel));
  expect(card.statistics).toMatchObject({ verifies: 0, signatures: 0 });
  return status;
}

const DAY_MS = 86_400_000;
const everything = ['jpki', 'cardFace', 'inputSupport', 'commonCard', 'juki', 'issuerDomain'];

test('an ordinary card', async () => {
  const status = await statusOf('adult');
  expect(status).toEqual({
    kind: 'card',
    tokenLabel: 'JPKIAPICCTOKEN2',
    applications: everything,
    certificate: {
      serial: expect.stringMatching(/^\*{28}[0-9a-f]{4}$/),
      notBefore: new Date(NOW.getTime() + (900 - 5 * 365) * DAY_MS).toISOString(),
      notAfter: new Date(NOW.getTime() + 900 * DAY_MS).toISOString(),
      issuedByAuthorityOnCard: true,
    },
    signatureCertificate: true,
    extendedLengths: true,
    cardSerial: expect.stringMatching(/^\*{11}\d{4}$/),
    cardExpiryYear: 2031,
    tries: {
      pin: { left: 3, of: 3 },
      signaturePassword: { left: 5, of: 5 },
      codeA: { left: 10, of: 10 },
      codeB: { left: 10, of: 10 },
      birthDate: { left: null, of: null },
      inputSupportPin: { left: 3, of: 3 },
      inputSupportCodeB: { left: 10, of: 10 },
    },
  });
});

test('nothing of the person is told', async () => {
  const { certificate, ...told } = await statusOf('adult');
  for (const personal of ['見本', '花子', '0514', 'SAMPLE', '2285']) expect(JSON.stringify(told)).not.toContain(personal);
  expect(Object.keys(certificate ?? {})).toEqual(['serial', 'notBefore', 'notAfter', 'issuedByAuthorityOnCard']);
});

test('a card without a PIN: all PINs blocked, no signature certificate', async () => {
  const { kind, signatureCertificate, tries } = await statusOf('no-pin-card');
  expect([kind, signatureCertificate]).toEqual(['card', false]);
  expect([tries.pin, tries.signaturePassword, tries.inputSupportPin].map((each) => each?.left)).toEqual([0, 0, 0]);
  expect(tries.codeB?.left).toBe(10);
});

test('a locked PIN, and one with a try left', async () => {
  expect((await statusOf('pin-locked')).tries.pin).toEqual({ left: 0, of: 3 });
  expect((await statusOf('one-try-left')).tries.pin).toEqual({ left: 1, of: 3 });
});

test.each([
  ['phone-android', 'android-phone', 'JPKIAPGPSETOKEN', ['pin', 'signaturePassword']],
  // It asks its owner by face or finger.
  ['phone-iphone', 'iphone', 'JPKIAPIOSTOKEN', ['signaturePassword']],
])('%s has JPKI alone', async (personaId, kind, tokenLabel, keys) => {
  const status = await statusOf(personaId);
  expect(status).toMatchObject({ kind, tokenLabel, applications: ['jpki'] });
  expect(Object.keys(status.tries)).toEqual(keys);
});

test.each(['transit-card', 'driving-licence', 'payment-card'])('%s is another card', async (personaId) => {
  expect(await statusOf(personaId)).toEqual({ kind: 'other-card', applications: [], signatureCertificate: false, tries: {} });
});

test('an expired card, and one whose certificate is about to end', async () => {
  const expired = await statusOf('card-expired');
  expect(expired.cardExpiryYear).toBe(2025);
  expect(Date.parse(expired.certificate?.notAfter ?? '')).toBeLessThan(NOW.getTime());
  const ending = Date.parse((await statusOf('certificate-ending')).certificate?.notAfter ?? '');
  expect((ending - NOW.getTime()) / DAY_MS).toBe(45);
});

test('a line that fails is a fault, at whichever command', async () => {
  const card = await cardOfPersona('adult');
  const whole = talkTo(card);
  await readCardStatus(whole.channel);
  for (let cut = 0; cut < whole.sent.length; cut += 3) {
    let count = 0;
    const { channel } = talkTo(card, (_command, answer) => (count++ < cut ? answer : undefined));
    expect(codeOf(await readCardStatus(channel))).toBe('CARD-104');
  }
});
