/** What the card answers, command by command, and every status word that it has. */
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CardHolder, VirtualCard } from '../../../src/bench/card/virtual-card.ts';
import { CARD_FACE, INPUT_SUPPORT, issued, JPKI, readAll, selectFile, verify } from './card-talk.ts';

const DIGEST_INFO = `3031300D060960864801650304020105000420${'11'.repeat(32)}`;

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
  say(selectFile('0018'));
  say(verify('1234'));
  card.powerOff();
  card.powerOn();
});

describe('SELECT', () => {
  test.each([
    ['公的個人認証', JPKI],
    ['券面事項確認', CARD_FACE],
    ['券面事項入力補助', INPUT_SUPPORT],
    ['共通カード', '00A4040C0A D3921000310001010100'],
    ['住基', '00A4040C0A D3921000310001010401'],
    ['GlobalPlatform ISD', '00A4040C07 A0000001510000'],
  ])('%s can be selected', (_name, command) => {
    expect(say(command)).toBe('9000');
  });

  test('an unknown application or file is 6A82 and leaves the selected one selected', () => {
    expect(say('00A4040C05 F012345678')).toBe('6A82');
    expect(say(selectFile('000A'))).toBe('6A82');
    say(JPKI);
    say(selectFile('000A'));
    expect(say('00A4040C05 F012345678')).toBe('6A82');
    expect(say(selectFile('0042'))).toBe('6A82');
    expect(say('00B0000004')).toMatch(/^3082....9000$/);
  });

  test('00 A4 00 00 is a trap: 6A86 after reset, 9000 inside an application and nothing changes', () => {
    expect(say('00A40000')).toBe('6A86');
    say(JPKI);
    say(selectFile('000A'));
    expect(say('00A40000')).toBe('9000');
    expect(say('00B0000004')).toMatch(/^3082....9000$/);
  });

  test('other parameters are 6A86, a file identifier of another length 6700', () => {
    say(JPKI);
    expect(say('00A4020002000A')).toBe('6A86');
    expect(say('00A4090C02000A')).toBe('6A86');
    expect(say('00A4020C03000A00')).toBe('6700');
  });
});

describe('READ BINARY', () => {
  test('gives what is asked for, short at the end, 6B00 past it', () => {
    say(JPKI);
    say(selectFile('0006'));
    expect(say('00B0000010')).toBe(`${Buffer.from('JPKIAPICCTOKEN2 ').toString('hex').toUpperCase()}9000`);
    expect(say('00B0009020')).toBe(`${'20'.repeat(16)}9000`);
    expect(say('00B000A000')).toBe('6B00');
    expect(say('00B0700000')).toBe('6B00');
  });

  test('by short identifier selects that file', () => {
    say(JPKI);
    expect(say('00B0880003')).toBe('8F8F009000');
    expect(say('00B0000100')).toBe('8F009000');
    expect(say('00B0880100')).toBe('8F009000');
    expect(say('00B09F0000')).toBe('6A82');
    expect(say('00B0A80000')).toBe('6A86');
  });

  test('without a selected file 6986, of a key file 6981, without Le 6700', () => {
    say(JPKI);
    expect(say('00B0000000')).toBe('6986');
    for (const file of ['0016', '0017', '0018']) {
      say(selectFile(file));
      expect(say('00B0000000')).toBe('6981');
    }
    say(selectFile('0008'));
    expect(say('00B00000')).toBe('6700');
  });

  test('an extended Le gives a whole file at once', () => {
    say(CARD_FACE);
    say(selectFile('0012'));
    say(verify(holder.verificationCodeB ?? ''));
    say(selectFile('0002'));
    const whole = say('00B00000000000');
    expect(whole.slice(0, -4)).toBe(readAll(card).toString('hex').toUpperCase());
    expect(whole.slice(-4)).toBe('9000');
  });

  test.each([
    [JPKI, '0001', false],
    [JPKI, '0002', true],
    [JPKI, '0006', true],
    [JPKI, '0008', true],
    [JPKI, '000A', true],
    [JPKI, '000B', true],
    [CARD_FACE, '0001', false],
    [CARD_FACE, '0002', false],
    [CARD_FACE, '0003', true],
    [CARD_FACE, '0004', true],
    [CARD_FACE, '0005', false],
    [INPUT_SUPPORT, '0001', false],
    [INPUT_SUPPORT, '0002', false],
    [INPUT_SUPPORT, '0003', false],
    [INPUT_SUPPORT, '0004', true],
  ])('%s EF %s free to read: %s', (application, file, free) => {
    say(application);
    say(selectFile(file));
    expect(say('00B0000001')).toMatch(free ? /^..9000$/ : /^6982$/);
  });

  test('照合番号B opens the card face and the text, not the number', () => {
    say(CARD_FACE);
    say(selectFile('0012'));
    expect(say(verify(holder.verificationCodeB ?? ''))).toBe('9000');
    expect(say('00B0820004')).toMatch(/^FF2082..9000$/);
    expect(say('00B0850001')).toBe('6982');
    say(INPUT_SUPPORT);
    say(selectFile('0015'));
    expect(say(verify(holder.verificationCodeB ?? ''))).toBe('9000');
    expect(say('00B0820002')).toBe('FF209000');
    expect(say('00B0810001')).toBe('6982');
  });
});

