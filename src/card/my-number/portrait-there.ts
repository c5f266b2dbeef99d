/**
 * Whether a card has a portrait, before anybody is asked to look into a camera.
 *
 * No card says so without 照合番号B. But a card without one is a child's who was not yet one year old when it was asked
 * for (since 2024-12-02): it ends at most five years from now, on a birthday, and has no signature certificate. Both are
 * free to read, so that of all other cards it is known at once that they have a portrait. Of these few the opened card face
 * is asked, by its offset table alone:
 *
 *   FF20 82 LLLL  DF21 12  nine u16: where DF22 … DF27 portrait, DF28 signature … begin, from the start of the file
 *
 * The table is signed by nobody: it closes a way, and opens none.
 */
import { ok, type Result } from '../../faults/result.ts';
import type { CardChannel } from '../card-channel.ts';
import { readBinary } from '../commands.ts';
import { select } from '../read-file.ts';
import { SW } from '../status-words.ts';
import type { CardProfile } from './card-profile.ts';
import { readCardRecord } from './common-card.ts';
import { MY_NUMBER_CARD } from './my-number-card.ts';
import { hasApplication } from './select-application.ts';

const OFFSETS_FROM = 8;
const PORTRAIT = 5;
const SIGNATURE = 6;
const TABLE_END = OFFSETS_FROM + 9 * 2;
/** DF27 00 */
const EMPTY_OBJECT = 3;
const CHILDS_CARD_YEARS = 5;

/**
 * Whether the card ends so soon that it may be a small child's; of a card that does not say when it ends, yes. Leaves the
 * common-card application selected. @param today YYYY-MM-DD. Faults: CARD-101, MOD-*.
 */
export async function endsAsASmallChilds(
  channel: CardChannel,
  today: string,
  profile = MY_NUMBER_CARD,
): Promise<Result<boolean>> {
  const there = await hasApplication(channel, profile.commonCard);
  if (there.ok && !there.value) return ok(true);
  const record = there.ok ? await readCardRecord(channel, profile) : there;
  if (!record.ok) return record.fault.code === 'CARD-104' ? ok(true) : record;
  const year = Number(today.slice(0, 4)) + CHILDS_CARD_YEARS;
  return ok(record.value.expiry <= `${year}${today.slice(5).replace('-', '')}`);
}

/** Of the card face that has been opened; a table that cannot be understood says nothing. Faults: CARD-101, CARD-104, MOD-*. */
export async function hasPortrait(channel: CardChannel, profile: CardProfile = MY_NUMBER_CARD): Promise<Result<boolean>> {
  const there = await select(channel, profile.cardFace.face);
  if (!there.ok || !there.value) return there;
  const answer = await channel.send(readBinary(0, TABLE_END));
  if (!answer.ok) return answer;
  const { sw, data } = answer.value;
  if (sw !== SW.ok || data.length < TABLE_END || data[0] !== 0xff || data[1] !== 0x20 || data[2] !== 0x82) return ok(true);
  const offset = (index: number) => Buffer.from(data).readUInt16BE(OFFSETS_FROM + 2 * index);
  return ok(offset(SIGNATURE) - offset(PORTRAIT) !== EMPTY_OBJECT);
}
