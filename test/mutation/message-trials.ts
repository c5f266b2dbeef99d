/** Parsers of single messages: with a check byte of their own, or protected by what carries them. */
import { parseCommand } from '../../src/bench/card/command.ts';
import { T1Card } from '../../src/bench/module/t1-card.ts';
import { decodeCommand, decodeResponse } from '../../src/card/apdu.ts';
import { parseAtr } from '../../src/card/atr.ts';
import { spendsATry } from '../../src/card/commands.ts';
import { decodeAnswer } from '../../src/card/module/ccid/message.ts';
import { decodeBlock } from '../../src/card/module/t1/block.ts';
import { parseTlvs } from '../../src/card/tlv.ts';
import { bytes } from '../card/hex.ts';
import { type Judgement, type ParserTrial, same } from './parser-trial.ts';
import { atrLengthOf, t1InfOf, tlvRowOf, xorOf } from './second-reading.ts';

const numbers = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 29 + 3) & 0xff);

/** Accepted when, and only when, it is in itself right. */
function accepted(input: Uint8Array, original: Uint8Array, isAccepted: boolean, isRight: boolean): Judgement {
  if (isAccepted !== isRight) return { breach: isAccepted ? 'accepted, and not right' : 'right, and not accepted' };
  if (!isAccepted) return 'refused';
  return same(input, original) ? 'unchanged' : 'valid';
}

const ccidMessage: ParserTrial = {
  parser: 'CCID message',
  protectedBy: 'form',
  originals: [
    bytes('81 00 00 00 00 00 05 01 00 00'),
    bytes('83 04 00 00 00 00 06 02 00 00 56 31 2E 30'),
    Uint8Array.of(...bytes('80 02 01 00 00 00 07 00 00 00'), ...numbers(258)),
  ],
  judge(input, original) {
    const answer = decodeAnswer(input);
    const [type = 0, low = 0, high = 0, , fourth, slot = 0, seq = 0, status = 0] = input;
    const right =
      fourth !== undefined && type >= 0x80 && 10 + low + 256 * high === input.length && (status & 3) < 3 && status >> 6 < 3;
    if (answer && (answer.slot !== slot || answer.seq !== seq || !same(answer.data, input.subarray(10)))) {
      return { breach: 'read otherwise than it stands there' };
    }
    return accepted(input, original, answer !== undefined, right);
  },
};

const blockOf = (...content: number[]) => Uint8Array.of(...content, xorOf(Uint8Array.from(content)));
/** Commands for a card that has just been reset: N(S) 0, no more to follow. */
const commandBlocks = [
  blockOf(0x00, 0x00, 0x04, ...bytes('00 20 00 80')),
  blockOf(0x00, 0x00, 0x07, ...bytes('00 A4 02 0C 02 00 0A')),
  blockOf(0x00, 0x00, 0xc8, ...numbers(200)),
];
const otherBlocks = ['00 82 00 82', '00 C3 01 02 C0', '00 E1 01 FE 1E', '00 60 02 90 00 F2'].map(bytes);

const t1Block: ParserTrial = {
  parser: 'T=1 block',
  protectedBy: 'check byte',
  originals: [...commandBlocks, ...otherBlocks, blockOf(0x00, 0x60, 0xfe, ...numbers(254))],
  judge(input, original) {
    const block = decodeBlock(input);
    const inf = t1InfOf(input);
    if (block.ok && (!inf || ('inf' in block.value && !same(block.value.inf, inf)))) return { breach: 'accepted, and not right' };
    if (!block.ok) return 'refused';
    return same(input, original) ? 'unchanged' : 'valid';
  },
};

const T1_ATR = bytes('3B DA 13 FF 81 31 FB 46 80 12 39 2F 31 C1 73 C6 01 C0 3B');
const RESYNCH = bytes('00 C0 00 C0');
const RESYNCHED = bytes('00 E0 00 E0');

/** A damaged block is never carried out, and never leaves the card so that a host could not come into step again. */
const t1Card: ParserTrial = {
  parser: 'simulated card’s T=1',
  protectedBy: 'check byte',
  originals: commandBlocks,
  judge(input, original) {
    const carriedOut: Uint8Array[] = [];
    const card = new T1Card({
      atr: T1_ATR,
      execute(command) {
        carriedOut.push(command);
        return bytes('90 00');
      },
    });
    const answer = card.receive(input);
    if (!answer || !t1InfOf(answer)) return { breach: 'answered by no block' };
    const wrong = carriedOut.some((command) => !same(command, t1InfOf(input) ?? RESYNCH));
    if (wrong) return { breach: 'carried out what did not come whole' };
    const resynched = card.receive(RESYNCH);
    const next = card.receive(bytes('00 00 01 55 54'));
    const inStep = resynched && same(resynched, RESYNCHED) && next && same(next, bytes('00 00 02 90 00 92'));
    if (!inStep) return { breach: 'out of step after RESYNCH' };
    if (carriedOut.length < 2) return 'refused';
    return same(input, original) ? 'unchanged' : 'valid';
  },
};

