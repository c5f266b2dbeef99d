/** The reader's side of T=1 (ISO/IEC 7816-3 §11): bounds, retransmission and resynchronisation around each command. */
import type { Clock } from '../../../clock.ts';
import { type Fault, failed, ok, type Result } from '../../../faults/result.ts';
import { wipe } from '../../secret-bytes.ts';
import { type Block, decodeBlock, encodeBlock, MAX_INF, type Supervision, sRequest } from './block.ts';
import { converse, type Heard, type Link } from './conversation.ts';

/** What came of giving one block's bytes to the card; see `Heard`. */
export type BlockOutcome =
  | { readonly at: 'bytes'; readonly bytes: Uint8Array }
  | { readonly at: 'damaged' }
  | { readonly at: 'lost' }
  | { readonly at: 'over'; readonly fault: Fault };

/** Gives one block to the card and waits for its answer, for `waitingTimes` × the block waiting time. */
export type ExchangeBlock = (block: Uint8Array, waitingTimes: number) => Promise<BlockOutcome>;

export interface T1Host {
  /** Value: the response APDU, to be wiped by the caller. Faults: CARD-101, CARD-104, MOD-*. */
  transmit(command: Uint8Array): Promise<Result<Uint8Array>>;
  /** Tells the card that it may send 254 bytes a block; it sends 32 before. Faults: CARD-101, CARD-104, MOD-*. */
  announceBlockSize(): Promise<Result<void>>;
}

/** Troubles in one command before it is given up (ISO/IEC 7816-3 §11.6.3 leaves the number open). */
const MAX_TROUBLES = 3;
/**
 * Silences in one command before it is given up. A card whose answer was lost on the way has it ready and answers the first
 * question for it; one that is silent a second time is mute, and each further question would take a block waiting time.
 */
const MAX_SILENCES = 1;
/** A card may ask for more time as often as it likes, in all for this long. */
const COMMAND_BOUND_MS = 30_000;

export function createT1Host(options: { exchangeBlock: ExchangeBlock; clock: Clock; ifsc: number }): T1Host {
  const { clock } = options;
  const link: Link = { ns: 0, nr: 0, ifsc: options.ifsc };
  let outOfStep = false;

  async function give(block: Block, waitingTimes = 1): Promise<Heard> {
    const bytes = encodeBlock(block);
    const outcome = await options.exchangeBlock(bytes, waitingTimes);
    wipe(bytes);
    if (outcome.at !== 'bytes') return outcome;
    const decoded = decodeBlock(outcome.bytes);
    if (decoded.ok) return { at: 'block', block: decoded.value };
    wipe(outcome.bytes);
    return { at: 'damaged' };
  }

  async function carry(command: Uint8Array): Promise<Result<Uint8Array>> {
    const conversation = converse(link, command);
    const endsAt = clock.now() + COMMAND_BOUND_MS;
    let step = conversation.begin();
    let troubles = 0;
    let silences = 0;
    let lost = false;
    try {
      while (step.next !== 'done') {
        if (step.next !== 'send' && ++troubles > MAX_TROUBLES) return failed('CARD-104', 'blocks damaged too often');
        if (step.next === 'again' && lost) return failed('CARD-104', 'the card did not get the command');
        if (clock.now() >= endsAt) return failed('CARD-104', 'the card took too long');
        const heard = await give(step.block, step.next === 'send' ? step.waitingTimes : 1);
        if (heard.at === 'over') return { ok: false, fault: heard.fault };
        if (heard.at === 'lost' && ++silences > MAX_SILENCES) return failed('CARD-104', 'the card is mute');
        lost = heard.at === 'lost' || (lost && step.next !== 'send');
        step = conversation.follow(heard);
        if (heard.at === 'block') wipeInf(heard.block);
      }
      return ok(conversation.takeAnswer());
    } finally {
      conversation.wipe();
    }
  }

  /** An S-block request and its response, which must carry the same INF. A silent card is not asked again. */
  async function supervise(what: Supervision, ...inf: number[]): Promise<Result<void>> {
    for (let tries = 0; tries <= MAX_TROUBLES; tries++) {
      const heard = await give(sRequest(what, ...inf));
      if (heard.at === 'over') return { ok: false, fault: heard.fault };
      if (heard.at === 'lost') break;
      const response = heard.at === 'block' && heard.block.kind === 'S' && !heard.block.request ? heard.block : undefined;
      if (response?.what === what && response.inf[0] === inf[0]) return ok();
    }
    return failed('CARD-104', `no answer to S(${what})`);
  }

  const announceBlockSize = () => supervise('ifs', MAX_INF);

  /** Back to both ends' beginning (§11.6.3.1): sequence numbers 0, block sizes as in the ATR. Verified PINs stay. */
  async function resynchronise(): Promise<Result<void>> {
    const resynched = await supervise('resynch');
    if (!resynched.ok) return resynched;
    Object.assign(link, { ns: 0, nr: 0, ifsc: options.ifsc });
    return announceBlockSize();
  }

  return {
    announceBlockSize,
    async transmit(command) {
      if (outOfStep) {
        const inStep = await resynchronise();
        if (!inStep.ok) return inStep;
      }
      const answer = await carry(command);
      outOfStep = !answer.ok;
      return answer;
    },
  };
}

function wipeInf(block: Block): void {
  if (block.kind === 'I') wipe(block.inf);
}
