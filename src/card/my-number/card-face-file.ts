/**
 * The card-face file, EF 0002 of the 券面事項確認AP.
 *
 *   FF20 82 LLLL {
 *     DF21 12     nine u16 offsets, not signed: not used
 *     DF22 birth  DF23 sex  DF24 card's own key        ┐ S1
 *     DF25 name picture  DF26 address picture          ┤ S2
 *     DF27 portrait, JPEG 2000                         ┘ S3
 *     DF28 signature
 *     DF29 expiry  DF2A security-code picture          not signed: not believed
 *   }
 *
 * DF28 is RSA PKCS#1 v1.5 (block type 1) over the DigestInfo of 96 bytes: SHA256(S1) ‖ SHA256(S2) ‖ SHA256(S3), where
 * S1 = DF22‖DF23‖DF24, S2 = DF25‖DF26, S3 = DF27, each as whole data objects. That they are hashed with their tags and
 * lengths is inferred; the three digests are public.
 */
import { constants, type KeyObject, publicDecrypt, timingSafeEqual } from 'node:crypto';
import { failed, ok, type Result } from '../../faults/result.ts';
import { parseTlv, parseTlvs, type Tlv } from '../tlv.ts';
import { parseCardKey } from './card-key.ts';
import { digestInfo, sha256 } from './digest-info.ts';

export const CARD_FACE_FILE = 0xff20;
const BIRTH = 0xdf22;
const SEX = 0xdf23;
const CARD_KEY = 0xdf24;
const NAME = 0xdf25;
const ADDRESS = 0xdf26;
const PORTRAIT = 0xdf27;
const SIGNATURE = 0xdf28;
const SIGNED = [BIRTH, SEX, CARD_KEY, NAME, ADDRESS, PORTRAIT] as const;

/** What is believed of a card face: views on the file. */
export type CardFace = { readonly portraitJp2: Uint8Array; readonly cardKey: KeyObject };

/** The face, once its signature by `signer` has been found right. Faults: CARD-106. */
export function checkCardFace(file: Uint8Array, signer: KeyObject): Result<CardFace> {
  const objects = signedObjects(file);
  if (!objects) return failed('CARD-106', 'card face malformed');
  const whole = (tag: number) => objects.get(tag)?.whole ?? new Uint8Array(0);
  const digests = Buffer.concat([
    sha256(whole(BIRTH), whole(SEX), whole(CARD_KEY)),
    sha256(whole(NAME), whole(ADDRESS)),
    sha256(whole(PORTRAIT)),
  ]);
  const signature = objects.get(SIGNATURE)?.value ?? new Uint8Array(0);
  if (!isSigned(digestInfo(digests), signature, signer)) return failed('CARD-106', 'card face not signed by its certificate');
  const cardKey = parseCardKey(objects.get(CARD_KEY)?.value ?? new Uint8Array(0));
  if (!cardKey.ok) return cardKey;
  return ok({ portraitJp2: objects.get(PORTRAIT)?.value ?? new Uint8Array(0), cardKey: cardKey.value });
}

/** The file's objects by tag; undefined when it is malformed, one of the signed ones is missing, or any comes twice. */
function signedObjects(file: Uint8Array): ReadonlyMap<number, Tlv> | undefined {
  const face = parseTlv(file);
  if (!face.ok || face.value.tag !== CARD_FACE_FILE) return undefined;
  const objects = parseTlvs(face.value.value);
  if (!objects.ok) return undefined;
  const byTag = new Map(objects.value.map((object) => [object.tag, object]));
  const complete = byTag.size === objects.value.length && [...SIGNED, SIGNATURE].every((tag) => byTag.has(tag));
  return complete ? byTag : undefined;
}

/** node:crypto verifies digests of known lengths only, hence the padding taken off here and the whole compared. */
function isSigned(expected: Uint8Array, signature: Uint8Array, signer: KeyObject): boolean {
  try {
    const found = publicDecrypt({ key: signer, padding: constants.RSA_PKCS1_PADDING }, signature);
    return found.length === expected.length && timingSafeEqual(found, expected);
  } catch {
    // A signature of another length or with another padding.
    return false;
  }
}
