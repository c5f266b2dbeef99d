/** The portrait on the card, and whether it can be believed (券面事項確認AP). */
import { type KeyObject, verify as verifySignature } from 'node:crypto';
import { failed, ok, type Result } from '../../faults/result.ts';
import type { CardChannel } from '../card-channel.ts';
import { selectApplication, sign, verify } from '../commands.ts';
import { readObject, select } from '../read-file.ts';
import { secretCopy, wipe } from '../secret-bytes.ts';
import { hexSw, SW, triesLeft } from '../status-words.ts';
import { readTriesLeft } from '../tries.ts';
import { CARD_FACE } from './applications.ts';
import { CARD_FACE_FILE, checkCardFace } from './card-face-file.ts';
import { CV_CERTIFICATE, checkCvCertificate } from './cv-certificate.ts';
import { digestInfo, sha256 } from './digest-info.ts';

/** 照合番号B locks after ten wrong tries for good, and it is read by machine: the last five are left to people. */
const TRIES_FLOOR = 5;

/** Selects the application. Value: whether the card has it. Faults: CARD-101, CARD-104, MOD-*. */
export async function selectCardFace(channel: CardChannel): Promise<Result<boolean>> {
  const answer = await channel.send(selectApplication(CARD_FACE.aid));
  return answer.ok ? ok(answer.value.sw === SW.ok) : answer;
}

/**
 * Presents 照合番号B, once. Faults: CARD-107 (refused), CARD-108 (too few tries left: not presented), CARD-101,
 * CARD-104, MOD-*.
 */
export async function openCardFace(channel: CardChannel, codeB: Uint8Array): Promise<Result<void>> {
  const found = await selectCardFace(channel);
  if (!found.ok) return found;
  const key = found.value ? await select(channel, CARD_FACE.codeB) : ok(false);
  if (!key.ok) return key;
  if (!key.value) return failed('CARD-104', 'the card has no card face');
  const tries = await readTriesLeft(channel);
  if (!tries.ok) return tries;
  if (tries.value < TRIES_FLOOR) return failed('CARD-108', `${tries.value} tries left for 照合番号B`);
  const answer = await channel.send(verify(codeB));
  if (!answer.ok) return answer;
  if (answer.value.sw === SW.ok) return ok();
  const left = triesLeft(answer.value.sw);
  return left === undefined
    ? failed('CARD-104', `照合番号B: ${hexSw(answer.value.sw)}`)
    : failed('CARD-107', `${left} tries left`);
}

/**
 * Reads the opened card face and believes nothing of it before certificate, signature and the card's own key are right.
 * Value: the portrait as JPEG 2000, to be wiped by the caller. Faults: CARD-106, CARD-101, CARD-104, MOD-*.
 */
export async function readCheckedPortrait(
  channel: CardChannel,
  trustedCvKeys: readonly KeyObject[],
  random: (length: number) => Uint8Array,
): Promise<Result<Uint8Array>> {
  const certificate = await readFile(channel, CARD_FACE.certificate, CV_CERTIFICATE);
  if (!certificate.ok) return certificate;
  const signer = checkCvCertificate(certificate.value, trustedCvKeys);
  if (!signer.ok) return signer;
  const file = await readFile(channel, CARD_FACE.face, CARD_FACE_FILE);
  if (!file.ok) return file;
  try {
    const face = checkCardFace(file.value, signer.value);
    if (!face.ok) return face;
    const alive = await proveOwnKey(channel, face.value.cardKey, random(32));
    return alive.ok ? ok(secretCopy(face.value.portraitJp2)) : alive;
  } finally {
    wipe(file.value);
  }
}

async function readFile(channel: CardChannel, fileId: number, tag: number): Promise<Result<Uint8Array>> {
  const selected = await select(channel, fileId);
  if (!selected.ok) return selected;
  return selected.value ? readObject(channel, tag) : failed('CARD-106', 'card-face file missing');
}

/** Active authentication: a copied file cannot sign a fresh challenge with the key that the file names. */
async function proveOwnKey(channel: CardChannel, cardKey: KeyObject, challenge: Uint8Array): Promise<Result<void>> {
  const answer = await channel.send(sign('application-key', digestInfo(sha256(challenge))));
  if (!answer.ok) return answer;
  const { sw, data } = answer.value;
  const signed = sw === SW.ok && verifySignature('sha256', challenge, cardKey, data);
  return signed ? ok() : failed('CARD-106', `the card does not sign with its own key: ${hexSw(sw)}`);
}
