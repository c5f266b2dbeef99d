/** 券面事項入力補助: the same person as text, opened by its own PIN or by 照合番号 A (number) or B (the rest). */
import { createHash, type KeyObject, randomBytes } from 'node:crypto';
import { cvKey } from '../pki/cv-certificate.ts';
import type { BenchKey } from '../pki/keys.ts';
import { type Application, free, holds, opensTo } from './application.ts';
import { ascii, concat, hex, tlv, u16 } from './bytes.ts';
import { Secret } from './secret.ts';
import { keyId, signedRecord } from './signed-record.ts';
import { rsaSigner } from './signing.ts';

export type InputSupportParts = {
  readonly pin: Secret;
  readonly codeA: string;
  readonly codeB: string;
  readonly name: string;
  readonly address: string;
  /** YYYYMMDD */
  readonly birth: string;
  readonly sex: string;
  readonly cvCertificate: Uint8Array;
  /** The key that `cvCertificate` certifies. */
  readonly municipalityKey: KeyObject;
  readonly ownKey: BenchKey;
};

export function inputSupportApplication(parts: InputSupportParts): Application {
  const { pin, municipalityKey } = parts;
  const codeA = new Secret(ascii(parts.codeA), 10);
  const codeB = new Secret(ascii(parts.codeB), 10);
  const number = concat(tlv('FF10', ascii(parts.codeA)), hex('FF FF'));
  const objects = attributeObjects(parts);
  const digests = [tlv('DF31', sha256(number)), tlv('DF32', sha256(concat(...objects)))];
  const ownKey = [tlv('DF51', cvKey(parts.ownKey.publicKey))];
  return {
    aid: 'D3921000310001010408',
    ownKey: rsaSigner(parts.ownKey.privateKey, randomBytes),
    files: new Map([
      [0x0001, opensTo(number, pin, codeA)],
      [0x0002, opensTo(attributes(objects), pin, codeB)],
      // Digest of EF 0001 with its filler, of EF 0002 without its offset table, and a signature over both.
      [0x0003, opensTo(signedRecord('FF30', digests, 'DF33', municipalityKey), pin, codeA, codeB)],
      [0x0004, free(parts.cvCertificate)],
      [0x0005, free(basicInformation())],
      [0x0006, opensTo(sessionKey(), pin, codeA, codeB)],
      [0x0007, opensTo(signedRecord('FF50', ownKey, 'DF52', municipalityKey), pin, codeA, codeB)],
      [0x0011, holds(pin)],
      // Issued blocked.
      [0x0012, holds(new Secret(ascii('0000'), 3, 0))],
      [0x0014, holds(codeA)],
      [0x0015, holds(codeB)],
    ]),
  };
}

function attributeObjects({ name, address, birth, sex }: InputSupportParts): Uint8Array[] {
  const utf8 = new TextEncoder();
  return [tlv('DF22', utf8.encode(name)), tlv('DF23', utf8.encode(address)), tlv('DF24', ascii(birth)), tlv('DF25', ascii(sex))];
}

/** FF20 { DF21 08 four u16: where DF22…DF25 begin, counted from the start of the file; DF22…DF25 }. */
function attributes(objects: readonly Uint8Array[]): Uint8Array {
  const length = objects.reduce((sum, object) => sum + object.length, 11);
  const headLength = tlv('FF20', new Uint8Array(length)).length - length;
  let offset = headLength + 11;
  const offsets: Uint8Array[] = [];
  for (const object of objects) {
    offsets.push(u16(offset));
    offset += object.length;
  }
  return tlv('FF20', concat(tlv('DF21', concat(...offsets)), ...objects));
}

/** What a terminal encrypts a session key with. Secure messaging is not simulated: nobody knows these factors. */
function sessionKey(): Uint8Array {
  const modulus = randomBytes(256);
  modulus[0] = (modulus[0] ?? 0) | 0x80;
  modulus[255] = (modulus[255] ?? 0) | 0x01;
  return tlv('A1', concat(tlv('90', hex('010001')), tlv('91', modulus)));
}

/** DF43 is 32 bytes of unknown meaning and 96 of filler. */
function basicInformation(): Uint8Array {
  const unknown = concat(randomBytes(32), new Uint8Array(96).fill(0xff));
  return tlv('FF40', concat(tlv('DF41', hex('01 03 0E 01')), tlv('DF42', keyId('9000034')), tlv('DF43', unknown)));
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}
