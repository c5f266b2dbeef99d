/**
 * A card in a slot whose module speaks the card's protocol itself and takes whole command APDUs (CCID 1.1 §6.1.4, APDU
 * level): T=1 or ISO-DEP, time extensions and retransmission are the module's.
 *
 * A command longer than one message goes in pieces as at the extended APDU level, told apart by wLevelParameter; so does an
 * answer, by bChainParameter. The ACR1281S specification names neither: that its firmware takes pieces is inferred. One
 * that does not refuses the first, and the command ends in CARD-104.
 */
import { failed, ok, type Result } from '../../../faults/result.ts';
import { parseAtr } from '../../atr.ts';
import { joinAndWipe, wipe } from '../../secret-bytes.ts';
import type { SlotKind } from '../card-module.ts';
import type { PoweredCard } from '../module-link.ts';
import { POWER, resetCard, setT1Parameters } from './card-power.ts';
import type { Exchange } from './exchange.ts';
import { type CcidAnswer, MAX_DATA } from './message.ts';

/**
 * From a module's acceptance of a command to its answer. A card's longest work known is an RSA signature of about a second,
 * but what more time it asks for the module grants by itself and in silence. The maker's own library waits 10 s
 * (ACR_TIMEOUTS in acr.h); a module that restarts meanwhile is noticed only after this, so it is somewhat less. Inferred.
 */
const ANSWER_TIMEOUT_MS = 8_000;
/** wLevelParameter by what stands before and after a piece. */
const LEVEL = { whole: 0x00, first: 0x01, last: 0x02, middle: 0x03, wantAnswer: 0x10 } as const;
/** bChainParameter. */
const CHAIN = { first: 0x01, middle: 0x03, wantCommand: 0x10 } as const;
/** More than any answer APDU of 65538 bytes takes. */
const MAX_PIECES = 256;
/** How PC/SC part 3 §3.1.3.2.3 names a contactless card without ISO-DEP: application identifier of RID A000000306. */
const STORAGE_CARD = Uint8Array.of(0x80, 0x4f, 0x0c, 0xa0, 0x00, 0x00, 0x03, 0x06);

/** Powers the card in `slot` on. Faults: CARD-101 (none there), CARD-102 (mute), CARD-103 (it takes no APDUs), MOD-*. */
export async function powerOnApduCard(exchange: Exchange, slot: number, kind: SlotKind): Promise<Result<PoweredCard>> {
  const answered = await resetCard(exchange, slot, { power: POWER.automatic, timeoutMs: ANSWER_TIMEOUT_MS });
  if (!answered.ok) return answered;
  const atr = parseAtr(answered.value);
  if (!atr.ok) return failed('CARD-102', atr.fault.detail);
  const { historical, t1, fidi } = atr.value;
  if (kind === 'contactless' && Buffer.compare(historical.subarray(0, STORAGE_CARD.length), STORAGE_CARD) === 0) {
    return failed('CARD-103', 'a contactless storage card');
  }
  // A module that chooses for itself is no reason to stop: the first command shows whether it chose well.
  if (kind === 'contact' && t1) await setT1Parameters(exchange, slot, atr.value, t1, fidi);
  return ok({ atr: answered.value, transmit: (command) => transmit(exchange, slot, command) });
}

async function transmit(exchange: Exchange, slot: number, command: Uint8Array): Promise<Result<Uint8Array>> {
  const give = (data: Uint8Array, level: number) => transfer(exchange, slot, data, level);
  let rest = command;
  for (; rest.length > MAX_DATA; rest = rest.subarray(MAX_DATA)) {
    const taken = await give(rest.subarray(0, MAX_DATA), rest === command ? LEVEL.first : LEVEL.middle);
    if (!taken.ok) return taken;
    wipe(taken.value.data);
    if (taken.value.chain !== CHAIN.wantCommand)
      return failed('CARD-104', `the module takes no command of ${command.length} bytes`);
  }
  const answer = await give(rest, rest === command ? LEVEL.whole : LEVEL.last);
  return collect(answer, () => give(new Uint8Array(), LEVEL.wantAnswer));
}

/** The answer APDU of all its pieces. */
async function collect(first: Result<CcidAnswer>, next: () => Promise<Result<CcidAnswer>>): Promise<Result<Uint8Array>> {
  const pieces: Uint8Array[] = [];
  let answer = first;
  while (answer.ok) {
    pieces.push(answer.value.data);
    const { chain } = answer.value;
    if (chain !== CHAIN.first && chain !== CHAIN.middle) return ok(joinAndWipe(pieces));
    answer = pieces.length < MAX_PIECES ? await next() : failed('CARD-104', 'answer without end');
  }
  wipe(...pieces);
  return answer;
}

/** Faults: CARD-101, CARD-104, MOD-*. */
async function transfer(exchange: Exchange, slot: number, data: Uint8Array, level: number): Promise<Result<CcidAnswer>> {
  const outcome = await exchange.command({ command: 'xfrBlock', slot, parameters: [0, level, 0], data }, ANSWER_TIMEOUT_MS);
  if (outcome.at === 'dead') return failed(outcome.code);
  if (outcome.at === 'lost') return failed('CARD-104', 'the answer was lost');
  const { answer } = outcome;
  if (answer.outcome === 'done') return ok(answer);
  wipe(answer.data);
  return answer.card === 'absent' ? failed('CARD-101') : failed('CARD-104', `the module reports ${answer.error.toString(16)}`);
}
