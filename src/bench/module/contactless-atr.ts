/**
 * The ATR that a module composes for a card it has met over the air (PC/SC part 3, §3.1.3.2.3).
 *
 *   3B 8n 80 01 HB(n) TCK            n historical bytes; TCK: the XOR of all between
 *
 *   Type B       HB = application data (4) and protocol information (3) of the ATQB, MBLI in the high half of one byte
 *   Type A       HB = the historical bytes of its ATS: none here
 *   others       HB = 80 4F 0C A0 00 00 03 06 SS NN NN 00 00 00 00: a storage card, SS its standard, NN its name
 */
import { concat } from '../card/bytes.ts';
import type { Contactless } from '../card/virtual-card.ts';

const STORAGE_CARD = Uint8Array.of(0x80, 0x4f, 0x0c, 0xa0, 0x00, 0x00, 0x03, 0x06);
const FELICA = Uint8Array.of(0x11, 0x00, 0x3b, 0x00, 0x00, 0x00, 0x00);

export function contactlessAtr(card: Contactless): Uint8Array {
  const historical = historicalBytes(card);
  const body = concat(Uint8Array.of(0x80 | historical.length, 0x80, 0x01), historical);
  return concat(Uint8Array.of(0x3b), body, Uint8Array.of(body.reduce((xor, byte) => xor ^ byte, 0)));
}

function historicalBytes(card: Contactless): Uint8Array {
  if (card.kind === 'type-b') return concat(card.applicationData, card.protocolInfo, Uint8Array.of(0x00));
  return card.kind === 'type-a' ? new Uint8Array() : concat(STORAGE_CARD, FELICA);
}
