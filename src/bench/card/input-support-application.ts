/** 券面事項入力補助: the same person as text, opened by its own PIN or by 照合番号 A (number) or B (the rest). */
import { createHash } from 'node:crypto';
import { type Application, free, holds, opensTo } from './application.ts';
import { ascii, concat, hex, tlv, u16 } from './bytes.ts';
import { Secret } from './secret.ts';

export type InputSupportParts = {
  readonly pin: string;
  readonly codeA: string;
  readonly codeB: string;
  readonly name: string;
  readonly address: string;
  /** YYYYMMDD */
  readonly birth: string;
  readonly sex: string;
  readonly cvCertificate: Uint8Array;
};

export function inputSupportApplication(parts: InputSupportParts): Application {
  const pin = new Secret(ascii(parts.pin), 3);
  const codeA = new Secret(ascii(parts.codeA), 10);
  const codeB = new Secret(ascii(parts.codeB), 10);
  const number = concat(tlv('FF10', ascii(parts.codeA)), hex('FF FF'));
  const objects = attributeObjects(parts);
  return {
    aid: 'D3921000310001010408',
    files: new Map([
      [0x0001, opensTo(number, pin, codeA)],
      [0x0002, opensTo(attributes(objects), pin, codeB)],
      [0x0003, opensTo(digests(number, concat(...objects)), pin, codeA, codeB)],
      [0x0004, free(parts.cvCertificate)],
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

/** DF31: digest of EF 0001 with its filler; DF32: of EF 0002 without its offset table; DF33 would sign them (not here). */
function digests(number: Uint8Array, objects: Uint8Array): Uint8Array {
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
  return tlv('FF30', concat(tlv('DF31', sha256(number)), tlv('DF32', sha256(objects)), tlv('DF33', new Uint8Array(256))));
}
