import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { T1Card } from '../../../src/bench/module/t1-card.ts';
import { t1Block } from './gem-host.ts';

/** IFSC 251. */
const ATR = Uint8Array.from(Buffer.from('3BDA13FF8131FB468012392F31C173C601C03B', 'hex'));

let executed: Uint8Array[];
let card: T1Card;

/** Answers a command with as many bytes as its first two say, then 9000. */
function execute(command: Uint8Array): Uint8Array {
  executed.push(command);
  const length = (command[0] ?? 0) * 256 + (command[1] ?? 0);
  return Uint8Array.from([...Array.from({ length }, (_, index) => index & 0xff), 0x90, 0x00]);
}

beforeEach(() => {
  executed = [];
  card = new T1Card({ atr: ATR, execute });
});

function say(pcb: number, information: readonly number[] | Uint8Array = []): number[] {
  const answer = card.receive(Uint8Array.from(t1Block(pcb, information)));
  if (answer === undefined) throw new Error('the card fell silent');
  return [...answer];
}

/** Sends a command in pieces of at most `piece` bytes and fetches the whole answer. */
function exchange(command: Uint8Array, piece: number, sequence: { own: number; card: number }): Uint8Array {
  let answer: number[] = [];
  for (let at = 0; at < command.length; at += piece) {
    const more = at + piece < command.length ? 0x20 : 0;
    answer = say((sequence.own << 6) | more, command.slice(at, at + piece));
    sequence.own ^= 1;
    if (more) expect(answer).toEqual(t1Block(0x80 | (sequence.own << 4)));
  }
  const parts: number[] = [];
  for (;;) {
    const [, pcb = 0] = answer;
    expect(pcb & 0xc0).toBe(sequence.card << 6);
    parts.push(...answer.slice(3, -1));
    sequence.card ^= 1;
    if ((pcb & 0x20) === 0) return Uint8Array.from(parts);
    answer = say(0x80 | (sequence.card << 4));
  }
}

test('commands and answers of any length pass in chains of any piece, one after the other', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ command: fc.uint8Array({ minLength: 2, maxLength: 700 }), piece: fc.integer({ min: 1, max: 251 }) }), {
        minLength: 1,
        maxLength: 4,
      }),
      (exchanges) => {
        executed = [];
        card = new T1Card({ atr: ATR, execute });
        say(0xc1, [254]);
        const sequence = { own: 0, card: 0 };
        for (const { command, piece } of exchanges) {
          command[0] = (command[0] ?? 0) & 0x03;
          const answer = exchange(command, piece, sequence);
          expect(answer.length).toBe((command[0] ?? 0) * 256 + (command[1] ?? 0) + 2);
        }
        expect(executed).toEqual(exchanges.map(({ command }) => command));
      },
    ),
    { numRuns: 60 },
  );
});

test('until S(IFS) the card sends no more than 32 bytes a block', () => {
  expect(say(0x00, [0, 40])[2]).toBe(32);
});

test('a block longer than the card can take is refused', () => {
  expect(say(0x00, new Uint8Array(252))).toEqual(t1Block(0x82));
  expect(executed).toEqual([]);
});

test('a wrong LRC, a wrong length, a wrong node address and a wrong sequence number are refused, each by its R-block', () => {
  const good = Uint8Array.from(t1Block(0, [0, 0]));
  expect(card.receive(good.map((byte, index) => (index === 5 ? byte ^ 1 : byte)))).toEqual(Uint8Array.from(t1Block(0x81)));
  expect(card.receive(Uint8Array.of(0, 0, 5, 0, 0, 5))).toEqual(Uint8Array.from(t1Block(0x82)));
  expect(card.receive(Uint8Array.of(1, 0, 1, 0, 0))).toEqual(Uint8Array.from(t1Block(0x82)));
  expect(say(0x40, [0, 0])).toEqual(t1Block(0x82));
  expect(executed).toEqual([]);
});

test('a command that is repeated is not carried out again, and its answer can be fetched again', () => {
  const answer = say(0x00, [0, 1]);
  expect(say(0x00, [0, 1])).toEqual(t1Block(0x92));
  expect(say(0x80)).toEqual(answer);
  expect(executed).toHaveLength(1);
});

test('one block of a chain can be fetched again before the next', () => {
  const first = say(0x00, [0, 70]);
  expect(say(0x80)).toEqual(first);
  const second = say(0x90);
  expect(second.slice(3, -1)).toEqual(Array.from({ length: 32 }, (_, index) => index + 32));
  expect(say(0x90)).toEqual(second);
});

test('RESYNCH begins anew with sequence number 0, ABORT drops a chain', () => {
  say(0x00, [0, 0]);
  expect(say(0xc0)).toEqual(t1Block(0xe0));
  expect(say(0x20, [9, 9])).toEqual(t1Block(0x90));
  expect(say(0xc2)).toEqual(t1Block(0xe2));
  expect(say(0x40, [0, 0]).slice(3, -1)).toEqual([0x90, 0x00]);
  expect(executed).toEqual([Uint8Array.of(0, 0), Uint8Array.of(0, 0)]);
});

test('a slow command asks for more time first, and is carried out once', () => {
  card = new T1Card({ atr: ATR, execute, waitingTimes: () => 2 });
  expect(say(0x00, [0, 0])).toEqual(t1Block(0xc3, [1]));
  expect(executed).toEqual([]);
  expect(say(0xe3, [1])).toEqual(t1Block(0xc3, [1]));
  expect(say(0xe3, [1]).slice(3, -1)).toEqual([0x90, 0x00]);
  expect(executed).toHaveLength(1);
});

test('no flipped bit and no cut of a block is ever carried out, and each is answered', () => {
  const block = Uint8Array.from(t1Block(0, [0, 3, 0x20, 0x00, 0x80]));
  for (let bit = 0; bit < block.length * 8; bit++) {
    const flipped = block.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
    expect(card.receive(flipped)?.[1]).toBe(0x81);
  }
  for (let length = 0; length < block.length; length++)
    expect((card.receive(block.slice(0, length))?.[1] ?? 0) & 0xc0).toBe(0x80);
  expect(executed).toEqual([]);
});

test('whatever blocks come, the card answers each with a block in order', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 12 }), { maxLength: 20 }), (blocks) => {
      for (const raw of blocks) {
        const block = raw.length > 3 ? Uint8Array.from([...raw.slice(0, 2), raw.length - 3, ...raw.slice(3)]) : raw;
        const answer = card.receive(Uint8Array.from([...block, block.reduce((sum, byte) => sum ^ byte, 0)]));
        expect(answer?.reduce((sum, byte) => sum ^ byte, 0)).toBe(0);
        expect(answer?.[2]).toBe((answer?.length ?? 0) - 4);
      }
    }),
  );
});
