/**
 * The age record, EF 0001 of the 券面事項確認AP: the least that a reader can ask the card face for.
 *
 *   FF10 82 LLLL { DF11 08 birth YYYYMMDD   DF12 82 0109 card's own key   DF13 82 0100 signature over both }
 *
 * It is opened by the first six digits of 照合番号B, YYMMDD of birth in the Japanese-era year. How often they may be
 * wrong is not known: with less than two tries left they are not presented.
 */
import { failed, ok, type Result } from '../../faults/result.ts';
import type { CardChannel } from '../card-channel.ts';
import { secretCopy, wipe } from '../secret-bytes.ts';
import { proveOwnKey, readFile, readSigner, type Trust } from './authenticity.ts';
import { selectCardFace } from './card-face.ts';
import { MY_NUMBER_CARD } from './my-number-card.ts';
import { presentCode } from './present-code.ts';
import { checkSignedRecord } from './signed-record.ts';

const AGE_RECORD = { tag: 0xff10, objects: [0xdf11, 0xdf12], signature: 0xdf13 };

/**
 * @param birthDate six ASCII digits
 * Value: the date of birth as eight ASCII digits YYYYMMDD, to be wiped by the caller. Faults: CARD-106, CARD-107
 * (refused), CARD-108 (not presented), CARD-101, CARD-104, MOD-*.
 */
export async function readCheckedAgeRecord(
  channel: CardChannel,
  birthDate: Uint8Array,
  trust: Trust,
  profile = MY_NUMBER_CARD,
): Promise<Result<Uint8Array>> {
  const { cardFace, algorithm } = profile;
  const found = await selectCardFace(channel, profile);
  if (!found.ok) return found;
  if (!found.value) return failed('CARD-104', 'the card has no card face');
  const opened = await presentCode(channel, cardFace.birthDate, birthDate, (left) => left >= 2);
  if (!opened.ok) return opened;
  if (opened.value.at !== 'right') return failed(opened.value.at === 'wrong' ? 'CARD-107' : 'CARD-108', 'date of birth');
  const signer = await readSigner(channel, cardFace.certificate, trust, algorithm);
  if (!signer.ok) return signer;
  const file = await readFile(channel, cardFace.ageRecord, AGE_RECORD.tag);
  if (!file.ok) return file;
  try {
    const record = checkSignedRecord(file.value, AGE_RECORD, signer.value, algorithm);
    if (!record.ok) return record;
    const [birth = new Uint8Array(0), key = new Uint8Array(0)] = record.value;
    const ownKey = algorithm.parseKey(key);
    if (!ownKey.ok) return ownKey;
    const alive = await proveOwnKey(channel, ownKey.value, trust, algorithm);
    return alive.ok ? ok(secretCopy(birth)) : alive;
  } finally {
    wipe(file.value);
  }
}
