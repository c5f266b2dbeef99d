import { ok, type Result } from '../../faults/result.ts';
import type { CardChannel } from '../card-channel.ts';
import { selectApplication } from '../commands.ts';
import { SW } from '../status-words.ts';

/**
 * Selects an application; whatever was verified before is forgotten, also in the same one.
 * Value: whether the card has it. Faults: CARD-101, CARD-104, MOD-*.
 */
export async function hasApplication(channel: CardChannel, { aid }: { readonly aid: Uint8Array }): Promise<Result<boolean>> {
  const answer = await channel.send(selectApplication(aid));
  return answer.ok ? ok(answer.value.sw === SW.ok) : answer;
}
