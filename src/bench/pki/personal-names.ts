/**
 * The holder's name, sex, birth and address in a JPKI signature certificate: otherNames of subjectAltName, each
 *
 *   A0 { 06 <1.2.392.200149.8.5.5.n>  A0 { 0C <UTF-8> } }      n: 1 name, 3 sex, 4 birth, 5 address
 */

import * as x509 from '../../desk/x509.ts';
import { concat, hex, tlv } from '../card/bytes.ts';

/** 1.2.392.200149.8.5.5 as DER content bytes. */
const PERSONAL_DATA_ARC = hex('2A 83 08 8C 9B 55 08 05 05');

export function personalNames(holder: { name: string; sex: string; birth: string; address: string }): x509.Extension {
  const names = concat(
    otherName(1, holder.name),
    otherName(3, holder.sex),
    otherName(4, holder.birth),
    otherName(5, holder.address),
  );
  return new x509.Extension('2.5.29.17', false, Uint8Array.from(tlv('30', names)));
}

function otherName(arc: number, text: string): Uint8Array {
  const oid = tlv('06', concat(PERSONAL_DATA_ARC, Uint8Array.of(arc)));
  return tlv('A0', concat(oid, tlv('A0', tlv('0C', new TextEncoder().encode(text)))));
}
