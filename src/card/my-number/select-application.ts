import { failed, ok, type Result } from '../../faults/result.ts';
import type { CardChannel } from '../card-channel.ts';
import { selectApplication } from '../commands.ts';
import { hexSw, SW, saysThatApplicationIsAbsent } from '../status-words.ts';

/**
 * Selects an application; whatever was verified before is forgotten, also in the same one.
 * Value: whether the card has it. Faults: CARD-101, CARD-104, MOD-*.
 */
export async function hasApplication(channel: CardChannel, { aid }: { readonly aid: Uint8Array }): Promise<Result<boolean>> {
  const answer = await channel.send(selectApplication(aid));
  if (!answer.ok) return answer;
  const { sw } = answer.value;
  const known = sw === SW.ok || saysThatApplicationIsAbsent(sw);
  return known ? ok(sw === SW.ok) : failed('CARD-104', `select application: ${hexSw(sw)}`);
}
