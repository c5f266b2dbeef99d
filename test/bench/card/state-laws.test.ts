/** What holds for a card whatever is said to it, in whatever order. */
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { VirtualCard } from '../../../src/bench/card/virtual-card.ts';
import { CARD_FACE, cardOfPersona, INPUT_SUPPORT, JPKI, selectFile, talk } from './card-talk.ts';

const applications = [JPKI, CARD_FACE, INPUT_SUPPORT, '00A4040C0AD3921000310001010100', '00A4040C07A0000001510000'];
const files = ['0001', '0002', '0003', '0006', '000A', '0011', '0012', '0015', '0017', '0018', '0019', '001B', '001C'];
const SIGN_BY_PIN = `802A029720${'11'.repeat(32)}00`;

let card: VirtualCard;
let say: (command: string) => string;

beforeAll(async () => {
  card = await cardOfPersona('adult');
  say = talk(card);
  card.powerOn();
});

/** Commands of the card's own, none with an entry but of keys without a counter; headers may be anything. */
const command = fc.oneof(
  fc.constantFrom(...applications, ...files.map(selectFile), '00A40000', '00200080', '0084000010', '00B0000000', '00B2010400'),
  fc
    .tuple(fc.constantFrom(0x00, 0x80), fc.constantFrom(0xa4, 0xb0, 0xb2, 0xca, 0x84, 0x88, 0xc0, 0xa2), fc.nat(255), fc.nat(255))
    .chain(([cla, ins, p1, p2]) =>
      fc.uint8Array({ maxLength: 20 }).map((data) => Buffer.from([cla, ins, p1, p2, ...data]).toString('hex')),
    ),
);

test('for all bytes: at least a status word, of a form that ISO 7816 knows', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      if (bytes[1] === 0x20) bytes[1] = 0x21;
      const answer = card.answer(bytes);
      expect(answer.length).toBeGreaterThanOrEqual(2);
      expect([0x61, 0x63, 0x67, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x90]).toContain(answer.at(-2));
    }),
    { numRuns: 500 },
  );
});

test('for all dialogues without the PIN: its key does not sign, and its counter stands', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 25 }), (dialogue) => {
      card.powerOn();
      for (const each of dialogue) say(each);
      say(JPKI);
      expect(say(SIGN_BY_PIN)).toBe('6982');
      expect(say('00200098')).toBe('63C3');
    }),
    { numRuns: 150 },
  );
});

test('for all dialogues after the PIN: the key signs until an application is selected, also its own', () => {
  const withinJpki = command.filter((each) => !applications.includes(each));
  fc.assert(
    fc.property(fc.array(withinJpki, { maxLength: 12 }), fc.constantFrom(...applications), (dialogue, left) => {
      card.powerOn();
      say(JPKI);
      expect(say('002000980431323334')).toBe('9000');
      for (const each of dialogue) say(each);
      expect(say(SIGN_BY_PIN)).toMatch(/^.{512}9000$/);
      say(left);
      say(JPKI);
      expect(say(SIGN_BY_PIN)).toBe('6982');
    }),
    { numRuns: 80 },
  );
});

test('for all offsets and lengths: READ BINARY gives that part of the file, short at its end, 6B00 past it', () => {
  card.powerOn();
  say(JPKI);
  say(selectFile('000A'));
  const { certificateDer = new Uint8Array() } = card.holder ?? {};
  const whole = Buffer.from(certificateDer).toString('hex').toUpperCase();
  fc.assert(
    fc.property(fc.nat(certificateDer.length + 300), fc.integer({ min: 1, max: 65_536 }), (offset, le) => {
      const short = (le % 256).toString(16).padStart(2, '0');
      const field = le <= 256 ? short : `00${(le % 65_536).toString(16).padStart(4, '0')}`;
      const part = whole.slice(2 * offset, 2 * (offset + le));
      expect(say(`00B0${offset.toString(16).padStart(4, '0')}${field}`)).toBe(part === '' ? '6B00' : `${part}9000`);
    }),
  );
});
