/** Phones with the certificates of a card, command by command. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { VirtualCard } from '../../../src/bench/card/virtual-card.ts';
import { CARD_FACE, cardOfPersona, INPUT_SUPPORT, JPKI, selectFile, talk, verify } from './card-talk.ts';

/** Selects the authentication key by its short identifier and signs a DigestInfo. */
const SIGN = `802A009733${'3031300D060960864801650304020105000420'}${'11'.repeat(32)}00`;

let phone: VirtualCard;
let say: (command: string) => string;

describe.each(['phone-android', 'phone-iphone'])('%s', (personaId) => {
  beforeEach(async () => {
    phone = await cardOfPersona(personaId);
    phone.powerOff();
    phone.powerOn();
    say = talk(phone);
  });

  test('has nothing of what is printed on a card', () => {
    expect([CARD_FACE, INPUT_SUPPORT].map(say)).toEqual(['6A82', '6A82']);
    expect(phone.holder?.verificationCodeB).toBeUndefined();
  });

  test('has the certificate free to read', () => {
    say(JPKI);
    say(selectFile('000A'));
    expect(say('00B0000004')).toMatch(/^3082....9000$/);
  });
});

test('an Android phone signs after four digits, and forgets them as a card does', async () => {
  phone = await cardOfPersona('phone-android');
  phone.powerOn();
  say = talk(phone);
  say(JPKI);
  expect(say(SIGN)).toBe('6982');
  say(selectFile('0018'));
  expect(say(verify('0000'))).toBe('63C2');
  expect(say(verify('1234'))).toBe('9000');
  expect(say(SIGN)).toMatch(/9000$/);
  say(JPKI);
  expect(say(SIGN)).toBe('6982');
});

test('an iPhone has asked its owner itself: it signs unasked, and has no PIN', async () => {
  phone = await cardOfPersona('phone-iphone');
  phone.powerOn();
  say = talk(phone);
  expect(say(SIGN)).not.toMatch(/9000$/);
  say(JPKI);
  expect(say(selectFile('0018'))).toBe('6A82');
  expect(say('0020009804 31323334')).toBe('6A82');
  expect(say(SIGN)).toMatch(/9000$/);
  say(JPKI);
  expect(say(SIGN)).toMatch(/9000$/);
  expect(phone.statistics.pinVerifies).toBe(0);
});

test('an iPhone’s signature key asks for its password all the same', async () => {
  phone = await cardOfPersona('phone-iphone');
  phone.powerOn();
  say = talk(phone);
  say(JPKI);
  expect(say(selectFile('001A'))).toBe('9000');
  expect(say(SIGN.replace('802A0097', '802A009A'))).toBe('6982');
});
