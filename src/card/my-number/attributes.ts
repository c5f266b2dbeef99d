/**
 * Name, address, birth and sex as text (基本4情報), from the opened 券面事項入力補助AP. Three files say whether they
 * can be believed; all signatures are by the key that EF 0004 certifies:
 *
 *   0002  FF20 { DF21 offset table   DF22 name   DF23 address   DF24 birth   DF25 sex }
 *   0003  FF30 { DF31 digest of 0001   DF32 digest of 0002   DF33 signature over both }
 *   0007  FF50 { DF51 the application's own key   DF52 signature over it }
 *
 * DF32 is over the contents of FF20 after the offset table, which is thus not signed and not used.
 */
import { timingSafeEqual } from 'node:crypto';
import { failed, ok, type Result } from '../../faults/result.ts';
import type { CardChannel } from '../card-channel.ts';
import { secretCopy, wipe } from '../secret-bytes.ts';
import { parseTlv, parseTlvs } from '../tlv.ts';
import { proveOwnKey, readFile, readSigner, type Trust } from './authenticity.ts';
import { MY_NUMBER_CARD } from './my-number-card.ts';
import { checkSignedRecord } from './signed-record.ts';

const ATTRIBUTES = 0xff20;
const OFFSETS = 0xdf21;
const FIELDS = [0xdf22, 0xdf23, 0xdf24, 0xdf25];
const DIGESTS = { tag: 0xff30, objects: [0xdf31, 0xdf32], signature: 0xdf33 };
const OWN_KEY = { tag: 0xff50, objects: [0xdf51], signature: 0xdf52 };

/** Bytes as the card holds them, to be wiped by whoever asked for them. */
export type Attributes = {
  /** UTF-8; family and given name with an ideographic space between. */
  readonly name: Uint8Array;
  /** UTF-8 */
  readonly address: Uint8Array;
  /** YYYYMMDD, ASCII */
  readonly birth: Uint8Array;
  /** One ASCII digit (JIS X 0303: 1 male, 2 female). */
  readonly sex: Uint8Array;
};

/** Faults: CARD-106 (not to be believed), CARD-101, CARD-104 (also: not opened), MOD-*. */
export async function readCheckedAttributes(
  channel: CardChannel,
  trust: Trust,
  profile = MY_NUMBER_CARD,
): Promise<Result<Attributes>> {
  const { inputSupport, algorithm } = profile;
  const signer = await readSigner(channel, inputSupport.certificate, trust, algorithm);
  if (!signer.ok) return signer;

  const keyFile = await readFile(channel, inputSupport.ownKey, OWN_KEY.tag);
  if (!keyFile.ok) return keyFile;
  const keyRecord = checkSignedRecord(keyFile.value, OWN_KEY, signer.value, algorithm);
  const ownKey = keyRecord.ok ? algorithm.parseKey(keyRecord.value[0] ?? new Uint8Array(0)) : keyRecord;
  if (!ownKey.ok) return ownKey;
  const alive = await proveOwnKey(channel, ownKey.value, trust, algorithm);
  if (!alive.ok) return alive;

  const digestFile = await readFile(channel, inputSupport.digests, DIGESTS.tag);
  if (!digestFile.ok) return digestFile;
  const digests = checkSignedRecord(digestFile.value, DIGESTS, signer.value, algorithm);
  if (!digests.ok) return digests;

  const file = await readFile(channel, inputSupport.attributes, ATTRIBUTES);
  if (!file.ok) return file;
  try {
    return attributesIn(file.value, digests.value[1] ?? new Uint8Array(0), algorithm.digest);
  } finally {
    wipe(file.value);
  }
}

/** The fields of EF 0002, once their digest is found to be `signed`. Value: copies. Faults: CARD-106. */
export function attributesIn(
  file: Uint8Array,
  signed: Uint8Array,
  digest: (bytes: Uint8Array) => Uint8Array,
): Result<Attributes> {
  const outer = parseTlv(file);
  const objects = outer.ok ? parseTlvs(outer.value.value) : outer;
  if (!outer.ok || !objects.ok) return failed('CARD-106', 'attributes malformed');
  const [offsets, ...fields] = objects.value;
  const complete = offsets?.tag === OFFSETS && fields.length === FIELDS.length;
  if (!complete || fields.some(({ tag }, index) => tag !== FIELDS[index])) return failed('CARD-106', 'attributes malformed');
  const found = digest(outer.value.value.subarray(offsets.whole.length));
  if (found.length !== signed.length || !timingSafeEqual(found, signed)) {
    return failed('CARD-106', 'attributes are not those whose digest is signed');
  }
  const copy = (index: number) => secretCopy(fields[index]?.value ?? new Uint8Array(0));
  return ok({ name: copy(0), address: copy(1), birth: copy(2), sex: copy(3) });
}
