import { failed, ok, type Result } from '../../faults/result.ts';
import type { CardChannel } from '../card-channel.ts';
import { verify } from '../commands.ts';
import { select } from '../read-file.ts';
import { hexSw, SW, triesLeft } from '../status-words.ts';
import { readTriesLeft } from '../tries.ts';
import type { CodeKey } from './card-profile.ts';

/** `withheld`: not sent, since that many tries are left. Tries are Infinity where the key keeps no counter. */
export type Presentation = { readonly at: 'right' } | { readonly at: 'wrong' | 'withheld'; readonly triesLeft: number };

/**
 * Presents `code` to a key of the selected application by one VERIFY, sent once, if `mayTry` agrees to the tries
 * left. A lost answer is a fault: it may have counted. Faults: CARD-101, CARD-104 (also: no such key), MOD-*.
 */
export async function presentCode(
  channel: CardChannel,
  key: CodeKey,
  code: Uint8Array,
  mayTry: (triesLeft: number) => boolean,
): Promise<Result<Presentation>> {
  const there = await select(channel, key.file);
  if (!there.ok) return there;
  if (!there.value) return failed('CARD-104', 'the card has no such key');
  const tries = await readTriesLeft(channel);
  if (!tries.ok) return tries;
  if (tries.value === 0 || !mayTry(tries.value)) return ok({ at: 'withheld', triesLeft: tries.value });
  const answer = await channel.send(verify(code));
  if (!answer.ok) return answer;
  if (answer.value.sw === SW.ok) return ok({ at: 'right' });
  const left = triesLeft(answer.value.sw);
  return left === undefined ? failed('CARD-104', `VERIFY: ${hexSw(answer.value.sw)}`) : ok({ at: 'wrong', triesLeft: left });
}
