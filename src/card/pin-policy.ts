/**
 * One entry is one VERIFY.
 *
 *   select → tries left? ─ not as many as the patient was told → PIN-303, nothing sent
 *                        └ VERIFY ─ 9000 → right │ 63CX → wrong │ 63C0, 6984 → locked
 *                                 └ no answer: never again; select → tries left? fewer → wrong │ not fewer → PIN-303
 *
 * After a lost answer "not fewer" does not mean right: the card may not have had the entry, and a right one would be
 * forgotten by the new selection. The caller starts again with a new entry.
 */
import { failed, ok, type Result } from '../faults/result.ts';
import type { PinStatus, PinVerdict } from '../reception/ports.ts';
import type { CardChannel } from './card-channel.ts';
import { verify } from './commands.ts';
import type { CardProfile } from './my-number/card-profile.ts';
import { readPinStatus, selectJpki } from './my-number/jpki.ts';
import { MY_NUMBER_CARD } from './my-number/my-number-card.ts';
import { SW, triesLeft } from './status-words.ts';

/**
 * @param pin ASCII digits, lent by their owner, who wipes them
 * @param knownTriesLeft what the patient has been told
 * Faults: PIN-303, CARD-101, CARD-104, MOD-*.
 */
export async function verifyPinOnce(
  channel: CardChannel,
  pin: Uint8Array,
  knownTriesLeft: number,
  profile = MY_NUMBER_CARD,
): Promise<Result<PinVerdict>> {
  const before = await askCard(channel, profile);
  if (!before.ok) return before;
  if (before.value.at === 'locked') return ok({ at: 'locked' });
  if (before.value.at === 'absent') return failed('CARD-104', 'the card has no PIN');
  // More than were told means another card or another hand at this one: no entry was meant for it.
  if (before.value.triesLeft !== knownTriesLeft) return failed('PIN-303', `the card counts ${before.value.triesLeft} tries`);

  const answer = await channel.send(verify(pin));
  if (!answer.ok) return answer.fault.code === 'CARD-101' ? answer : whatBecameOfIt(channel, profile, before.value.triesLeft);
  if (answer.value.sw === SW.ok) return ok({ at: 'right' });
  const left = triesLeft(answer.value.sw);
  return left === undefined ? whatBecameOfIt(channel, profile, before.value.triesLeft) : ok(wrongOrLocked(left));
}

async function askCard(channel: CardChannel, profile: CardProfile): Promise<Result<PinStatus>> {
  const selected = await selectJpki(channel, profile);
  if (!selected.ok) return selected;
  return selected.value ? readPinStatus(channel, profile) : failed('CARD-104', 'JPKI cannot be selected any more');
}

async function whatBecameOfIt(channel: CardChannel, profile: CardProfile, triesBefore: number): Promise<Result<PinVerdict>> {
  const after = await askCard(channel, profile);
  if (!after.ok) return after.fault.code === 'CARD-101' ? after : failed('PIN-303', after.fault.detail);
  if (after.value.at === 'locked') return ok({ at: 'locked' });
  if (after.value.at === 'ready' && after.value.triesLeft < triesBefore) return ok(wrongOrLocked(after.value.triesLeft));
  return failed('PIN-303', 'the answer to VERIFY was lost');
}

function wrongOrLocked(left: number): PinVerdict {
  return left === 0 ? { at: 'locked' } : { at: 'wrong', triesLeft: left };
}
