/** 券面事項確認: what is printed on the card's face, opened by 照合番号 A or B, and the card's own key. */
import type { KeyObject } from 'node:crypto';
import { type Application, free, holds, opensTo } from './application.ts';
import { ascii, concat, hex, tlv } from './bytes.ts';
import { Secret } from './secret.ts';

export type CardFaceParts = {
  /** YYYYMMDD */
  readonly birth: string;
  readonly codeA: string;
  readonly codeB: string;
  readonly cardFace: Uint8Array;
  readonly numberPng: Uint8Array;
  readonly cvCertificate: Uint8Array;
  readonly ownKey: KeyObject;
};

/** 照合番号 A and B lock after ten wrong tries (second-hand: an eKYC vendor's guide). */
const CODE_TRIES = 10;

export function cardFaceApplication(parts: CardFaceParts): Application {
  // Its counter is not known: the bench keeps none, so that 6300 is met too (inferred).
  const birth = new Secret(ascii(parts.birth.slice(2)), undefined);
  const codeA = new Secret(ascii(parts.codeA), CODE_TRIES);
  const codeB = new Secret(ascii(parts.codeB), CODE_TRIES);
  return {
    aid: 'D3921000310001010402',
    ownKey: parts.ownKey,
    files: new Map([
      [0x0001, opensTo(ageRecord(parts.birth), birth)],
      [0x0002, opensTo(parts.cardFace, codeA, codeB)],
      [0x0003, free(basicInformation())],
      [0x0004, free(parts.cvCertificate)],
      [0x0005, opensTo(numberImage(parts.numberPng), codeA)],
      [0x0011, holds(birth)],
      [0x0012, holds(codeB)],
      [0x0013, holds(codeA)],
    ]),
  };
}

// The three files below are known by their tags only; offsets and fillers are inferred, and nothing signs them here.

function ageRecord(birth: string): Uint8Array {
  return tlv('FF10', concat(tlv('DF11', hex('000A 0015')), tlv('DF12', ascii(birth)), tlv('DF13', new Uint8Array(32))));
}

function numberImage(png: Uint8Array): Uint8Array {
  return tlv('FF40', concat(tlv('DF41', hex('000C 0000')), tlv('DF42', png), tlv('DF43', new Uint8Array(32))));
}

/** DF31's second byte: the card takes extended lengths. DF34 is the municipality's code. */
function basicInformation(): Uint8Array {
  const objects = [
    tlv('DF31', hex('06 03 0E 01')),
    tlv('DF32', hex('00')),
    tlv('DF33', hex('00')),
    tlv('DF34', ascii('00000')),
    tlv('DF35', hex('00')),
  ];
  return tlv('FF30', concat(...objects));
}
