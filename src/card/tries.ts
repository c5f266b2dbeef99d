/** Try counters of the selected key, and what VERIFY makes of them (status words of My Number cards). */
import { failed, ok, type Result } from '../faults/result.ts';
import type { CardChannel } from './card-channel.ts';
import { askTriesLeft } from './commands.ts';
import { hexSw, triesLeft } from './status-words.ts';

/** How many wrong entries the selected key still takes, 0–15; asking spends none. Faults: CARD-101, CARD-104, MOD-*. */
export async function readTriesLeft(channel: CardChannel): Promise<Result<number>> {
  const answer = await channel.send(askTriesLeft);
  if (!answer.ok) return answer;
  const left = triesLeft(answer.value.sw);
  return left === undefined ? failed('CARD-104', `tries left: ${hexSw(answer.value.sw)}`) : ok(left);
}
