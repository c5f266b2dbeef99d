/** Try counters of keys; asking spends none. */
import { failed, ok, type Result } from '../faults/result.ts';
import type { CardChannel } from './card-channel.ts';
import { askTriesLeft } from './commands.ts';
import { select } from './read-file.ts';
import { hexSw, triesLeft } from './status-words.ts';

/**
 * How many wrong entries the selected key still takes, 0–15; Infinity where it keeps no counter.
 * Faults: CARD-101, CARD-104, MOD-*.
 */
export async function readTriesLeft(channel: CardChannel): Promise<Result<number>> {
  const answer = await channel.send(askTriesLeft);
  if (!answer.ok) return answer;
  const left = triesLeft(answer.value.sw);
  return left === undefined ? failed('CARD-104', `tries left: ${hexSw(answer.value.sw)}`) : ok(left);
}

/** The same for a key of the selected application. Value: undefined when there is no such key. */
export async function readTriesOf(channel: CardChannel, keyFile: number): Promise<Result<number | undefined>> {
  const there = await select(channel, keyFile);
  if (!there.ok) return there;
  return there.value ? readTriesLeft(channel) : ok(undefined);
}
