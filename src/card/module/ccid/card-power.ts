/** Power to a card and the parameters for it, as every CCID reader takes them (CCID 1.1 §6.1.1, 6.1.2, 6.1.7). */
import { failed, ok, type Result } from '../../../faults/result.ts';
import type { Atr, T1Parameters } from '../../atr.ts';
import type { Exchange } from './exchange.ts';

const PARAMETERS_TIMEOUT_MS = 1_000;
const MAX_POWER_TRIES = 2;
const PROTOCOL_T1 = 0x01;

/** bPowerSelect. */
export const POWER = { automatic: 0x00, fiveVolt: 0x01 } as const;

/** Resets the card. Value: the ATR as it came. Faults: CARD-101 (none there), CARD-102 (mute), MOD-*. */
export async function resetCard(
  exchange: Exchange,
  slot: number,
  { power, timeoutMs }: { readonly power: number; readonly timeoutMs: number },
): Promise<Result<Uint8Array>> {
  for (let tries = 0; tries < MAX_POWER_TRIES; tries++) {
    const outcome = await exchange.command({ command: 'iccPowerOn', slot, parameters: [power, 0, 0] }, timeoutMs);
    if (outcome.at === 'dead') return failed(outcome.code);
    if (outcome.at === 'lost') continue;
    if (outcome.answer.card === 'absent') return failed('CARD-101');
    if (outcome.answer.outcome === 'done') return ok(outcome.answer.data);
  }
  return failed('CARD-102', 'no answer to reset');
}

/** Faults: CARD-102 when the module does not say that it has done so, MOD-*. */
export async function powerOffCard(exchange: Exchange, slot: number): Promise<Result<void>> {
  const outcome = await exchange.command({ command: 'iccPowerOff', slot }, PARAMETERS_TIMEOUT_MS);
  if (outcome.at === 'dead') return failed(outcome.code);
  return outcome.at === 'answered' && outcome.answer.outcome === 'done' ? ok() : failed('CARD-102', 'not powered off');
}

/**
 * Has the module speak T=1 at this rate. Returns whether it does. The protocol data structure:
 *
 *   bmFindexDindex | bmTCCKST1 | bGuardTimeT1 | bmWaitingIntegersT1 | bClockStop | bIFSC | bNadValue
 */
export async function setT1Parameters(
  exchange: Exchange,
  slot: number,
  atr: Atr,
  t1: T1Parameters,
  fidi: number,
): Promise<boolean> {
  const data = Uint8Array.of(fidi, 0x10, atr.guardTime, (t1.bwi << 4) | t1.cwi, 0, t1.ifsc, 0);
  const request = { command: 'setParameters', slot, parameters: [PROTOCOL_T1, 0, 0], data } as const;
  const outcome = await exchange.command(request, PARAMETERS_TIMEOUT_MS);
  return outcome.at === 'answered' && outcome.answer.outcome === 'done';
}
