/** 券面事項入力補助AP: opening the person's attributes, by its own PIN or by 照合番号B. */
import { failed, ok, type Result } from '../../faults/result.ts';
import type { PinVerdict } from '../../reception/ports.ts';
import type { CardChannel } from '../card-channel.ts';
import type { CardProfile } from './card-profile.ts';
import { MY_NUMBER_CARD } from './my-number-card.ts';
import { presentCode } from './present-code.ts';
import { hasApplication } from './select-application.ts';

/**
 * Presents the application's PIN by one VERIFY; none is sent when the card counts other tries than the patient was
 * told of. @param pin ASCII digits, wiped by their owner. Faults: PIN-303 (not sent), CARD-101, CARD-104, MOD-*.
 */
export async function openInputSupportByPin(
  channel: CardChannel,
  pin: Uint8Array,
  knownTriesLeft: number,
  profile = MY_NUMBER_CARD,
): Promise<Result<PinVerdict>> {
  const selected = await selectInputSupport(channel, profile);
  if (!selected.ok) return selected;
  const presented = await presentCode(channel, profile.inputSupport.pin, pin, (left) => left === knownTriesLeft);
  if (!presented.ok) return presented;
  if (presented.value.at === 'right') return ok({ at: 'right' });
  const { at, triesLeft } = presented.value;
  if (triesLeft === 0) return ok({ at: 'locked' });
  return at === 'wrong' ? ok({ at, triesLeft }) : failed('PIN-303', `the card counts ${triesLeft} tries`);
}

/** Presents 照合番号B, once. Faults: CARD-107 (refused), CARD-108 and CARD-111 (not presented), CARD-101, CARD-104, MOD-*. */
export async function openInputSupportByCodeB(
  channel: CardChannel,
  codeB: Uint8Array,
  profile = MY_NUMBER_CARD,
): Promise<Result<void>> {
  const { digits, triesForPeople } = profile.printedCode;
  if (codeB.length !== digits) return failed('CARD-108', '照合番号B of another length');
  const selected = await selectInputSupport(channel, profile);
  if (!selected.ok) return selected;
  const presented = await presentCode(channel, profile.inputSupport.codeB, codeB, (left) => left >= triesForPeople);
  if (!presented.ok) return presented;
  if (presented.value.at === 'right') return ok();
  const tries = `${presented.value.triesLeft} tries left for 照合番号B`;
  return failed(presented.value.at === 'wrong' ? 'CARD-107' : 'CARD-111', tries);
}

async function selectInputSupport(channel: CardChannel, profile: CardProfile): Promise<Result<void>> {
  const found = await hasApplication(channel, profile.inputSupport);
  if (!found.ok) return found;
  return found.value ? ok() : failed('CARD-104', 'the card has no input support');
}
