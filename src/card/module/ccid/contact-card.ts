/** A contact card in a TPDU-level CCID reader: rate and T=1 are the host's (CCID 1.1 §6.1, ISO/IEC 7816-3 §6–11). */
import type { Clock } from '../../../clock.ts';
import { failed, ok, type Result } from '../../../faults/result.ts';
import { type Atr, parseAtr, type T1Parameters } from '../../atr.ts';
import type { PoweredCard } from '../module-link.ts';
import { MAX_INF } from '../t1/block.ts';
import { type BlockOutcome, createT1Host } from '../t1/t1-host.ts';
import { POWER, resetCard, setT1Parameters } from './card-power.ts';
import type { Exchange } from './exchange.ts';
import { CCID_ERROR, type CcidAnswer } from './message.ts';

/** A contact reader begins with 5 V (class A). */
const FIRST_POWER = { power: POWER.fiveVolt, timeoutMs: 3_000 };
const PPS_TIMEOUT_MS = 1_000;
/** F 372, D 1: the rate at which every card begins. */
const DEFAULT_FIDI = 0x11;
/** One elementary time unit at that rate and 4 MHz. */
const FIRST_ETU_MS = 372 / 4_000;
const LONGEST_BLOCK = MAX_INF + 4;
/** A block both ways at 115200 8N2 with its echo, and what an operating system under load adds. */
const WIRE_MS = 300;

/** Powers the card in `slot` on. Faults: CARD-101 (none there), CARD-102 (mute), MOD-*. */
export async function powerOnContactCard(exchange: Exchange, slot: number, clock: Clock): Promise<Result<PoweredCard>> {
  const answered = await resetCard(exchange, slot, FIRST_POWER);
  if (!answered.ok) return answered;
  const atr = parseAtr(answered.value);
  if (!atr.ok) return failed('CARD-102', atr.fault.detail);
  const t1 = atr.value.t1;
  if (t1?.edc !== 'lrc') {
    return ok({ atr: answered.value, transmit: async () => failed('CARD-104', 'the card does not speak T=1 with LRC') });
  }
  const rate = await agreeOnRate(exchange, slot, atr.value, t1);
  if (!rate.ok) return rate;
  const host = createT1Host({ exchangeBlock: blockExchange(exchange, slot, t1), clock, ifsc: t1.ifsc });
  const announced = await host.announceBlockSize();
  // Without it the card sends 32 bytes a block: slower, and all the same.
  if (!announced.ok && announced.fault.code !== 'CARD-104') return announced;
  return ok({ atr: answered.value, transmit: host.transmit });
}

/** The rate that the card offers, where card and module take it; else a new reset and the default rate. */
async function agreeOnRate(exchange: Exchange, slot: number, atr: Atr, t1: T1Parameters): Promise<Result<void>> {
  if (atr.negotiable && atr.fidi !== DEFAULT_FIDI) {
    const fast = (await requestRate(exchange, slot, atr.fidi)) && (await setT1Parameters(exchange, slot, atr, t1, atr.fidi));
    if (fast) return ok();
    const again = await resetCard(exchange, slot, FIRST_POWER);
    if (!again.ok) return again;
  }
  // A module that keeps its own parameters is no reason to stop: the first command shows whether they fit.
  await setT1Parameters(exchange, slot, atr, t1, DEFAULT_FIDI);
  return ok();
}

/** PPS (ISO/IEC 7816-3 §9): PPSS FF | PPS0 11 (PPS1 follows, T=1) | PPS1 Fi Di | PCK. A card that agrees repeats it. */
async function requestRate(exchange: Exchange, slot: number, fidi: number): Promise<boolean> {
  const request = Uint8Array.of(0xff, 0x11, fidi, 0xff ^ 0x11 ^ fidi);
  const outcome = await exchange.command({ command: 'xfrBlock', slot, data: request }, PPS_TIMEOUT_MS);
  return outcome.at === 'answered' && outcome.answer.outcome === 'done' && Buffer.compare(outcome.answer.data, request) === 0;
}

function blockExchange(exchange: Exchange, slot: number, t1: T1Parameters) {
  // BWT = 11 etu + 2^BWI × 960 × 372 / f (§11.4.3).
  const waitingMs = 11 * FIRST_ETU_MS + 2 ** t1.bwi * 960 * FIRST_ETU_MS;
  return async (block: Uint8Array, waitingTimes: number): Promise<BlockOutcome> => {
    // To the card and back at the first rate, 12 etu a character, whatever rate was agreed on.
    const blocksMs = (block.length + LONGEST_BLOCK) * 12 * FIRST_ETU_MS;
    const outcome = await exchange.command(
      // bBWI: the module's own limit for the card, in block waiting times; 0 is one.
      { command: 'xfrBlock', slot, parameters: [waitingTimes > 1 ? waitingTimes : 0, 0, 0], data: block },
      waitingMs * waitingTimes + blocksMs + WIRE_MS,
    );
    if (outcome.at === 'dead') return { at: 'over', fault: { code: outcome.code } };
    return outcome.at === 'lost' ? outcome : blockOutcome(outcome.answer);
  };
}

function blockOutcome(answer: CcidAnswer): BlockOutcome {
  if (answer.outcome === 'done') return { at: 'bytes', bytes: answer.data };
  if (answer.card === 'absent') return { at: 'over', fault: { code: 'CARD-101' } };
  return { at: answer.error === CCID_ERROR.parity || answer.error === CCID_ERROR.overrun ? 'damaged' : 'lost' };
}
