/**
 * One command APDU to the card in the field and its answer, in as many frames as they need (NXP UM0701-02 §7.3.8).
 *
 *   40 41 <262 bytes>   → 41 00               more of the command follows
 *   40 01 <the rest>    → 41 40 <262 bytes>   more of the answer follows
 *   40 01               → 41 00 <the rest>
 *
 * The module asks for and grants waiting times by itself; all that is seen of them here is that the answer takes long.
 */
import type { Clock } from '../../../clock.ts';
import { joinAndWipe, secretBytes, secretCopy, wipe } from '../../secret-bytes.ts';
import type { LostCode } from '../module-link.ts';
import { command, MORE, STATUS_MASK, TARGET } from './commands.ts';
import type { Exchange } from './exchange.ts';
import { MAX_LENGTH } from './frame.ts';

export type CardOutcome =
  /** The response APDU, to be wiped by the caller. */
  | { readonly at: 'answered'; readonly data: Uint8Array }
  /** The module says that it could not; what it still knows of the card is worth nothing. */
  | { readonly at: 'failed'; readonly status: number }
  /** The answer was lost between module and reader; the card may have carried the command out. */
  | { readonly at: 'lost' }
  | { readonly at: 'dead'; readonly code: LostCode };

/** Less TFI, code and target number. */
const MOST_DATA = MAX_LENGTH - 3;
/** The longest waiting time of ISO/IEC 14443-4 is 4.95 s; a card that asks for more of it is given as much again. */
const ANSWER_MS = 10_000;
const LONGEST_MS = 30_000;
/** As many as the longest response APDU has. */
const MAX_PARTS = 256;
/** A part of a chain was lost: the card holds half a command, or the reader half an answer. */
const BROKEN_CHAIN = 0x13;

export async function exchangeApdu(exchange: Exchange, apdu: Uint8Array, clock: Clock): Promise<CardOutcome> {
  const endMs = clock.now() + LONGEST_MS;
  const parts: Uint8Array[] = [];
  let sent = 0;

  async function next(): Promise<CardOutcome & { readonly more?: boolean }> {
    const piece = apdu.subarray(sent, sent + MOST_DATA);
    sent += piece.length;
    const request = secretBytes(1 + piece.length);
    request[0] = sent < apdu.length ? TARGET | MORE : TARGET;
    request.set(piece, 1);
    const leftMs = Math.max(0, endMs - clock.now());
    const outcome = await exchange.command(command.inDataExchange, request, Math.min(ANSWER_MS, leftMs));
    wipe(request);
    if (outcome.at !== 'answered') return outcome;
    const [status = BROKEN_CHAIN] = outcome.data;
    const data = secretCopy(outcome.data.subarray(1));
    wipe(outcome.data);
    if ((status & STATUS_MASK) !== 0) return { at: 'failed', status: status & STATUS_MASK };
    return { at: 'answered', data, more: (status & MORE) !== 0 };
  }

  for (let frames = 1; frames <= MAX_PARTS; frames++) {
    const heard = await next();
    const whole = frames === 1 && sent === apdu.length;
    if (heard.at !== 'answered') {
      wipe(...parts);
      return heard.at === 'lost' && !whole ? { at: 'failed', status: BROKEN_CHAIN } : heard;
    }
    const commandLeft = sent === apdu.length;
    parts.push(heard.data);
    if (commandLeft && !heard.more) return { at: 'answered', data: joinAndWipe(parts) };
  }
  wipe(...parts);
  return { at: 'failed', status: BROKEN_CHAIN };
}
