/** Dialogues with the card face and with what the card says of itself. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { CardHolder, VirtualCard } from '../../../src/bench/card/virtual-card.ts';
import { readCheckedAgeRecord } from '../../../src/card/my-number/age-record.ts';
import { readBasicInformation } from '../../../src/card/my-number/basic-information.ts';
import { selectCardFace } from '../../../src/card/my-number/card-face.ts';
import { readCardRecord } from '../../../src/card/my-number/common-card.ts';
import { MY_NUMBER_CARD } from '../../../src/card/my-number/my-number-card.ts';
import { hasApplication } from '../../../src/card/my-number/select-application.ts';
import { issued } from '../../bench/card/card-talk.ts';
import { ascii, benchTrust, codeOf, successOf, talkTo } from './card-talk.ts';

let card: VirtualCard;
let holder: CardHolder;

beforeAll(async () => {
  ({ card, holder } = await issued());
});

describe('the age record', () => {
  test('is opened by the first six digits of 照合番号B, and holds the Gregorian date', async () => {
    const { channel, sent } = talkTo(card);
    const birth = successOf(await readCheckedAgeRecord(channel, ascii('560514'), await benchTrust()));
    expect(holder.verificationCodeB).toMatch(/^560514/);
    expect(Buffer.from(birth).toString()).toBe('19810514');
    expect(sent.filter((command) => command.startsWith('0020'))).toEqual(['00200080', '0020008006353630353134']);
  });

  test('is not opened by the Gregorian year', async () => {
    expect(codeOf(await readCheckedAgeRecord(talkTo(card).channel, ascii('810514'), await benchTrust()))).toBe('CARD-107');
  });

  test.each([20, 100, 400])('is not believed when bit 0 of byte %i is another', async (at) => {
    const { channel } = talkTo(card, (command, answer) => {
      const hit = at - Number.parseInt(command.slice(4, 8), 16);
      const big = command.startsWith('00B0') && answer.length > 30 && hit >= 0 && hit < answer.length - 2;
      return big ? answer.map((byte, index) => (index === hit ? byte ^ 1 : byte)) : answer;
    });
    expect(codeOf(await readCheckedAgeRecord(channel, ascii('560514'), await benchTrust()))).toBe('CARD-106');
  });

  test('a key that has fewer than two tries left is not presented to', async () => {
    const { channel, sent } = talkTo(card, (command, answer) => (command === '00200080' ? Uint8Array.of(0x63, 0xc1) : answer));
    expect(codeOf(await readCheckedAgeRecord(channel, ascii('560514'), await benchTrust()))).toBe('CARD-108');
    expect(sent.at(-1)).toBe('00200080');
  });
});

test('basic information is free to read', async () => {
  const { channel } = talkTo(card);
  await selectCardFace(channel);
  expect(await readBasicInformation(channel)).toEqual({ ok: true, value: { extendedLengths: true, municipality: '00000' } });
});

describe('the card record', () => {
  async function recordOf(spoil?: Parameters<typeof talkTo>[1]) {
    const { channel } = talkTo(card, spoil);
    await hasApplication(channel, MY_NUMBER_CARD.commonCard);
    return readCardRecord(channel);
  }

  test('has serial, municipality and expiry', async () => {
    const record = successOf(await recordOf());
    expect(record).toEqual({ serial: expect.stringMatching(/^\d{15}$/), municipality: '00000', expiry: '20310514' });
  });

  test('a published one is taken apart rightly', async () => {
    const published = Buffer.concat([Buffer.from([0x01, 0x1c]), ascii('4000000127198431322120350217'), Buffer.from([0x90, 0])]);
    const record = successOf(await recordOf((command, answer) => (command === '00B2010400' ? published : answer)));
    expect(record).toEqual({ serial: '400000012719843', municipality: '13221', expiry: '20350217' });
  });

  test.each([
    ['another tag', `021C${'30'.repeat(28)}`],
    ['another length', `011B${'30'.repeat(27)}`],
    ['letters', `011C${'41'.repeat(28)}`],
    ['nothing', ''],
  ])('with %s is malformed', async (_name, hex) => {
    const bad = Buffer.from(`${hex}9000`, 'hex');
    expect(codeOf(await recordOf((command, answer) => (command === '00B2010400' ? bad : answer)))).toBe('CARD-104');
  });
});
