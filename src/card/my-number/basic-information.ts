/**
 * Basic information of the 券面事項確認AP, EF 0003, free to read and signed by nobody:
 *
 *   FF30 { DF31 04 version, extended lengths, vendor, vendor's own
 *          DF32 10 key identifier   DF33 01 version   DF34 05 municipality   DF35 82 0110 not known }
 */
import { failed, ok, type Result } from '../../faults/result.ts';
import type { CardChannel } from '../card-channel.ts';
import { parseTlv, parseTlvs } from '../tlv.ts';
import { readFile } from './authenticity.ts';
import { MY_NUMBER_CARD } from './my-number-card.ts';

const BASIC_INFORMATION = 0xff30;
const IDENTIFICATION = 0xdf31;
const MUNICIPALITY = 0xdf34;
/** Second byte of DF31 on the cards seen, which take extended lengths; its single bits are not known. */
const EXTENDED_LENGTHS = 0x03;

export type BasicInformation = {
  readonly extendedLengths: boolean;
  /** 全国地方公共団体コード of the issuer, five digits. */
  readonly municipality: string;
};

/** Of the card face, which must be selected. Faults: CARD-106 (missing or malformed), CARD-101, CARD-104, MOD-*. */
export async function readBasicInformation(channel: CardChannel, profile = MY_NUMBER_CARD): Promise<Result<BasicInformation>> {
  const file = await readFile(channel, profile.cardFace.basicInformation, BASIC_INFORMATION);
  if (!file.ok) return file;
  const outer = parseTlv(file.value);
  const objects = outer.ok ? parseTlvs(outer.value.value) : outer;
  if (!objects.ok) return failed('CARD-106', 'basic information malformed');
  const find = (wanted: number) => objects.value.find(({ tag }) => tag === wanted)?.value;
  const identification = find(IDENTIFICATION);
  const municipality = Buffer.from(find(MUNICIPALITY) ?? []).toString('latin1');
  if (!identification || !/^\d{5}$/.test(municipality)) return failed('CARD-106', 'basic information malformed');
  return ok({ extendedLengths: identification[1] === EXTENDED_LENGTHS, municipality });
}
