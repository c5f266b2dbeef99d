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
 * DF28 signs three digests in a row, of S1 = DF22‖DF23‖DF24, S2 = DF25‖DF26 and S3 = DF27, each as whole data objects
 * with tags and lengths; with RSA they are one DigestInfo of 96 bytes.
 */
import type { KeyObject } from 'node:crypto';
import { failed, ok, type Result } from '../../faults/result.ts';
import { parseTlv, parseTlvs, type Tlv } from '../tlv.ts';
import type { SignatureAlgorithm } from './signature-algorithm.ts';

export const CARD_FACE_FILE = 0xff20;
const BIRTH = 0xdf22;
const SEX = 0xdf23;
const CARD_KEY = 0xdf24;
const NAME = 0xdf25;
const ADDRESS = 0xdf26;
const PORTRAIT = 0xdf27;
const SIGNATURE = 0xdf28;
const SIGNED = [BIRTH, SEX, CARD_KEY, NAME, ADDRESS, PORTRAIT] as const;

/** What is believed of a card face. The pictures are views on the file. */
export type CardFace = {
  /** Empty on the card of a small child. */
  readonly portraitJp2: Uint8Array;
  /** The name as it is printed, 1 bit a pixel. */
  readonly namePng: Uint8Array;
  readonly ownKey: KeyObject;
};

/** The face, once its signature by `signer` has been found right. Faults: CARD-106. */
export function checkCardFace(file: Uint8Array, signer: KeyObject, algorithm: SignatureAlgorithm): Result<CardFace> {
  const objects = signedObjects(file);
  if (!objects) return failed('CARD-106', 'card face malformed');
  const bytesOf = (tag: number) => objects.get(tag)?.value ?? new Uint8Array(0);
  const digestOf = (...tags: number[]) => algorithm.digest(...tags.map((tag) => objects.get(tag)?.whole ?? new Uint8Array(0)));
  const digests = [digestOf(BIRTH, SEX, CARD_KEY), digestOf(NAME, ADDRESS), digestOf(PORTRAIT)];
  if (!algorithm.areSigned(digests, bytesOf(SIGNATURE), signer))
    return failed('CARD-106', 'card face not signed by its certificate');
  const ownKey = algorithm.parseKey(bytesOf(CARD_KEY));
  if (!ownKey.ok) return ownKey;
  return ok({ portraitJp2: bytesOf(PORTRAIT), namePng: bytesOf(NAME), ownKey: ownKey.value });
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
