/** Commands of the eligibility gateway, passed to the card as they are. */
import { failed, ok, type Result } from '../faults/result.ts';
import { decodeCommand, decodeResponse } from './apdu.ts';
import { spendsATry } from './commands.ts';
import type { CardModule } from './module/card-module.ts';
import { SW } from './status-words.ts';

/**
 * Value: the answers with their status words, in order; the last one is the first that was not 9000.
 * What would spend one of the patient's tries is not passed on, nor what cannot be told from it: only the patient's
 * own entry may. Faults: CARD-109 (such a command), CARD-101, CARD-104, MOD-*.
 */
export async function relayCommands(
  module: CardModule,
  slot: number,
  commands: readonly Uint8Array[],
  signal: AbortSignal,
): Promise<Result<readonly Uint8Array[]>> {
  const answers: Uint8Array[] = [];
  for (const command of commands) {
    const decoded = decodeCommand(command);
    if (!decoded.ok) return failed('CARD-109', 'the gateway sent what is no command');
    if (spendsATry(decoded.value)) return failed('CARD-109', 'the gateway asked for what may spend a try');
    const answer = await module.transmit(slot, command, signal);
    if (!answer.ok) return answer;
    answers.push(answer.value);
    const response = decodeResponse(answer.value);
    if (!response.ok || response.value.sw !== SW.ok) break;
  }
  return ok(answers);
}
