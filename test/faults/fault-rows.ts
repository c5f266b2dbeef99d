/** The fault table: what goes wrong on the way to a card, and what the reader owes then. */
import type { FaultCode } from '../../src/faults/catalogue.ts';
import { bytes } from '../card/hex.ts';
import { NO_PORTRAIT } from './dialogue.ts';
import type { FaultBench, ModuleName, Trouble } from './fault-bench.ts';

export type FaultRow = {
  readonly name: string;
  /** On which the trouble falls, one after the other: messages to the module, or commands to the card. */
  readonly per: 'message' | 'command';
  readonly trouble: Trouble;
  readonly times?: number;
  /** What the call may end in; none: it must finish. */
  readonly codes: readonly FaultCode[];
  /** From the trouble to the end of the call. */
  readonly boundMs: number;
  /** Modules that know this fault. */
  readonly only: readonly ModuleName[];
  /** Which of the public hosts were measured to fail here: at once, or for good. */
  readonly beats?: string;
  readonly module: 'stays' | 'may be lost' | 'is lost';
  /** Within which a loss is told. */
  readonly noticedMs: number;
  /** The card is taken away by the trouble, or another person's card takes its place. */
  readonly card: 'stays' | 'leaves' | 'is swapped';
  /** Ends the trouble, where something was done that lasts. */
  readonly afterwards?: (bench: FaultBench) => Promise<void>;
  /** What a call may then say that the card's issuer would not; see dialogue.ts. */
  readonly tolerated?: string;
};

/** The contact slot of an acs module shares its line with the contactless one: only what the card does is tried there. */
const LINES: readonly ModuleName[] = ['gem', 'acs, contactless', 'pn532'];
const CCID: readonly ModuleName[] = ['gem', 'acs, contactless'];
const ALL_CCID: readonly ModuleName[] = [...CCID, 'acs, contact'];
/** An acs module speaks T=1 with the card by itself. */
const T1: readonly ModuleName[] = ['gem'];

function row(name: string, trouble: Trouble, more: Partial<FaultRow> = {}): FaultRow {
  return {
    ...{
      name,
      trouble,
      per: 'message',
      codes: [],
      boundMs: 5_000,
      only: LINES,
      module: 'stays',
      noticedMs: 2_000,
      card: 'stays',
    },
    ...more,
  };
}

const noise = (hex: string, where: 'before' | 'after'): Trouble => ({ kind: 'noise', bytes: bytes(hex), where });

/** What may have been carried out is not sent again by itself: the card is placed again, or the way chosen anew. */
const NOT_REPEATED = { codes: ['CARD-104', 'PIN-303', 'CARD-110', 'CARD-102'] } as const;
const GONE = { codes: ['CARD-101'], boundMs: 500, card: 'leaves' } as const;
const LOST = { codes: ['MOD-201', 'MOD-202', 'MOD-203', 'PIN-303', 'CARD-101'], module: 'is lost' } as const;
/** A module that restarts takes the power from its card: what the card was told is gone. */
const RESTARTED = { codes: [...LOST.codes, 'CARD-102', 'CARD-104'], module: 'may be lost', boundMs: 12_000 } as const;
/** Over the air a card may be silent for long, and a PN53x answers with no number that a spoilt answer could be told by. */
const PN532_LOST = { ...NOT_REPEATED, boundMs: 11_000, only: ['pn532'] } as const;
const NEVER_ENDING = 1_000_000;

const noiseRows: readonly FaultRow[] = [
  row('noise FF', noise('FF', 'before'), { beats: 'libnfc' }),
  row('noise 00 55', noise('00 55', 'before'), { beats: 'libccid, libnfc' }),
  row('noise 03, as a gem frame begins', noise('03', 'before'), { beats: 'libccid, libnfc' }),
  row('noise 03 06 80, as a gem answer begins', noise('03 06 80', 'before'), { beats: 'libccid', only: ['gem'] }),
  row('noise 00 03 15 16, a gem NAK out of step', noise('00 03 15 16', 'before'), { beats: 'libccid', only: ['gem'] }),
  row('noise 02 80 00, as an acs answer begins', noise('02 80 00', 'before'), { only: ['acs, contactless'] }),
  row('noise 00 00 FF, a PN53x start code', noise('00 00 FF', 'before'), { beats: 'libnfc', only: ['pn532'] }),
  row('noise 00 00 FF 40 C0, a PN53x head', noise('00 00 FF 40 C0', 'before'), { beats: 'libnfc', only: ['pn532'] }),
  row('noise 03 06 80 after the answer', noise('03 06 80', 'after'), { beats: 'libccid, libnfc' }),
];

const frameRows: readonly FaultRow[] = [
  row('wrong check byte', { kind: 'wrong-check-byte' }, { beats: 'libccid, libnfc' }),
  row('one bit flipped', { kind: 'line', damage: 'flip-bit' }, { ...NOT_REPEATED, boundMs: 11_000, beats: 'libccid, libnfc' }),
  row('first byte dropped', { kind: 'drop-bytes', from: 0, count: 1 }, { beats: 'libccid, libnfc' }),
  row('three bytes of the head dropped', { kind: 'drop-bytes', from: 4, count: 3 }, { beats: 'libccid', only: CCID }),
  row('three bytes of the head dropped', { kind: 'drop-bytes', from: 4, count: 3 }, PN532_LOST),
  row('all but five bytes dropped', { kind: 'drop-bytes', from: 5, count: 300 }, { beats: 'libccid', only: CCID }),
  row('all but five bytes dropped', { kind: 'drop-bytes', from: 5, count: 300 }, PN532_LOST),
  row('NAK', { kind: 'nak' }, { beats: 'libccid', only: CCID }),
  row('NAK three times', { kind: 'nak' }, { times: 3, beats: 'libccid', only: CCID }),
  row('answer twice', { kind: 'duplicate' }, { beats: 'libccid, libnfc' }),
  row('the answer before once more first', { kind: 'line', damage: 'replay' }, { beats: 'libccid, libnfc' }),
  row('an old sequence number first', { kind: 'stale-sequence' }, { beats: 'libccid', only: CCID }),
];

