/** Waiting for the one answer to the one command that is on the line. */
import type { Clock } from '../../../clock.ts';
import { secretCopy } from '../../secret-bytes.ts';
import type { LostCode } from '../module-link.ts';
import type { WireEvent } from './dialect.ts';
import { type CcidAnswer, type CcidRequest, commands, decodeAnswer } from './message.ts';

/**
 * How the wait ended. `damaged`: the answer came, but cannot be read. `silent`: it did not come in time.
 * `unaccepted`: the module owed a word that it has the command, and did not give it.
 */
export type Attempt =
  | { readonly at: 'answered'; readonly answer: CcidAnswer }
  | { readonly at: 'refused' | 'damaged' | 'silent' | 'unaccepted' }
  | { readonly at: 'dead'; readonly code: LostCode };

/** All prolongations of one command together. */
const LONGEST_MS = 30_000;
/** A module that has refused a command says nothing more; one that goes on has accepted it, and the refusal was noise. */
const REFUSAL_STANDS_AFTER_MS = 50;

export interface Listening {
  readonly ended: Promise<Attempt>;
  /** Starts the time limit: call it when the command has left. */
  commandLeft(): void;
  hear(event: WireEvent): void;
  end(attempt: Attempt): void;
}

export type ListeningLimits = {
  readonly timeoutMs: number;
  /** How long the module may take to accept the command; absent where it does not say that it has. */
  readonly acceptMs?: number;
};

export function listenFor(request: CcidRequest, seq: number, limits: ListeningLimits, clock: Clock): Listening {
  const { timeoutMs, acceptMs } = limits;
  const expected = commands[request.command].answer;
  const lastMs = clock.now() + LONGEST_MS;
  const { promise: ended, resolve } = Promise.withResolvers<Attempt>();
  let cancel = () => {};
  let over = false;
  let accepted = acceptMs === undefined;

  function end(attempt: Attempt): void {
    cancel();
    over = true;
    resolve(attempt);
  }

  function allow(limitMs: number, otherwise: 'silent' | 'unaccepted' | 'refused' = 'silent'): void {
    cancel();
    if (over) return;
    cancel = clock.after(Math.max(0, Math.min(limitMs, lastMs - clock.now())), () => end({ at: otherwise }));
  }

  /** Answers to earlier commands, doubled answers and echoes are none of ours. */
  function isOurs(head: { type: number; slot: number; seq: number }): boolean {
    return head.type === expected && head.slot === request.slot && head.seq === seq;
  }

  function hearMessage(message: Uint8Array): void {
    const answer = decodeAnswer(message);
    if (!answer || !isOurs(answer)) return;
    if (answer.outcome === 'more-time') allow(timeoutMs * Math.max(1, answer.error));
    else end({ at: 'answered', answer: { ...answer, data: secretCopy(answer.data) } });
  }

  function hearRefusal(): void {
    if (acceptMs === undefined) end({ at: 'refused' });
    else if (!accepted) allow(REFUSAL_STANDS_AFTER_MS, 'refused');
  }

  return {
    ended,
    end,
    commandLeft() {
      if (acceptMs === undefined || accepted) allow(timeoutMs);
      else allow(Math.min(acceptMs, timeoutMs), 'unaccepted');
    },
    hear(event) {
      if (over) return;
      if (event.type === 'message') hearMessage(event.message);
      else if (event.type === 'refused') hearRefusal();
      else if (event.type === 'more-time') allow(timeoutMs);
      else if (event.type === 'accepted' && !accepted) {
        accepted = true;
        allow(timeoutMs);
      } else if (event.type === 'damaged') {
        const [type = 0, , , , , slot = 0, seqThere = 0] = event.head;
        if (isOurs({ type, slot, seq: seqThere })) end({ at: 'damaged' });
      }
    },
  };
}
