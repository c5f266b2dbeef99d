/**
 * Every complete exchange that the ACR1281S specification V1.01 prints, byte for byte. `slot` and what the message holds are
 * read off the bytes by hand here, so that neither driver nor simulator is its own witness.
 */
export type AcsSample = {
  readonly name: string;
  readonly command: string;
  /** The message: its type, slot and data. */
  readonly says: { readonly type: number; readonly slot: number; readonly data: string };
  readonly answer: string;
  readonly hears: { readonly type: number; readonly slot: number; readonly card: 'active' | 'absent'; readonly data: string };
};

/** 01 02 … FF 00. */
const all256 = Array.from({ length: 256 }, (_, index) => ((index + 1) & 0xff).toString(16).toUpperCase().padStart(2, '0')).join(
  ' ',
);
const ICC_ATR = '3B BE 11 00 00 41 01 38 00 00 01 00 00 00 00 00 01 90 00';
const PICC_ATR = '3B 8B 80 01 4A 43 4F 50 33 31 33 36 47 44 54 4C';
const VERSION = '41 43 52 31 32 38 31 53 20 56 31 30 33';

export const acsSamples: readonly AcsSample[] = [
  {
    name: 'the rate to 115200 (p. 26)',
    command: '02 6B 02 00 00 00 01 00 00 00 00 44 04 28 03',
    says: { type: 0x6b, slot: 1, data: '44 04' },
    answer: '02 83 02 00 00 00 01 00 00 81 00 90 04 95 03',
    hears: { type: 0x83, slot: 1, card: 'active', data: '90 04' },
  },
  {
    name: 'the firmware version (p. 26)',
    command: '02 6B 05 00 00 00 01 00 00 00 00 E0 00 00 18 00 97 03',
    says: { type: 0x6b, slot: 1, data: 'E0 00 00 18 00' },
    answer: `02 83 12 00 00 00 01 00 00 81 00 E0 00 00 00 00 ${VERSION} BC 03`,
    hears: { type: 0x83, slot: 1, card: 'active', data: `E0 00 00 00 00 ${VERSION}` },
  },
  {
    name: 'the buzzer, with no card in the contact slot (p. 18)',
    command: '02 6B 06 00 00 00 01 00 00 00 00 E0 00 00 28 01 05 A0 03',
    says: { type: 0x6b, slot: 1, data: 'E0 00 00 28 01 05' },
    answer: '02 83 06 00 00 00 01 00 02 00 00 E1 00 00 00 01 05 63 03',
    hears: { type: 0x83, slot: 1, card: 'absent', data: 'E1 00 00 00 01 05' },
  },
  {
    name: 'power to the contactless slot (p. 15)',
    command: '02 62 00 00 00 00 00 00 00 00 00 62 03',
    says: { type: 0x62, slot: 0, data: '' },
    answer: `02 80 10 00 00 00 00 00 00 81 00 ${PICC_ATR} 2A 03`,
    hears: { type: 0x80, slot: 0, card: 'active', data: PICC_ATR },
  },
  {
    name: 'no power to the contactless slot (p. 16)',
    command: '02 63 00 00 00 00 00 00 00 00 00 63 03',
    says: { type: 0x63, slot: 0, data: '' },
    answer: '02 81 00 00 00 00 00 00 00 81 00 00 03',
    hears: { type: 0x81, slot: 0, card: 'active', data: '' },
  },
  {
    name: '256 bytes from a contactless card (p. 16)',
    command: '02 6F 05 00 00 00 00 00 00 00 00 80 B2 00 00 00 58 03',
    says: { type: 0x6f, slot: 0, data: '80 B2 00 00 00' },
    answer: `02 80 02 01 00 00 00 00 00 81 00 ${all256} 90 00 92 03`,
    hears: { type: 0x80, slot: 0, card: 'active', data: `${all256} 90 00` },
  },
  {
    name: 'power to the contact slot (p. 24)',
    command: '02 62 00 00 00 00 01 00 00 00 00 63 03',
    says: { type: 0x62, slot: 1, data: '' },
    answer: `02 80 13 00 00 00 01 00 00 81 00 ${ICC_ATR} 6F 03`,
    hears: { type: 0x80, slot: 1, card: 'active', data: ICC_ATR },
  },
  {
    name: 'a challenge from a contact card (p. 25)',
    command: '02 6F 05 00 00 00 01 00 00 00 00 80 84 00 00 08 67 03',
    says: { type: 0x6f, slot: 1, data: '80 84 00 00 08' },
    answer: '02 80 0A 00 00 00 01 00 00 81 00 C2 FF 2D 23 C5 F6 5C F2 90 00 34 03',
    hears: { type: 0x80, slot: 1, card: 'active', data: 'C2 FF 2D 23 C5 F6 5C F2 90 00' },
  },
  {
    name: 'a file of a contact card selected (p. 54)',
    command: '02 6F 07 00 00 00 01 00 00 00 00 80 A4 00 00 02 55 55 4F 03',
    says: { type: 0x6f, slot: 1, data: '80 A4 00 00 02 55 55' },
    answer: '02 80 02 00 00 00 01 00 00 81 00 91 00 93 03',
    hears: { type: 0x80, slot: 1, card: 'active', data: '91 00' },
  },
  {
    name: 'and written to (p. 54)',
    command: '02 6F 0D 00 00 00 01 00 00 00 00 80 D2 00 00 08 01 02 03 04 05 06 07 08 31 03',
    says: { type: 0x6f, slot: 1, data: '80 D2 00 00 08 01 02 03 04 05 06 07 08' },
    answer: '02 80 02 00 00 00 01 00 00 81 00 90 00 92 03',
    hears: { type: 0x80, slot: 1, card: 'active', data: '90 00' },
  },
  {
    name: 'and read (p. 54)',
    command: '02 6F 05 00 00 00 01 00 00 00 00 80 B2 00 00 08 51 03',
    says: { type: 0x6f, slot: 1, data: '80 B2 00 00 08' },
    answer: '02 80 0A 00 00 00 01 00 00 81 00 01 02 03 04 05 06 07 08 90 00 92 03',
    hears: { type: 0x80, slot: 1, card: 'active', data: '01 02 03 04 05 06 07 08 90 00' },
  },
];

/** Status frames (p. 23). */
export const ACCEPTED = '02 00 00 03';
export const REFUSED = {
  checksum: '02 FF FF 03',
  length: '02 FE FE 03',
  etx: '02 FD FD 03',
  slot: '02 FB FB 03',
  timeOut: '02 99 99 03',
} as const;
/** The host's wish for the last answer again (p. 23). */
export const AGAIN = '02 00 00 00 00 00 00 00 00 00 00 00 03';
/** NotifySlotChange (p. 25), whose check byte is left open there: a contact card put in; then a contactless one too. */
export const CONTACT_CARD_IN = { message: '50 0C', check: '5C' } as const;
export const CONTACTLESS_CARD_IN = { message: '50 07', check: '57' } as const;
