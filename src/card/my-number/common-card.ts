/**
 * What the card says of itself (共通カードAP): record 1 of EF 0001, free to read and signed by nobody.
 *
 *   01 1C serial(15) municipality(5) expiry YYYYMMDD       ASCII digits
 */
import { failed, ok, type Result } from '../../faults/result.ts';
import type { CardChannel } from '../card-channel.ts';
import { readRecord } from '../commands.ts';
import { select } from '../read-file.ts';
import { hexSw, SW } from '../status-words.ts';
import { MY_NUMBER_CARD } from './my-number-card.ts';

const HEAD = [0x01, 0x1c] as const;
const FIELDS = /^(?<serial>\d{15})(?<municipality>\d{5})(?<expiry>\d{8})$/;

/** Serial and expiry (always a birthday) are the holder's own: not for logs. */
export type CardRecord = {
  readonly serial: string;
  /** 全国地方公共団体コード of the issuer. */
  readonly municipality: string;
  /** YYYYMMDD */
  readonly expiry: string;
};

/** Of the selected common-card application. Faults: CARD-101, CARD-104, MOD-*. */
export async function readCardRecord(channel: CardChannel, profile = MY_NUMBER_CARD): Promise<Result<CardRecord>> {
  const there = await select(channel, profile.commonCard.cardRecord);
  if (!there.ok) return there;
  const answer = there.value ? await channel.send(readRecord(1)) : failed('CARD-104', 'no card record');
  if (!answer.ok) return answer;
  const { sw, data } = answer.value;
  if (sw !== SW.ok) return failed('CARD-104', `card record: ${hexSw(sw)}`);
  const headed = data[0] === HEAD[0] && data[1] === HEAD[1];
  const fields = headed ? FIELDS.exec(Buffer.from(data.subarray(2)).toString('latin1'))?.groups : undefined;
  const { serial, municipality, expiry } = fields ?? {};
  if (!serial || !municipality || !expiry) return failed('CARD-104', 'card record malformed');
  return ok({ serial, municipality, expiry });
}
