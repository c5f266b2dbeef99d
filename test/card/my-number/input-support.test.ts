/** Name, address, birth and sex: how they are opened, and when they are believed. */
import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CardHolder, VirtualCard } from '../../../src/bench/card/virtual-card.ts';
import { readCheckedAttributes } from '../../../src/card/my-number/attributes.ts';
import { openInputSupportByCodeB, openInputSupportByPin } from '../../../src/card/my-number/input-support.ts';
import { issued, talk } from '../../bench/card/card-talk.ts';
import { ascii, benchTrust, codeOf, successOf, talkTo } from './card-talk.ts';

let card: VirtualCard;
let holder: CardHolder;
const codeB = () => ascii(holder.verificationCodeB ?? '');
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');

beforeAll(async () => {
  ({ card, holder } = await issued());
});

/** Another test may have had a wrong entry. */
beforeEach(() => {
  card.powerOn();
  const say = talk(card);
  for (const command of ['00A4040C0AD3921000310001010408', '002000910431323334']) expect(say(command)).toBe('9000');
});

describe('opened', () => {
  test('by its PIN, with one VERIFY', async () => {
    const { channel, sent } = talkTo(card);
    expect(await openInputSupportByPin(channel, ascii('1234'), 3)).toEqual({ ok: true, value: { at: 'right' } });
    expect(sent).toEqual(['00A4040C0AD3921000310001010408', '00A4020C020011', '00200080', '002000800431323334']);
  });

  test('not by a wrong PIN: the card says how many tries are left', async () => {
    const { channel } = talkTo(card);
    const verdict = await openInputSupportByPin(channel, ascii('0000'), 3);
    expect(verdict).toEqual({ ok: true, value: { at: 'wrong', triesLeft: 2 } });
    expect(codeOf(await readCheckedAttributes(channel, await benchTrust()))).toBe('CARD-104');
  });

  test('not when the card counts other tries than were told of: nothing is sent', async () => {
    const { channel, sent } = talkTo(card);
    expect(codeOf(await openInputSupportByPin(channel, ascii('1234'), 2))).toBe('PIN-303');
    expect(sent.at(-1)).toBe('00200080');
  });

  test('a lost answer is a fault, and VERIFY is not sent again', async () => {
    const { channel, sent } = talkTo(card, (command, answer) => (command.startsWith('0020008004') ? undefined : answer));
    expect(codeOf(await openInputSupportByPin(channel, ascii('1234'), 3))).toBe('CARD-104');
    expect(sent.filter((command) => command.startsWith('0020008004'))).toHaveLength(1);
  });

  test('by 照合番号B; a wrong one is CARD-107, one of another length is not presented', async () => {
    const { channel } = talkTo(card);
    const { verifies } = card.statistics;
    expect(codeOf(await openInputSupportByCodeB(channel, ascii('5605142031228')))).toBe('CARD-108');
    expect(card.statistics.verifies).toBe(verifies);
    expect(codeOf(await openInputSupportByCodeB(channel, ascii('01010120310000')))).toBe('CARD-107');
    expect(codeOf(await openInputSupportByCodeB(channel, codeB()))).toBe('fine');
  });

  test('never below five tries of 照合番号B, and a blocked PIN is sent no more', async () => {
    const { card: worn } = await issued();
    const { channel } = talkTo(worn);
    const codes: string[] = [];
    for (let turn = 0; turn < 8; turn++) codes.push(codeOf(await openInputSupportByCodeB(channel, ascii('01010120310000'))));
    expect(codes).toEqual([...new Array(6).fill('CARD-107'), 'CARD-111', 'CARD-111']);
    for (const left of [3, 2, 1]) await openInputSupportByPin(channel, ascii('0000'), left);
    expect(await openInputSupportByPin(channel, ascii('1234'), 0)).toEqual({ ok: true, value: { at: 'locked' } });
    expect(worn.statistics).toMatchObject({ verifies: 9, verifiesWhileBlocked: 0 });
  });
});

describe('the attributes', () => {
  test('are as the card holds them', async () => {
    const { channel } = talkTo(card);
    await openInputSupportByCodeB(channel, codeB());
    const { name, address, birth, sex } = successOf(await readCheckedAttributes(channel, await benchTrust()));
    expect([name, address, birth, sex].map(text)).toEqual(['見本　花子', '東京都架空区見本町一丁目2番3号', '19810514', '2']);
  });

  test('are not believed when their certificate is by another root', async () => {
    const { channel } = talkTo(card);
    await openInputSupportByCodeB(channel, codeB());
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
    expect(codeOf(await readCheckedAttributes(channel, { ...(await benchTrust()), cvKeys: [other] }))).toBe('CARD-106');
  });

  test.each([
    ['the certificate', '0004', 100],
    ['the own key', '0007', 40],
    ['the signature of the own key', '0007', 300],
    ['the digest of the number', '0003', 20],
    ['the digest of the attributes', '0003', 50],
    ['the signature of the digests', '0003', 200],
    ['the name', '0002', 20],
    ['the sex', '0002', -1],
  ])('are not believed when one bit of %s is another', async (_name, file, at) => {
    let selected = '';
    const { channel } = talkTo(card, (command, answer) => {
      if (command.startsWith('00A4020C02')) selected = command.slice(-4);
      const [from, length] = [Number.parseInt(command.slice(4, 8), 16), answer.length - 2];
      const hit = at < 0 ? length - 1 : at - from;
      const spoilt = command.startsWith('00B0') && selected === file && hit >= 0 && hit < length;
      return spoilt ? answer.map((byte, index) => (index === hit ? byte ^ 1 : byte)) : answer;
    });
    await openInputSupportByCodeB(channel, codeB());
    expect(codeOf(await readCheckedAttributes(channel, await benchTrust()))).toBe('CARD-106');
  });

  test('of a card that only repeats an old signature are not believed', async () => {
    let old: Uint8Array | undefined;
    const { channel } = talkTo(card, (command, answer) => {
      if (!command.startsWith('802A')) return answer;
      old ??= Uint8Array.from(answer);
      return Uint8Array.from(old);
    });
    await openInputSupportByCodeB(channel, codeB());
    const trust = await benchTrust();
    expect(codeOf(await readCheckedAttributes(channel, trust))).toBe('fine');
    expect(codeOf(await readCheckedAttributes(channel, trust))).toBe('CARD-106');
  });
});
