/**
 * EF 0002 of 券面事項確認, what is printed on the card's face:
 *
 *   FF20 82LLLL
 *     DF21 12  nine u16: where DF22…DF2A begin, counted from the start of the file
 *     DF22 birth YYYYMMDD    DF23 sex              DF24 the card's own key 90 03 010001 91 820100 n
 *     DF25 name PNG          DF26 address PNG
 *     DF27 portrait JP2
 *     DF28 signature         DF29 expiry YYYYMMDD  DF2A security code PNG
 *
 * DF28 signs, block type 1, the DigestInfo of 96 bytes: SHA-256 of the whole objects DF22‖DF23‖DF24, of DF25‖DF26,
 * and of DF27. Expiry and security code are not signed.
 */
import { createHash, type KeyObject } from 'node:crypto';
import { ascii, concat, hex, tlv, u16 } from './bytes.ts';
import { signPadded } from './signing.ts';

/** DigestInfo head of SHA-256 with 96 bytes in the OCTET STRING. */
const THREE_DIGESTS_INFO = hex('30 71 30 0D 06 09 60 86 48 01 65 03 04 02 01 05 00 04 60');

export type CardFaceFields = {
  readonly birth: string;
  readonly sex: string;
  readonly ownKey: Uint8Array;
  readonly namePng: Uint8Array;
  readonly addressPng: Uint8Array;
  readonly portraitJp2: Uint8Array;
  readonly expiry: string;
  readonly securityCodePng: Uint8Array;
};

export function cardFaceFile(fields: CardFaceFields, municipalityKey: KeyObject): Uint8Array {
  const person = [tlv('DF22', ascii(fields.birth)), tlv('DF23', ascii(fields.sex)), tlv('DF24', fields.ownKey)];
  const print = [tlv('DF25', fields.namePng), tlv('DF26', fields.addressPng)];
  const portrait = [tlv('DF27', fields.portraitJp2)];
  const signature = tlv('DF28', signThree(municipalityKey, person, print, portrait));
  const unsigned = [tlv('DF29', ascii(fields.expiry)), tlv('DF2A', fields.securityCodePng)];
  return withOffsets([...person, ...print, ...portrait, signature, ...unsigned]);
}

function signThree(key: KeyObject, ...segments: readonly (readonly Uint8Array[])[]): Uint8Array {
  const digests = segments.map((objects) =>
    createHash('sha256')
      .update(concat(...objects))
      .digest(),
  );
  return signPadded(key, concat(THREE_DIGESTS_INFO, ...digests));
}

function withOffsets(objects: readonly Uint8Array[]): Uint8Array {
  const headLength = hex('FF20 82 0000').length;
  let offset = headLength + tlv('DF21', new Uint8Array(18)).length;
  const offsets: Uint8Array[] = [];
  for (const object of objects) {
    offsets.push(u16(offset));
    offset += object.length;
  }
  return tlv('FF20', concat(tlv('DF21', concat(...offsets)), ...objects));
}
