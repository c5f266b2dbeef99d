/**
 * The readers of frames on a line, on the host's side and on the simulated modules': whatever has come before, and in
 * whatever pieces, the intact frame after a pause is read.
 */
import { acsFrame, matchAcsFrame } from '../../src/bench/module/acs-frames.ts';
import { gemFrame, matchGemFrame } from '../../src/bench/module/gem-frames.ts';
import { createFrameReader, type FrameMatch } from '../../src/bench/module/host-frames.ts';
import { answerFrame, matchPn532Frame } from '../../src/bench/module/pn532/pn532-frames.ts';
import { acsDialect } from '../../src/card/module/ccid/acs-dialect.ts';
import type { CcidDialect, WireEvent } from '../../src/card/module/ccid/dialect.ts';
import { gemDialect } from '../../src/card/module/ccid/gem-dialect.ts';
import { commandFrame } from '../../src/card/module/pn53x/frame.ts';
import { createFrameDecoder, type FrameEvent } from '../../src/card/module/pn53x/frame-decoder.ts';
import { bytes } from '../card/hex.ts';
import { inPieces } from './mutate.ts';
import { type Judgement, type ParserTrial, same } from './parser-trial.ts';
import { acsMessagesIn, gemMessagesIn, pn53xContentsIn } from './second-reading.ts';
import type { SeededRandom } from './seeded-random.ts';

type FrameTrial = {
  readonly parser: string;
  readonly messages: readonly Uint8Array[];
  frame(message: Uint8Array): Uint8Array;
  /** What is read of the pieces, a pause, and the last piece after it. */
  read(pieces: readonly Uint8Array[], last: Uint8Array): { readonly before: Uint8Array[]; readonly after: Uint8Array[] };
  messagesIn(bytes: Uint8Array): Uint8Array[];
};

const data = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 29 + 3) & 0xff);
const answers = [
  bytes('81 00 00 00 00 00 05 01 00 00'),
  bytes('80 13 00 00 00 00 06 00 00 00 3B DA 13 FF 81 31 FB 46 80 12 39 2F 31 C1 73 C6 01 C0 3B'),
  bytes('83 04 00 00 00 00 08 02 00 00 56 31 2E 30'),
  Uint8Array.of(...bytes('80 28 00 00 00 00 09 00 00 00'), ...data(40)),
  Uint8Array.of(...bytes('80 02 01 00 00 00 07 00 00 00'), ...data(258)),
];
const commands = [
  bytes('65 00 00 00 00 00 05 00 00 00'),
  bytes('6F 0E 00 00 00 00 06 00 00 00 00 00 0A 00 A4 02 0C 02 00 0A 00 00 00 AE'),
  bytes('62 00 00 00 00 00 08 01 00 00'),
  Uint8Array.of(...bytes('6F 28 00 00 00 00 09 00 00 00'), ...data(40)),
  Uint8Array.of(...bytes('6F 02 01 00 00 00 07 00 00 00'), ...data(258)),
];
const pn53xAnswers = [
  bytes('03 32 01 06 07'),
  bytes('41 00 90 00'),
  Uint8Array.of(0x41, 0x00, ...data(60)),
  Uint8Array.of(0x41, 0x40, ...data(262)),
];
const pn53xCommands = [
  bytes('02'),
  bytes('40 01 00 A4 02 0C 02 00 0A'),
  Uint8Array.of(0x40, 0x01, ...data(60)),
  Uint8Array.of(0x40, 0x41, ...data(262)),
];

/** One reader for all inputs: each ends with an intact frame, after which it is in step again. */
function hostSide(name: string, dialect: CcidDialect, messagesIn: FrameTrial['messagesIn']): FrameTrial {
  const decoder = dialect.createDecoder();
  const found: Uint8Array[] = [];
  const tell = (event: WireEvent) => {
    if (event.type === 'message') found.push(event.message.slice());
  };
  return {
    parser: `${name} decoder`,
    messages: answers,
    frame: (message) => dialect.frame(message),
    messagesIn,
    read: (pieces, last) => readWithPause(decoder, tell, found, pieces, last),
  };
}

