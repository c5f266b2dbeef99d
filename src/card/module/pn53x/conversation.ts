/**
 * One PN53x command on a serial line: the frame out, ACK and answer in.
 *
 *   write → ACK → answer ───────────────────────────────────────→ answered
 *            │      ├── error frame: the same frame again, ≤ 3 × → refused
 *            │      └── damaged: NACK, the answer again, ≤ 3 × ──→ damaged
 *            └ nothing in time ──────────────────────────────────→ silent
 *
 * A command is sent again only where the module said that it had done nothing: else it may have reached the card.
 * NACK repeats an answer and executes nothing. It is sent only when the answer was seen: asked for too early, the
 * module would repeat the one before.
 */
import { wipe } from '../../secret-bytes.ts';
import type { LinkOptions, LostCode } from '../module-link.ts';
import { afterSilence } from './after-silence.ts';
import { commandFrame, MAX_LENGTH, NACK } from './frame.ts';
import { createFrameDecoder, type FrameEvent } from './frame-decoder.ts';
import { type Attempt, type Awaited, type Listening, listenFor } from './listening.ts';

export type CommandParameters = Uint8Array | readonly number[];

/** The next call must come after the one before has ended. No call rejects. */
export interface Conversation {
  /** @param answerMs from the ACK to the answer; enough for all that needs no card when absent */
  ask(code: number, parameters: CommandParameters, answerMs?: number): Promise<Attempt>;
  /** Sends bytes to which nothing will be said. */
  write(bytes: Uint8Array): Promise<void>;
  /** Goes on at another rate. */
  setBaudRate(baudRate: number): Promise<void>;
  /** Ends it for good; whatever is asked ends at once. */
  die(code: LostCode): void;
  readonly deadWith: LostCode | undefined;
  /** Counts what has come, be it understood or not. */
  readonly bytesHeard: number;
}

const WRITE_TIMEOUT_MS = 500;
const INTER_BYTE_MS = 150;
/** The module takes some milliseconds for its ACK. A little longer than the inter-byte time, so that one hidden by noise
 *  is found first. */
const ACK_MS = 160;
const ANSWER_MS = 300;
const MAX_RESENDS = 3;
const MAX_REPEATS = 3;
const FIRST_BAUD_RATE = 115_200;

export function createConversation({ line, clock, onDead }: LinkOptions): Conversation {
  const decoder = createFrameDecoder();
  let listening: Listening | undefined;
  let deadWith: LostCode | undefined;
  let bytesHeard = 0;
  let baudRate = FIRST_BAUD_RATE;
  let cancelQuiet = () => {};

  const tell = (event: FrameEvent) => listening?.hear(event);
  line.onBytes((bytes) => {
    bytesHeard += bytes.length;
    cancelQuiet();
    decoder.push(bytes, tell);
    if (decoder.unsettled) cancelQuiet = afterSilence(clock, INTER_BYTE_MS, () => decoder.quiet(tell));
    listening?.hearBytes();
  });
  line.onEnd(() => die('MOD-202'));

  function die(code: LostCode): void {
    if (deadWith) return;
    deadWith = code;
    cancelQuiet();
    listening?.end({ at: 'dead', code });
    onDead(code);
  }

  async function write(bytes: Uint8Array): Promise<void> {
    if (deadWith) return;
    const written = await line.write(bytes, WRITE_TIMEOUT_MS);
    if (!written.ok) die('MOD-202');
  }

  /** Characters of 10 bits. */
  const wireMs = (length: number) => (length * 10_000) / baudRate;

  async function send(frame: Uint8Array, awaited: Awaited): Promise<Attempt> {
    const current = listenFor(awaited, clock);
    listening = current;
    await write(frame);
    if (deadWith) current.end({ at: 'dead', code: deadWith });
    else current.commandLeft();
    const heard = await current.ended;
    listening = undefined;
    return heard;
  }

  async function askAgain(code: number): Promise<Attempt> {
    for (let repeats = 1; ; repeats++) {
      const heard = await send(NACK, { code, answerMs: ACK_MS + wireMs(2 * MAX_LENGTH) });
      if (heard.at !== 'damaged' || repeats === MAX_REPEATS) return heard;
    }
  }

  return {
    write,
    die,
    async ask(code, parameters, answerMs = ANSWER_MS) {
      const frame = commandFrame(code, parameters);
      const awaited = { code, ackMs: ACK_MS + wireMs(frame.length), answerMs: answerMs + wireMs(MAX_LENGTH) };
      try {
        for (let resends = 0; ; resends++) {
          const heard = await send(frame, awaited);
          if (heard.at === 'damaged') return await askAgain(code);
          if (heard.at !== 'refused' || resends === MAX_RESENDS) return heard;
        }
      } finally {
        wipe(frame);
      }
    },
    async setBaudRate(next) {
      baudRate = next;
      const changed = await line.setBaudRate(next);
      if (!changed.ok) die('MOD-202');
    },
    get deadWith() {
      return deadWith;
    },
    get bytesHeard() {
      return bytesHeard;
    },
  };
}
