/**
 * One command over T=1: its chunks out as chained I-blocks, its answer's chunks in (ISO/IEC 7816-3 §11.6.2, rules 1–7).
 *
 * What is never done here: sending a command's block a second time after its answer was lost. The card's last block is
 * asked for again instead (R-block), which executes nothing; if the card then says that it never had the command, the
 * caller decides whether to repeat it. Only a block that the card itself received damaged is sent again.
 */
import type { Fault } from '../../../faults/result.ts';
import { joinAndWipe, secretCopy, wipe } from '../../secret-bytes.ts';
import { type Bit, type Block, iBlock, MAX_INF, rBlock, sResponse } from './block.ts';

/** Both ends' sequence numbers and the size of block that the card takes; they outlive a command. */
export type Link = { ns: Bit; nr: Bit; ifsc: number };

/** What came of giving one block to the card. */
export type Heard =
  | { readonly at: 'block'; readonly block: Block }
  /** Something came, and it was no block. */
  | { readonly at: 'damaged' }
  /** Nothing came, or it was lost on the way; the module is in step again. */
  | { readonly at: 'lost' }
  /** No card or no module any more. */
  | { readonly at: 'over'; readonly fault: Fault };

/** The next thing to do. `again` is a chunk that the card wants once more; `trouble` is what it must say again. */
type Step =
  | { readonly next: 'send'; readonly block: Block; readonly waitingTimes: number }
  | { readonly next: 'again'; readonly block: Block }
  | { readonly next: 'trouble'; readonly block: Block }
  | { readonly next: 'done' };

export interface Conversation {
  begin(): Step;
  follow(heard: Exclude<Heard, { at: 'over' }>): Step;
  /** The answer so far as one buffer, to be wiped by the caller; the conversation keeps nothing. */
  takeAnswer(): Uint8Array;
  wipe(): void;
}

export function converse(link: Link, command: Uint8Array): Conversation {
  const answer: Uint8Array[] = [];
  let rest = command;
  let chunk = rest;
  let sending = true;

  const send = (block: Block, waitingTimes = 1): Step => ({ next: 'send', block, waitingTimes });
  const trouble = (reason: 'damaged' | 'other'): Step => ({ next: 'trouble', block: rBlock(link.nr, reason) });
  const sameChunk = () => iBlock(link.ns, rest.length > 0, chunk);

  function nextChunk(): Step {
    chunk = rest.subarray(0, link.ifsc);
    rest = rest.subarray(chunk.length);
    return send(sameChunk());
  }

  function followAnswer(block: Block & { kind: 'I' }): Step {
    if (block.ns !== link.nr || (sending && rest.length > 0)) return trouble('other');
    if (sending) link.ns = flip(link.ns);
    sending = false;
    link.nr = flip(link.nr);
    answer.push(secretCopy(block.inf));
    return block.more ? send(rBlock(link.nr, 'fine')) : { next: 'done' };
  }

  function followAcknowledgement(block: Block & { kind: 'R' }): Step {
    if (!sending) return trouble('other');
    if (block.nr === link.ns) return { next: 'again', block: sameChunk() };
    if (rest.length === 0) return trouble('other');
    link.ns = flip(link.ns);
    return nextChunk();
  }

  function followSupervision(block: Block & { kind: 'S' }): Step {
    const [value = 1] = block.inf;
    if (!block.request || (block.what !== 'wtx' && block.what !== 'ifs') || value < 1) return trouble('other');
    if (block.what === 'wtx') return send(sResponse('wtx', block.inf), value);
    link.ifsc = Math.min(value, MAX_INF);
    return send(sResponse('ifs', block.inf));
  }

  return {
    begin: nextChunk,
    follow(heard) {
      if (heard.at === 'damaged') return trouble('damaged');
      if (heard.at === 'lost') return trouble('other');
      if (heard.block.kind === 'I') return followAnswer(heard.block);
      return heard.block.kind === 'R' ? followAcknowledgement(heard.block) : followSupervision(heard.block);
    },
    takeAnswer: () => joinAndWipe(answer.splice(0)),
    wipe: () => wipe(...answer.splice(0)),
  };
}

function flip(bit: Bit): Bit {
  return bit === 0 ? 1 : 0;
}
