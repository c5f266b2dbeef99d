import { describe, expect, test } from 'vitest';
import { issueCard } from '../../../src/bench/card/issue-card.ts';
import { expiryDate, verificationCodeB } from '../../../src/bench/card/verification-code.ts';
import { personaById } from '../../../src/bench/personas.ts';
import { benchPki, CARD_FACE, JPKI, NOW, talk } from './card-talk.ts';

async function cardOf(id: string) {
  const persona = personaById(id) ?? expect.fail(`no persona ${id}`);
  return issueCard(persona, await benchPki(), { portraitJp2: new Uint8Array(), now: NOW });
}

test('a transit card answers, but has none of the applications', async () => {
  const card = await cardOf('transit-card');
  expect(card.powerOn()?.[0]).toBe(0x3b);
  const say = talk(card);
  expect([say(JPKI), say(CARD_FACE), say('00B0000000')]).toEqual(['6A82', '6A82', '6D00']);
  expect(card.holder).toBeUndefined();
});

test('a mute card gives no ATR', async () => {
  expect((await cardOf('mute-card')).powerOn()).toBeUndefined();
});

describe('照合番号B', () => {
  test.each([
    ['1980-02-17', '2035', '2285', '55021720352285'],
    ['2019-04-30', '2031', '0001', '31043020310001'],
    ['2019-05-01', '2031', '0001', '01050120310001'],
    ['1989-01-07', '2031', '0001', '64010720310001'],
    ['1989-01-08', '2031', '0001', '01010820310001'],
    ['1926-12-25', '2031', '0001', '01122520310001'],
    ['1926-12-24', '2031', '0001', '15122420310001'],
  ])('of %s', (birth, expiry, code, expected) => {
    expect(verificationCodeB(birth, expiry, code)).toBe(expected);
  });

  test('the card expires on the birthday in five years, by the calendar of Japan', () => {
    expect(expiryDate('1981-05-14', NOW)).toBe('20310514');
    expect(expiryDate('1981-05-14', new Date('2026-12-31T15:00:00Z'))).toBe('20320514');
    expect(expiryDate('1960-02-29', NOW)).toBe('20310228');
    expect(expiryDate('1960-02-29', new Date('2027-06-01T00:00:00Z'))).toBe('20320229');
  });
});
