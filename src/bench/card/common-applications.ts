/** 共通カード, 住基 and the GlobalPlatform issuer security domain: what the card says of itself, in records and objects. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { type Application, holds } from './application.ts';
import { ascii, concat } from './bytes.ts';
import type { Secret } from './secret.ts';
import { keyId } from './signed-record.ts';
import { rsaSigner, type Signer } from './signing.ts';

export type CommonParts = {
  /** 15 digits. */
  readonly serial: string;
  /** 全国地方公共団体コード, five digits. */
  readonly municipality: string;
  /** YYYYMMDD */
  readonly expiry: string;
  readonly commonPin: Secret;
  readonly jukiPin: Secret;
};

const HASH_AND_SIGN = 0x03;

export function commonApplications(parts: CommonParts): readonly Application[] {
  const card = ascii(parts.serial + parts.municipality + parts.expiry);
  /** The same in both applications; of which key is not known. */
  const keyReference = { kind: 'records', records: [simpleTlv(0x01, keyId('9000010'))] } as const;
  return [
    {
      aid: 'D3921000310001010100',
      files: new Map([
        [0x0001, { kind: 'records', records: [simpleTlv(0x01, card)] }],
        [0x0002, keyReference],
        [0x0019, { kind: 'authentication-key', sign: internalSigner() }],
        [0x001c, holds(parts.commonPin)],
      ]),
    },
    {
      aid: 'D3921000310001010401',
      files: new Map([
        [0x0002, keyReference],
        [0x001c, holds(parts.jukiPin)],
      ]),
    },
  ];
}

/** Signs what INTERNAL AUTHENTICATE asks. Its public half is nowhere on the card; made when it is first asked. */
function internalSigner(): Signer {
  let sign: Signer | undefined;
  return (_p1, data) => {
    sign ??= rsaSigner(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey, randomBytes);
    return sign(HASH_AND_SIGN, data);
  };
}

/** Selected without being asked for when the card gets its power. */
export const ISSUER_DOMAIN = 'A0000001510000';

/** Real cards have certificates of their maker's there too; these are 6A88 here. */
export function issuerDomain({ serial, municipality, expiry }: CommonParts): Application {
  return {
    aid: ISSUER_DOMAIN,
    files: new Map(),
    dataObjects: new Map([
      [0x0042, keyId('9000020')],
      [0x0045, ascii(serial)],
      [0x00f0, ascii(municipality)],
      [0x00f2, ascii(expiry)],
      [0x00f7, keyId('9000021')],
    ]),
  };
}

/** A record of JICSAP: tag, length, value. */
function simpleTlv(tag: number, value: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(tag, value.length), value);
}