describe('VERIFY', () => {
  beforeEach(() => {
    say(JPKI);
    say(selectFile('0018'));
  });

  test('an empty one is a free question: always 63Cx', () => {
    for (let asked = 0; asked < 10; asked++) expect(say('00200080')).toBe('63C3');
    expect(say(verify('1234'))).toBe('9000');
    expect(say('00200080')).toBe('63C3');
  });

  test('wrong, then right: the counter falls, and is full again', () => {
    expect(say(verify('0000'))).toBe('63C2');
    expect(say('00200080')).toBe('63C2');
    expect(say(verify('1234'))).toBe('9000');
    expect(say('00200080')).toBe('63C3');
  });

  test('the counter survives power-off, being verified does not', () => {
    expect(say(verify('0000'))).toBe('63C2');
    card.powerOff();
    card.powerOn();
    say(JPKI);
    expect(say(`00200098`)).toBe('63C2');
    expect(say(verify('1234'))).toBe('9000');
    expect(say(`802A009733${DIGEST_INFO}00`)).toMatch(/9000$/);
    card.powerOff();
    card.powerOn();
    say(JPKI);
    expect(say(`802A009733${DIGEST_INFO}00`)).toBe('6982');
  });

  test('changing the application, or selecting the same one again, logs out', () => {
    expect(say(verify('1234'))).toBe('9000');
    say(JPKI);
    expect(say(`802A009733${DIGEST_INFO}00`)).toBe('6982');
  });

  test('a wrong entry after a right one logs out', () => {
    say(verify('1234'));
    expect(say(verify('1111'))).toBe('63C2');
    expect(say(`802A009733${DIGEST_INFO}00`)).toBe('6982');
  });

  test('the last wrong one is 63C0, then 6984 for every entry, and it is counted that somebody tried', async () => {
    const fresh = await issued();
    fresh.say(JPKI);
    fresh.say(selectFile('0018'));
    expect(['0000', '1111', '2222'].map((pin) => fresh.say(verify(pin)))).toEqual(['63C2', '63C1', '63C0']);
    expect(fresh.say(verify('1234'))).toBe('6984');
    expect(fresh.say(verify('0000'))).toBe('6984');
    expect(fresh.say('00200080')).toBe('63C0');
    expect(fresh.holder.pinTriesLeft()).toBe(0);
    expect(fresh.card.statistics).toMatchObject({ verifies: 5, pinVerifies: 5, verifiesWhileBlocked: 2, signatures: 0 });
  });

  test('a card can be issued with fewer tries', async () => {
    const locked = await issued({ pinTriesLeft: 0 });
    locked.say(JPKI);
    expect(locked.say('00200098')).toBe('63C0');
    expect(locked.say(`0020009804${'31323334'}`)).toBe('6984');
  });

  test('counters are as issued: password 5, 照合番号 10, 入力補助 PIN 3, its second one blocked', () => {
    expect(say('0020009B')).toBe('63C5');
    say(CARD_FACE);
    expect(say('00200092')).toBe('63CA');
    expect(say('00200093')).toBe('63CA');
    say(INPUT_SUPPORT);
    expect(say('00200091')).toBe('63C3');
    expect(say('00200092')).toBe('63C0');
    expect(say('0020009204 30303030')).toBe('6984');
  });

  test('a secret without a counter answers 6300', () => {
    say(CARD_FACE);
    expect(say('00200091')).toBe('6300');
    for (let entry = 0; entry < 20; entry++) expect(say('0020009106 303030303030')).toBe('6300');
    expect(say(`0020009106${Buffer.from('560514').toString('hex')}`)).toBe('9000');
  });

  test('a data file is 6981, a missing one 6A82, other parameters 6A86, too long an entry 6700 and uncounted', () => {
    expect(say(`0020008A0431323334`)).toBe('6981');
    expect(say(`0020008F0431323334`)).toBe('6A82');
    expect(say(`002001800431323334`)).toBe('6A86');
    expect(say(`002000180431323334`)).toBe('6A86');
    say(selectFile('0018'));
    expect(say(verify('12345678901234567'))).toBe('6700');
    expect(say('00200080')).toBe('63C3');
  });
});

describe('class, instruction and lengths', () => {
  test.each([
    ['00FF0000', '6D00'],
    ['80FF0000', '6D00'],
    ['0082000000', '6D00'],
    ['0CB0000000', '6E00'],
    ['90A4040C', '6E00'],
    ['00B0', '6700'],
    ['00A4040C0AD392', '6700'],
    ['00A4040C00000A01', '6700'],
    ['00C0000000', '6985'],
  ])('%s is answered %s', (command, word) => {
    expect(say(command)).toBe(word);
  });

  test('any bytes get an answer of at least a status word, and no entry is ever guessed', () => {
    const { pinVerifies } = card.statistics;
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (command) => {
        if (command[1] === 0x20) command[1] = 0x21;
        expect(card.answer(command).length).toBeGreaterThanOrEqual(2);
      }),
      { numRuns: 300 },
    );
    expect(card.statistics.pinVerifies).toBe(pinVerifies);
  });
});
