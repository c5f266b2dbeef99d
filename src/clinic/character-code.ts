/**
 * The two character codes of an OQS file, and what becomes of a character that one of them does not have.
 *
 * Shift_JIS is taken as JIS X 0201 and JIS X 0208:1990, the set that the technical description (技術解説書) names.
 * The vendors' characters of Windows (CP932: 髙 﨑 ① ㈱) are left out although many receipt computers would take them:
 * which do is not known, and a strict decoder refuses the whole file at the first of them.
 */
import iconv from 'iconv-lite';

export type CharacterCode = 'utf-8' | 'shift_jis';

/** What stands for a character that cannot be written, as 資格確認 itself writes it (U+25CF). */
const UNWRITABLE = '●';

/** Not allowed in XML 1.0, or, as tab and line end, not meant in a value of one line; half a surrogate pair; no character. */
const FORBIDDEN = /[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u;

/** A character as a reader of text sees it: a variation sequence or a letter with its marks is one. */
const characters = new Intl.Segmenter('ja', { granularity: 'grapheme' });

export type Writable = {
  readonly text: string;
  /** Whether ● stands for something in it. */
  readonly lost: boolean;
};

/** `text` as it can stand in a file of this code: each character that cannot is one ●. */
export function writable(text: string, code: CharacterCode): Writable {
  if (code === 'utf-8' && !FORBIDDEN.test(text)) return { text, lost: false };
  const written = Array.from(characters.segment(text), ({ segment }) => writableCharacter(segment, code));
  return { text: written.map((character) => character ?? UNWRITABLE).join(''), lost: written.includes(undefined) };
}

function writableCharacter(character: string, code: CharacterCode): string | undefined {
  if (FORBIDDEN.test(character)) return undefined;
  if (code === 'utf-8') return character;
  // A letter and its marks, put together. A single compatibility ideograph is left alone: it would become its plain form.
  const composed = [...character].length > 1 ? character.normalize('NFC') : character;
  return [character, composed].map(underWindowsName).find(inJisX0208);
}

/** @param text of `writable` characters alone */
export function encode(text: string, code: CharacterCode): Uint8Array {
  return iconv.encode(text, code);
}

/** One place of JIS X 0208 under its two names in Unicode: JIS's own, and the one that Windows reads and writes. */
const SAME_PLACE: ReadonlyMap<string, string> = new Map([
  ['\u2014', '\u2015'], // 815C, dash
  ['\u301C', '\uFF5E'], // 8160, wave dash
  ['\u2016', '\u2225'], // 8161, double vertical line
  ['\u2212', '\uFF0D'], // 817C, minus
  ['\u00A2', '\uFFE0'], // 8191, cent
  ['\u00A3', '\uFFE1'], // 8192, pound
  ['\u00AC', '\uFFE2'], // 81CA, not
]);

function underWindowsName(text: string): string {
  return text.replaceAll(/[\u2014\u301C\u2016\u2212\u00A2\u00A3\u00AC]/g, (character) => SAME_PLACE.get(character) ?? character);
}

function inJisX0208(character: string): boolean {
  for (const point of character) {
    const [lead = 0, trail] = iconv.encode(point, 'shift_jis');
    // iconv-lite writes ? for what CP932 does not have.
    if (trail === undefined ? (lead === 0x3f && point !== '?') || !isSingle(lead) : !isLead(lead)) return false;
  }
  return true;
}

/** JIS X 0201: ASCII's places (5C and 7E are ¥ and ‾ there) and half-width katakana. */
const isSingle = (byte: number) => (byte >= 0x20 && byte < 0x7f) || (byte >= 0xa1 && byte <= 0xdf);

/** Rows 1–8 and 16–84. Row 13 (87) and what follows EA are vendors' own. */
const isLead = (byte: number) =>
  (byte >= 0x81 && byte <= 0x84) || (byte >= 0x88 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xea);
