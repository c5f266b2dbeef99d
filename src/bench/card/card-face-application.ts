/** 券面事項確認: what is printed on the card's face, opened by 照合番号 A or B, and the card's own key. */
import { type KeyObject, randomBytes } from 'node:crypto';
import { cvKey } from '../pki/cv-certificate.ts';
import type { BenchKey } from '../pki/keys.ts';
import { type Application, free, holds, opensTo } from './application.ts';
import { ascii, concat, hex, tlv } from './bytes.ts';
import { Secret } from './secret.ts';
import { keyId, signedRecord } from './signed-record.ts';
import { rsaSigner } from './signing.ts';

export type CardFaceParts = {
  /** YYYYMMDD */
  readonly birth: string;
  readonly codeA: string;
  readonly codeB: string;
  readonly cardFace: Uint8Array;
  readonly numberPng: Uint8Array;
  readonly cvCertificate: Uint8Array;
  /** The key that `cvCertificate` certifies. */
  readonly municipalityKey: KeyObject;
  readonly municipality: string;
  readonly ownKey: BenchKey;
};

/** 照合番号 A and B lock after ten wrong tries (second-hand: an eKYC vendor's guide). */
const CODE_TRIES = 10;
const BIRTH_DIGITS = 6;

export function cardFaceApplication(parts: CardFaceParts): Application {
  // The date of birth as 照合番号B begins. Its counter is not known: none is kept, so that 6300 is met too (inferred).
  const birth = new Secret(ascii(parts.codeB.slice(0, BIRTH_DIGITS)), undefined);
  const codeA = new Secret(ascii(parts.codeA), CODE_TRIES);
  const codeB = new Secret(ascii(parts.codeB), CODE_TRIES);
  const ownKey = cvKey(parts.ownKey.publicKey);
  const ageRecord = [tlv('DF11', ascii(parts.birth)), tlv('DF12', ownKey)];
  const numberImage = [tlv('DF41', parts.numberPng), tlv('DF42', ownKey)];
  return {
    aid: 'D3921000310001010402',
    ownKey: rsaSigner(parts.ownKey.privateKey, randomBytes),
    files: new Map([
      [0x0001, opensTo(signedRecord('FF10', ageRecord, 'DF13', parts.municipalityKey), birth)],
      [0x0002, opensTo(parts.cardFace, codeA, codeB)],
      [0x0003, free(basicInformation(parts.municipality))],
      [0x0004, free(parts.cvCertificate)],
      [0x0005, opensTo(signedRecord('FF40', numberImage, 'DF43', parts.municipalityKey), codeA)],
      // Nobody knows what for.
      [0x0006, opensTo(new Uint8Array(16).fill(0xff), codeA, codeB)],
      [0x0011, holds(birth)],
      [0x0012, holds(codeB)],
      [0x0013, holds(codeA)],
    ]),
  };
}

/** DF31's second byte: the card takes extended lengths. DF35: a key's identifier and 256 bytes that nobody can read. */
function basicInformation(municipality: string): Uint8Array {
  const objects = [
    tlv('DF31', hex('06 03 0E 01')),
    tlv('DF32', keyId('9000024')),
    tlv('DF33', hex('00')),
    tlv('DF34', ascii(municipality)),
    tlv('DF35', concat(keyId('9900025'), randomBytes(256))),
  ];
  return tlv('FF30', concat(...objects));
}