const timeRows: readonly FaultRow[] = [
  row('0.8 s late', { kind: 'delay', ms: 800 }),
  row('6 s late', { kind: 'delay', ms: 6_000 }, { ...NOT_REPEATED, boundMs: 10_000 }),
  row('time extension, three times', { kind: 'time-extension', times: 3 }, { beats: 'libccid', only: CCID }),
  row('time request bytes', { kind: 'time-request', times: 3 }, { only: ['gem'] }),
  row('S(WTX) for 3 s', { kind: 'waiting-times', times: 3, eachMs: 1_000 }, { per: 'command', only: T1 }),
  row(
    'S(WTX) without end',
    { kind: 'waiting-times', times: NEVER_ENDING, eachMs: 1_000 },
    {
      ...NOT_REPEATED,
      per: 'command',
      only: T1,
      boundMs: 31_000,
    },
  ),
  row('mute for one message', { kind: 'mute' }, { ...NOT_REPEATED, beats: 'libccid, libnfc' }),
  // A contact card may be silent for its block waiting time, and only then is the module asked.
  row('mute from now on', { kind: 'mute' }, { ...LOST, times: NEVER_ENDING, noticedMs: 4_000 }),
];

const answerRows: readonly FaultRow[] = [
  row('T=1 block with a wrong LRC', { kind: 'wrong-block-check' }, { codes: ['CARD-102'], only: T1 }),
  row('parity error reported', { kind: 'slot-error', error: 0xfd }, { ...NOT_REPEATED, only: ALL_CCID }),
  row('hardware error reported', { kind: 'slot-error', error: 0xfb }, { ...NOT_REPEATED, only: CCID }),
  row('mute card reported', { kind: 'slot-error', error: 0xfe }, { ...NOT_REPEATED, beats: 'libccid', only: CCID }),
  // A card that is not heard any more counts as gone: that it still lies there is found out afterwards.
  row('PN53x error 01, time-out', { kind: 'slot-error', error: 0x01 }, { codes: ['CARD-101'], beats: 'libnfc', only: ['pn532'] }),
  row('PN53x error 02, CRC', { kind: 'slot-error', error: 0x02 }, { ...NOT_REPEATED, beats: 'libnfc', only: ['pn532'] }),
  row('answer to a message lost', { kind: 'lose-answer' }, { ...NOT_REPEATED, beats: 'libccid', only: CCID }),
  row('answer to a message lost', { kind: 'lose-answer' }, PN532_LOST),
  row('answer to a command lost', { kind: 'lose-answer' }, { ...NOT_REPEATED, per: 'command', beats: 'libccid', only: ALL_CCID }),
  row('answer to a command lost', { kind: 'lose-answer' }, { ...PN532_LOST, per: 'command' }),
  row('card answers 61XX', { kind: 'quirk', quirk: '61XX' }, { per: 'command', codes: ['CARD-109'] }),
  row('card answers 6CXX', { kind: 'quirk', quirk: '6CXX' }, { per: 'command', codes: ['CARD-109'] }),
  row(
    'card answers 6F00',
    { kind: 'quirk', quirk: '6F00' },
    {
      per: 'command',
      codes: ['CARD-103', 'CARD-104', 'CARD-105', 'CARD-106', 'CARD-107', 'CARD-108', 'CARD-109', 'CARD-110', 'PIN-303'],
      // An application whose SELECT is refused, whatever the reason, is one that the card does not have.
      tolerated: NO_PORTRAIT,
    },
  ),
];

const cardRows: readonly FaultRow[] = [
  row('card torn off before a message', { kind: 'tear' }, GONE),
  row('card torn off before its answer', { kind: 'tear-after' }, GONE),
  row('card torn off before a command', { kind: 'tear' }, { ...GONE, per: 'command', only: [...ALL_CCID, 'pn532'] }),
  row('card torn off before the answer to a command', { kind: 'tear-after' }, { ...GONE, per: 'command' }),
  row('card torn off, and the answer breaks off', ({ peer }) => peer.tear(), GONE),
  row('card swapped', ({ put, cards }) => put(cards.other), { ...GONE, card: 'is swapped' }),
];

const lossRows: readonly FaultRow[] = [
  row('module restarts before it answers', { kind: 'reset' }, RESTARTED),
  row('module restarts after a command', { kind: 'reset' }, { ...RESTARTED, per: 'command' }),
  row('cable pulled for 2 s', ({ line }) => void line.unplug(), {
    ...LOST,
    boundMs: 2_000,
    async afterwards({ line, clock }) {
      await clock.advance(1_000);
      await line.plugIn();
    },
  }),
];

export const faultRows: readonly FaultRow[] = [...noiseRows, ...frameRows, ...timeRows, ...answerRows, ...cardRows, ...lossRows];
