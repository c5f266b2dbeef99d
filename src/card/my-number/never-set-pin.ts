/**
 * A PIN that was never set (顔認証マイナンバーカード) and one that was wrong too often are both a blocked key, and its counter
 * says the same of both. What lies beside it tells them apart: a card without PINs has no signature certificate either, and
 * the PIN of its 券面事項入力補助AP is blocked as well, which hardly anybody does by trying. Inferred: no public text says how
 * such a card answers. Where it is told wrongly, the PIN is closed all the same, and only the reason that is given differs.
 */
import { ok, type Result } from '../../faults/result.ts';
import type { CardChannel } from '../card-channel.ts';
import { readTriesOf } from '../tries.ts';
import { MY_NUMBER_CARD } from './my-number-card.ts';
import { hasApplication } from './select-application.ts';

/**
 * Of a card without a signature certificate whose authentication PIN is blocked: whether no PIN was ever set. Leaves another
 * application selected. Faults: CARD-101, CARD-104, MOD-*.
 */
export async function pinWasNeverSet(channel: CardChannel, { inputSupport } = MY_NUMBER_CARD): Promise<Result<boolean>> {
  const there = await hasApplication(channel, inputSupport);
  if (!there.ok || !there.value) return there;
  const tries = await readTriesOf(channel, inputSupport.pin.file);
  return tries.ok ? ok(tries.value === 0) : tries;
}