const atr: ParserTrial = {
  parser: 'ATR',
  protectedBy: 'check byte',
  originals: [T1_ATR, bytes('3B 88 80 01 00 00 05 E0 B3 81 A1 00 7F'), bytes('3B E0 00 FF 81 31 FE 45 14'), bytes('3B 02 14 50')],
  judge(input, original) {
    const { length, checked } = atrLengthOf(input);
    const starts = (input[0] === 0x3b || input[0] === 0x3f) && input.length >= 2;
    const right = starts && input.length === length && (!checked || xorOf(input.subarray(1)) === 0);
    return accepted(input, original, parseAtr(input).ok, right);
  },
};

const responses = [bytes('90 00'), bytes('63 C2'), Uint8Array.of(...numbers(256), 0x90, 0x00)];

const responseApdu: ParserTrial = {
  parser: 'response APDU',
  protectedBy: 'form',
  originals: responses,
  judge(input, original) {
    const response = decodeResponse(input);
    const sw1 = input.at(-2) ?? 0;
    const right = input.length >= 2 && sw1 >= 0x60 && sw1 <= 0x9f;
    if (response.ok) {
      const { data, sw } = response.value;
      if (!same(Uint8Array.of(...data, sw >> 8, sw & 0xff), input)) return { breach: 'read otherwise than it stands there' };
    }
    return accepted(input, original, response.ok, right);
  },
};

const commandApdus = [
  bytes('00 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01'),
  bytes('00 B0 01 00 00'),
  bytes('00 20 00 80'),
  bytes('80 2A 00 80 05 30 03 02 01 05 00'),
  Uint8Array.of(...bytes('80 A2 06 C1 00 01 33'), ...numbers(307)),
  Uint8Array.of(...bytes('80 A2 06 C1 00 01 33'), ...numbers(307), 0x00, 0x00),
];

/** Reader and simulated card read commands by code of their own: they must agree about each. */
const commandApdu: ParserTrial = {
  parser: 'command APDU, reader and card',
  protectedBy: 'form',
  originals: commandApdus,
  judge(input, original) {
    const ours = decodeCommand(input);
    const theirs = parseCommand(input);
    if (ours.ok && theirs) {
      const [a, b] = [ours.value, theirs];
      const agree = a.ins === b.ins && a.p1 === b.p1 && a.p2 === b.p2 && a.le === b.le && same(a.data ?? NOTHING, b.data);
      if (!agree) return { breach: 'reader and card read it differently' };
    }
    return accepted(input, original, ours.ok, theirs !== undefined);
  },
};

const NOTHING = new Uint8Array(0);
/** VERIFY, CHANGE REFERENCE DATA, RESET RETRY COUNTER and their like (ISO/IEC 7816-4 §7.5). */
const COUNTING = [0x20, 0x21, 0x24, 0x25, 0x26, 0x28, 0x2c, 0x2d];

const countingApdus = [bytes('00 20 00 80 04 31 32 33 34'), bytes('00 24 00 80 08 31 32 33 34 35 36 37 38')];

/** What a gateway sends may be anything: nothing that a card would count against its holder is passed on. */
const relayCommand: ParserTrial = {
  parser: 'gateway’s relay command',
  protectedBy: 'form',
  originals: [...commandApdus, ...countingApdus],
  judge(input, original) {
    const decoded = decodeCommand(input);
    const passed = decoded.ok && !spendsATry(decoded.value);
    const counts = COUNTING.includes(input[1] ?? 0) && input.length > (input[4] === 0 ? 7 : 5);
    if (passed && counts) return { breach: 'a command that spends a try was passed on' };
    // What counts is held back also when it is intact.
    if (!passed) return counts && same(input, original) ? 'unchanged' : 'refused';
    return same(input, original) ? 'unchanged' : 'valid';
  },
};

const tlv: ParserTrial = {
  parser: 'TLV',
  protectedBy: 'form',
  originals: [
    bytes('DF 21 02 00 05 DF 22 08 31 39 38 31 30 35 31 34 DF 23 01 32'),
    bytes('5F 4E 82 00 05 01 02 03 04 05 5F 37 81 02 AA BB'),
    Uint8Array.of(...bytes('90 03 01 00 01 91 82 01 00'), ...numbers(256)),
  ],
  judge(input, original) {
    const row = parseTlvs(input);
    const right = tlvRowOf(input);
    if (row.ok && right) {
      const agree =
        row.value.length === right.length &&
        row.value.every(({ tag, value }, index) => {
          const other = right[index];
          return other !== undefined && tag === other.tag && same(value, other.value);
        });
      if (!agree) return { breach: 'read otherwise than it stands there' };
    }
    return accepted(input, original, row.ok, right !== undefined);
  },
};

export const messageTrials: readonly ParserTrial[] = [
  ccidMessage,
  t1Block,
  t1Card,
  atr,
  responseApdu,
  commandApdu,
  relayCommand,
  tlv,
];
