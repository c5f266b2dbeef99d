/**
 * One CCID command at a time over a serial line: the frame out, its answer in.
 *
 *   write → wait ─ answer ───────────────────────────────────────────────→ answered
 *            │ └── refused: the same frame again, at most 3 ×                 ↑
 *            ├ damaged → ask for the answer again, where one can, ≤ 2 × ──────┘
 *            └ silent, or still damaged
 *              └ GetSlotStatus, ≤ 3 × ─→ lost (in step again) | dead
 *
 * A command is never sent anew here: whether it was carried out is not known. Time limits start when the frame has left.
 */
import { wipe } from '../../secret-bytes.ts';
import type { LinkOptions, LostCode } from '../module-link.ts';
import type { CcidDialect, WireEvent } from './dialect.ts';
import { type Attempt, type Listening, listenFor } from './listening.ts';
import { type CcidAnswer, type CcidRequest, decodeAnswer, encodeRequest } from './message.ts';

export type Outcome =
  /** `answer.data` belongs to the caller, who wipes it. */
  | { readonly at: 'answered'; readonly answer: CcidAnswer }
  /** No readable answer; reader and module are in step again. */
  | { readonly at: 'lost' }
  | { readonly at: 'dead'; readonly code: LostCode };

export interface Exchange {
  /** Sends `request` and waits; the next call must come after this one has ended. Never rejects. */
  command(request: CcidRequest, timeoutMs: number): Promise<Outcome>;
  /** The same for one that is asked whether it is there at all: without an answer it is taken for dead at once. */
  probe(request: CcidRequest, timeoutMs: number): Promise<Outcome>;
}

const WRITE_TIMEOUT_MS = 500;
const INTER_BYTE_MS = 150;
const MAX_RESENDS = 3;
/** A module that acknowledges does so at once (ACR1281S §11); the command itself may still be on its way for 0.3 s at 9600. */
const ACCEPT_TIMEOUT_MS = 600;
const ASK_AGAIN_TIMEOUT_MS = 350;
/** Longer than most of what a card does. */
const ASK_EVERY_MS = 1_500;
const MAX_ASKINGS = 2;
const STATUS_TIMEOUT_MS = 300;
const MAX_STATUS_TRIES = 3;

export function createExchange(options: LinkOptions & { dialect: CcidDialect }): Exchange {
  const { line, dialect, clock, onNews, onDead } = options;
  const decoder = dialect.createDecoder();
  let lastSeq = 0xff;
  let listening: Listening | undefined;
  let heardAnything = false;
  let deadWith: LostCode | undefined;
  let cancelQuiet = () => {};

  function tell(event: WireEvent): void {
    if (event.type === 'slot-change') onNews({ slot: event.slot, card: event.present ? 'present' : 'absent', told: true });
    if (event.type === 'message') tellCard(event.message);
    listening?.hear(event);
  }

  function tellCard(message: Uint8Array): void {
    const answer = decodeAnswer(message);
    // What comes late or twice tells how it was with an earlier command.
    if (answer?.seq !== lastSeq) return;
    // A failed transfer may say "inactive" of a card that only did not answer in time: it tells of absence alone.
    if (answer.outcome === 'done' || answer.card === 'absent') {
      onNews({ slot: answer.slot, card: answer.card, told: false });
    }
  }

  line.onBytes((bytes) => {
    heardAnything = true;
    cancelQuiet();
    decoder.push(bytes, tell);
    if (decoder.unsettled) cancelQuiet = clock.after(INTER_BYTE_MS, () => decoder.quiet(tell));
  });
  line.onEnd(() => die('MOD-202'));

  function die(code: LostCode): { at: 'dead'; code: LostCode } {
    cancelQuiet();
    if (!deadWith) {
      deadWith = code;
      listening?.end({ at: 'dead', code });
      onDead(code);
    }
    return { at: 'dead', code: deadWith };
  }

  async function sendOnce(frame: Uint8Array, current: Listening): Promise<Attempt> {
    listening = current;
    const written = await line.write(frame, WRITE_TIMEOUT_MS);
    if (!written.ok) return die('MOD-202');
    current.commandLeft();
    const stopAsking = askNowAndThen();
    const ended = await current.ended;
    stopAsking();
    return ended;
  }

  async function attempt(request: CcidRequest, timeoutMs: number): Promise<Attempt> {
    if (deadWith) return die(deadWith);
    const seq = (lastSeq + 1) & 0xff;
    lastSeq = seq;
    const message = encodeRequest(request, seq);
    const frame = dialect.frame(message);
    wipe(message);
    try {
      for (let resends = 0; ; resends++) {
        const heard = await sendOnce(frame, listenFor(request, seq, limitsOf(timeoutMs), clock));
        if (heard.at !== 'refused' || resends === MAX_RESENDS) return heard;
      }
    } finally {
      listening = undefined;
      wipe(frame);
    }
  }

  const limitsOf = (timeoutMs: number) => (dialect.acknowledges ? { timeoutMs, acceptMs: ACCEPT_TIMEOUT_MS } : { timeoutMs });

  /** An answer may have been lost on its way. Asking does no harm to a module at work: it hears nothing then. */
  function askNowAndThen(): () => void {
    const { askAgain } = dialect;
    if (!askAgain) return () => {};
    let cancel = clock.after(ASK_EVERY_MS, ask);
    function ask(): void {
      if (askAgain) void line.write(askAgain, WRITE_TIMEOUT_MS);
      cancel = clock.after(ASK_EVERY_MS, ask);
    }
    return () => cancel();
  }

  /** Has the module repeat its answer to the last command as long as it comes damaged. */
  async function hearAgain(request: CcidRequest, first: Attempt): Promise<Attempt> {
    let heard = first;
    for (let askings = 0; dialect.askAgain && heard.at === 'damaged' && askings < MAX_ASKINGS; askings++) {
      heard = await sendOnce(dialect.askAgain, listenFor(request, lastSeq, { timeoutMs: ASK_AGAIN_TIMEOUT_MS }, clock));
      listening = undefined;
    }
    return heard;
  }

  /** Whether the module still answers the one command that changes nothing. */
  async function comeIntoStep(slot: number): Promise<Outcome> {
    heardAnything = false;
    for (let tries = 0; tries < MAX_STATUS_TRIES; tries++) {
      const heard = await attempt({ command: 'getSlotStatus', slot }, STATUS_TIMEOUT_MS);
      if (heard.at === 'dead') return heard;
      if (heard.at === 'answered') return { at: 'lost' };
    }
    return die(heardAnything ? 'MOD-203' : 'MOD-201');
  }

  return {
    async command(request, timeoutMs) {
      const heard = await hearAgain(request, await attempt(request, timeoutMs));
      return heard.at === 'answered' || heard.at === 'dead' ? heard : comeIntoStep(request.slot);
    },
    async probe(request, timeoutMs) {
      const heard = await attempt(request, timeoutMs);
      return heard.at === 'answered' || heard.at === 'dead' ? heard : die(heardAnything ? 'MOD-203' : 'MOD-201');
    },
  };
}
