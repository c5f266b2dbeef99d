/** Portrait and printed name on the card, and whether they can be believed (券面事項確認AP). */
import { failed, ok, type Result } from '../../faults/result.ts';
import type { CardPictures } from '../../reception/ports.ts';
import type { CardChannel } from '../card-channel.ts';
import type { PresentedCodes } from '../code-b-policy.ts';
import { select } from '../read-file.ts';
import { secretCopy, wipe } from '../secret-bytes.ts';
import { readTriesLeft } from '../tries.ts';
import { proveOwnKey, readFile, readSigner, type Trust } from './authenticity.ts';
import { CARD_FACE_FILE, checkCardFace } from './card-face-file.ts';
import type { CardProfile } from './card-profile.ts';
import { MY_NUMBER_CARD } from './my-number-card.ts';
import { presentCode } from './present-code.ts';
import { hasApplication } from './select-application.ts';

/** Selects the application. Value: whether the card has it. Faults: CARD-101, CARD-104, MOD-*. */
export function selectCardFace(channel: CardChannel, profile = MY_NUMBER_CARD): Promise<Result<boolean>> {
  return hasApplication(channel, profile.cardFace);
}

/**
 * Presents 照合番号B, once. A lost answer is never asked for by a second VERIFY: the key is selected anew and asked for
 * its tries left, which tells a refusal; an acceptance would be forgotten by then.
 * @param presented what this card was presented before; wiped by its owner
 * Faults: CARD-107 (refused), CARD-108 and CARD-111 (not presented), CARD-101, CARD-104 (also: unknown what became of
 * it), MOD-*.
 */
export async function openCardFace(
  channel: CardChannel,
  codeB: Uint8Array,
  presented: PresentedCodes,
  profile = MY_NUMBER_CARD,
): Promise<Result<void>> {
  const { digits, triesForPeople } = profile.printedCode;
  const permitted = presented.mayPresent(codeB);
  if (!permitted.ok) return permitted;
  if (codeB.length !== digits) return failed('CARD-108', '照合番号B of another length');
  const found = await selectForCode(channel, profile);
  if (!found.ok) return found;
  let triesBefore: number | undefined;
  const answer = await presentCode(channel, profile.cardFace.codeB, codeB, (left) => {
    if (left < triesForPeople) return false;
    triesBefore = left;
    presented.presenting(codeB);
    return true;
  });
  if (!answer.ok) {
    const lost = triesBefore !== undefined && answer.fault.code !== 'CARD-101';
    return lost ? refusedMeanwhile(channel, profile, triesBefore) : answer;
  }
  if (answer.value.at === 'right') {
    presented.accepted();
    return ok();
  }
  const tries = `${answer.value.triesLeft} tries left for 照合番号B`;
  return failed(answer.value.at === 'wrong' ? 'CARD-107' : 'CARD-111', tries);
}

async function selectForCode(channel: CardChannel, profile: CardProfile): Promise<Result<void>> {
  const found = await selectCardFace(channel, profile);
  if (!found.ok) return found;
  return found.value ? ok() : failed('CARD-104', 'the card has no card face');
}

async function refusedMeanwhile(channel: CardChannel, profile: CardProfile, triesBefore = 0): Promise<Result<void>> {
  const found = await selectForCode(channel, profile);
  const key = found.ok ? await select(channel, profile.cardFace.codeB.file) : found;
  const after = key.ok ? await readTriesLeft(channel) : key;
  if (!after.ok) return after;
  return after.value < triesBefore
    ? failed('CARD-107', `${after.value} tries left for 照合番号B`)
    : failed('CARD-104', 'the answer to VERIFY was lost');
}

/**
 * Reads the opened card face and believes nothing of it before certificate, signature and the card's own key are right.
 * Value: its pictures, to be wiped by the caller. Faults: CARD-106, FACE-404 (the card has no portrait: a small child's),
 * CARD-101, CARD-104, MOD-*.
 */
export function readCheckedPictures(channel: CardChannel, trust: Trust, profile = MY_NUMBER_CARD): Promise<Result<CardPictures>> {
  return readChecked(channel, trust, profile, { needsPortrait: true });
}

/** The same, of the name alone: PNG, to be wiped by the caller. Faults: CARD-106, CARD-101, CARD-104, MOD-*. */
export async function readCheckedName(channel: CardChannel, trust: Trust, profile = MY_NUMBER_CARD): Promise<Result<Uint8Array>> {
  const pictures = await readChecked(channel, trust, profile, { needsPortrait: false });
  if (!pictures.ok) return pictures;
  wipe(pictures.value.portrait);
  return ok(pictures.value.name);
}

async function readChecked(
  channel: CardChannel,
  trust: Trust,
  { cardFace, algorithm }: CardProfile,
  { needsPortrait }: { readonly needsPortrait: boolean },
): Promise<Result<CardPictures>> {
  const signer = await readSigner(channel, cardFace.certificate, trust, algorithm);
  if (!signer.ok) return signer;
  const file = await readFile(channel, cardFace.face, CARD_FACE_FILE);
  if (!file.ok) return file;
  try {
    const face = checkCardFace(file.value, signer.value, algorithm);
    if (!face.ok) return face;
    const { portraitJp2, namePng, ownKey } = face.value;
    if (needsPortrait && portraitJp2.length === 0) return failed('FACE-404', 'a card without a portrait');
    const alive = await proveOwnKey(channel, ownKey, trust, algorithm);
    return alive.ok ? ok({ portrait: secretCopy(portraitJp2), name: secretCopy(namePng) }) : alive;
  } finally {
    wipe(file.value);
  }
}
