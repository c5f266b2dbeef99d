/**
 * Waiting for what the module says to the one command that is on the line: ACK, then the answer.
 *
 * Answers have no number. But the module does one thing after the other, so what comes before the ACK belongs to an
 * earlier command and is dropped.
 */
import type { Clock } from '../../../clock.ts';
import { secretCopy } from '../../secret-bytes.ts';
import type { LostCode } from '../module-link.ts';
import { afterSilence } from './after-silence.ts';
import type { FrameEvent } from './frame-decoder.ts';

/** How the wait ended. `damaged`: the answer came, but cannot be read. `silent`: no ACK, or no answer, in time. */
export type Attempt =
  | { readonly at: 'answered'; readonly data: Uint8Array }
  | { readonly at: 'refused' | 'damaged' | 'silent' }
  | { readonly at: 'dead'; readonly code: LostCode };

export type Awaited = {
  /** The command's code. */
  readonly code: number;
  /** Within which the ACK is due; absent when none will come. */
  readonly ackMs?: number;
  /** Within which the answer is due after it. */
  readonly answerMs: number;
};

export interface Listening {
  readonly ended: Promise<Attempt>;
  /** Starts the time limit: call it when the command has left. */
  commandLeft(): void;
  /** Something comes: noise that looks like a frame can hide the ACK until the line is quiet. */
  hearBytes(): void;
  hear(event: FrameEvent): void;
  end(attempt: Attempt): void;
}

/** So long a line that is never quiet is listened to for an ACK. */
const LONGEST_ACK_MS = 400;

export function listenFor({ code, ackMs, answerMs }: Awaited, clock: Clock): Listening {
  const { promise: ended, resolve } = Promise.withResolvers<Attempt>();
  const lastAckMs = clock.now() + Math.max(ackMs ?? 0, LONGEST_ACK_MS);
  let cancel = () => {};
  let over = false;
  let accepted = ackMs === undefined;

  function end(attempt: Attempt): void {
    cancel();
    over = true;
    resolve(attempt);
  }

  function allow(): void {
    cancel();
    if (over) return;
    const limitMs = accepted ? answerMs : Math.min(ackMs ?? 0, Math.max(0, lastAckMs - clock.now()));
    cancel = afterSilence(clock, limitMs, () => end({ at: 'silent' }));
  }

  function hearAccepted(event: FrameEvent): void {
    if (event.type === 'refused') end({ at: 'refused' });
    else if (event.type === 'answer' && event.code === code) end({ at: 'answered', data: secretCopy(event.data) });
    else if (event.type === 'damaged' && event.code === code) end({ at: 'damaged' });
  }

  return {
    ended,
    end,
    commandLeft: allow,
    hearBytes() {
      if (!accepted) allow();
    },
    hear(event) {
      if (over) return;
      if (accepted) hearAccepted(event);
      else if (event.type === 'ack') {
        accepted = true;
        allow();
      }
    },
  };
}