function moduleSide(
  name: string,
  match: (bytes: readonly number[]) => FrameMatch,
  frame: FrameTrial['frame'],
  messagesIn: FrameTrial['messagesIn'],
): FrameTrial {
  const reader = createFrameReader(match);
  return {
    parser: `${name} module’s frame reader`,
    messages: commands,
    frame,
    messagesIn,
    read: (pieces, last) => readInTime(reader, pieces, last, (said) => said.says === 'message' && said.message),
  };
}

function pn53xHostSide(): FrameTrial {
  const decoder = createFrameDecoder();
  const found: Uint8Array[] = [];
  const tell = (event: FrameEvent) => {
    if (event.type === 'answer') found.push(Uint8Array.of(event.code + 1, ...event.data));
  };
  return {
    parser: 'PN53x decoder',
    messages: pn53xAnswers,
    frame: answerFrame,
    messagesIn: (input) => pn53xContentsIn(input, 0xd5),
    read: (pieces, last) => readWithPause(decoder, tell, found, pieces, last),
  };
}

function pn53xModuleSide(): FrameTrial {
  const reader = createFrameReader(matchPn532Frame);
  return {
    parser: 'PN53x module’s frame reader',
    messages: pn53xCommands,
    frame: ([code = 0, ...parameters]) => commandFrame(code, parameters),
    messagesIn: (input) => pn53xContentsIn(input, 0xd4),
    read: (pieces, last) =>
      readInTime(reader, pieces, last, (said) => said.says === 'message' && said.message.length > 0 && said.message),
  };
}

function readWithPause<E>(
  decoder: { push(bytes: Uint8Array, tell: (event: E) => void): void; quiet(tell: (event: E) => void): void },
  tell: (event: E) => void,
  found: Uint8Array[],
  pieces: readonly Uint8Array[],
  last: Uint8Array,
) {
  for (const piece of pieces) decoder.push(piece, tell);
  decoder.quiet(tell);
  const before = found.splice(0);
  decoder.push(last, tell);
  return { before, after: found.splice(0) };
}

const CHARACTER_MS = 0.1;
const PAUSE_MS = 1_000;
let nowMs = 0;

function readInTime<F>(
  reader: { push(chunk: Uint8Array, firstMs: number, characterMs: number): F[] },
  pieces: readonly Uint8Array[],
  last: Uint8Array,
  messageOf: (frame: F) => Uint8Array | false,
) {
  const messages = (frames: F[]) => frames.map(messageOf).filter((message) => message !== false);
  nowMs += PAUSE_MS;
  const before = pieces.flatMap((piece) => {
    const frames = reader.push(piece, nowMs, CHARACTER_MS);
    nowMs += piece.length * CHARACTER_MS;
    return messages(frames);
  });
  nowMs += PAUSE_MS;
  return { before, after: messages(reader.push(last, nowMs, CHARACTER_MS)) };
}

function judge(trial: FrameTrial, input: Uint8Array, original: Uint8Array, random: SeededRandom): Judgement {
  const next = random.oneOf(trial.messages);
  const { before, after } = trial.read(inPieces(input, random), trial.frame(next));
  const [first, ...more] = after;
  if (!first || more.length > 0 || !same(first, next)) return { breach: 'the intact frame after a pause was not read' };
  const [intended] = trial.messagesIn(original);
  const others = before.filter((message) => !intended || !same(message, intended));
  if (others.length === 0) return before.length > 0 ? 'unchanged' : 'refused';
  const right = trial.messagesIn(input);
  const made = others.find((message) => !right.some((each) => same(each, message)));
  return made ? { breach: `read ${Buffer.from(made).toString('hex')}, which is not there` } : 'valid';
}

export const frameTrials: readonly ParserTrial[] = [
  hostSide('gem', gemDialect, gemMessagesIn),
  hostSide('acs', acsDialect, acsMessagesIn),
  pn53xHostSide(),
  moduleSide('gem', matchGemFrame, gemFrame, gemMessagesIn),
  moduleSide('acs', matchAcsFrame, acsFrame, acsMessagesIn),
  pn53xModuleSide(),
].map((trial) => ({
  parser: trial.parser,
  protectedBy: 'check byte',
  originals: trial.messages.map((message) => trial.frame(message)),
  judge: (input, original, random) => judge(trial, input, original, random),
}));
