/**
 * What lies in the module's field (NXP UM0701-02 §7.3.5).
 *
 *   Type B   4A 01 03 00              → 4B 01 | 01 | 50 PUPI[4] application[4] protocol[3] | length | ATTRIB answer[length]
 *   Type A   4A 01 00                 → 4B 01 | …        no My Number card is one: only whether one is there counts
 *   FeliCa   4A 01 01 00 FF FF 00 00  → 4B 01 | …
 *   nothing                           → 4B 00
 */
import { failed, ok, type Result } from '../../../faults/result.ts';
import { composeAtr } from './atr.ts';
import { command, diagnose, status } from './commands.ts';
import type { Exchange } from './exchange.ts';

export type CardInField =
  | { readonly kind: 'none' }
  /** `atr`: as PC/SC part 3 composes it. It is activated: its applications are as after a reset. */
  | { readonly kind: 'type-b'; readonly atr: Uint8Array }
  /** A card that no command APDU can be sent to. */
  | { readonly kind: 'other' };

const FIELD_OFF = [0x01, 0x00];
/** MaxRetries (item 5): ATR_REQ and PSL_REQ as at power-up, looking for a card three times instead of for ever. */
const LOOK_BRIEFLY = [0x05, 0xff, 0x01, 0x02];
const TYPE_B = [0x01, 0x03, 0x00];
const OTHERS = [
  [0x01, 0x00],
  [0x01, 0x01, 0x00, 0xff, 0xff, 0x00, 0x00],
];
const LOOK_MS = 1_000;
/** A card that is gone costs its whole waiting time, 309 ms for a My Number card; libnfc allows as much. */
const PRESENCE_MS = 1_000;
const MAX_PRESENCE_TRIES = 2;

/**
 * Takes the field down, so that every card loses its state, and activates what then answers.
 * Faults: CARD-102 (the module did not say), MOD-*.
 */
export async function findCard(exchange: Exchange): Promise<Result<CardInField>> {
  for (const setting of [FIELD_OFF, LOOK_BRIEFLY]) {
    const set = await ask(exchange, command.rfConfiguration, setting);
    if (!set.ok) return set;
  }
  const typeB = await ask(exchange, command.inListPassiveTarget, TYPE_B, LOOK_MS);
  if (!typeB.ok) return typeB;
  if (typeB.value[0] === 1) {
    const atr = composeAtr(typeB.value.subarray(2));
    return ok<CardInField>(atr ? { kind: 'type-b', atr } : { kind: 'other' });
  }
  for (const other of OTHERS) {
    const found = await ask(exchange, command.inListPassiveTarget, other, LOOK_MS);
    if (!found.ok) return found;
    if (found.value[0] === 1) return ok<CardInField>({ kind: 'other' });
  }
  return ok<CardInField>({ kind: 'none' });
}

/** Whether the card that was activated still answers; `unknown` when the module does not say. */
export async function askPresence(exchange: Exchange): Promise<'there' | 'gone' | 'unknown'> {
  let heard: 'gone' | 'unknown' = 'unknown';
  for (let tries = 0; tries < MAX_PRESENCE_TRIES; tries++) {
    const asked = await ask(exchange, command.diagnose, [diagnose.cardPresence], PRESENCE_MS);
    if (!asked.ok) continue;
    if (asked.value[0] === status.done) return 'there';
    heard = 'gone';
    // Other errors come when a card is just being moved: asked once more.
    if (asked.value[0] === status.timeout) break;
  }
  return heard;
}

/** Lets the card go and takes its power. Faults: CARD-102 (the module did not say that it has done so), MOD-*. */
export async function releaseCard(exchange: Exchange): Promise<Result<void>> {
  const released = await ask(exchange, command.inRelease, [0]);
  const off = await ask(exchange, command.rfConfiguration, FIELD_OFF);
  if (!off.ok) return off;
  return released.ok || released.fault.code === 'CARD-102' ? ok() : released;
}

async function ask(
  exchange: Exchange,
  code: number,
  parameters: readonly number[],
  answerMs?: number,
): Promise<Result<Uint8Array>> {
  const outcome = await exchange.command(code, parameters, answerMs);
  if (outcome.at === 'dead') return failed(outcome.code);
  return outcome.at === 'answered' ? ok(outcome.data) : failed('CARD-102', 'the module did not answer');
}
