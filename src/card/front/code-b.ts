/**
 * 照合番号B as it is composed from the printed front: YYMMDD of birth in the Japanese-era year, the card's expiry year
 * (4), the security code (4). Born 昭和55年2月17日, valid to 2035, code 2285: 55021720352285.
 *
 *   birth    ` S550217`  a blank, the era's letter, year, month, day; or `19800217` as it is printed for foreign holders
 *   expiry   `20350217`
 *   code     `2285`
 *
 * It has no check digit. What can be checked is that the dates exist, and that they agree with each other.
 */
import { secretBytes } from '../secret-bytes.ts';
import type { VerificationCodeB } from './card-front.ts';

/** What was read, as ASCII; wiped by its owner. */
export type PrintedText = { readonly birth: Uint8Array; readonly expiry: Uint8Array; readonly securityCode: Uint8Array };

/** Days are numbers: 20350217. */
type Day = number;

/** 元号 by the letter that stands for them, with their first days. */
const eras: readonly { readonly letter: string; readonly from: Day }[] = [
  { letter: 'M', from: 18680125 },
  { letter: 'T', from: 19120730 },
  { letter: 'S', from: 19261225 },
  { letter: 'H', from: 19890108 },
  { letter: 'R', from: 20190501 },
];

/** The first cards are of January 2016; a minor's ends on the fifth birthday after its issue. */
const FIRST_EXPIRY_YEAR = 2020;
const LONGEST_YEARS = 10;
const SHORTEST_YEARS = 5;
const BLANK = 0x20;
const ZERO = 0x30;

/**
 * 14 ASCII digits, to be wiped by the caller; undefined when these cannot stand together on a card that is in use on
 * that day. A card ends on a birthday, at most ten years ahead. A foreign holder's ends with the permitted stay, on any
 * day, and the Gregorian year is the one in the code (both inferred).
 */
export function composeCodeB({ birth, expiry, securityCode }: PrintedText, now: Date): VerificationCodeB | undefined {
  if (birth.length !== 8 || !isDigits(expiry, 8) || !isDigits(securityCode, 4)) return undefined;
  const inEra = birth[0] === BLANK;
  const born = inEra ? dayInEra(birth) : isDigits(birth, 8) ? number(birth) : undefined;
  const ends = number(expiry);
  if (born === undefined || !exists(born) || !exists(ends)) return undefined;
  const today = dayInJapan(now);
  const years = yearOf(ends) - yearOf(born);
  if (born > today || years < (inEra ? SHORTEST_YEARS : 0) || years > 130) return undefined;
  if (yearOf(ends) < FIRST_EXPIRY_YEAR || ends > today + LONGEST_YEARS * 10_000) return undefined;
  if (inEra && !isBirthday(ends, born)) return undefined;
  const code = secretBytes(14);
  code.set(birth.subarray(2), 0);
  code.set(expiry.subarray(0, 4), 6);
  code.set(securityCode, 10);
  return code;
}

/** Whether 14 bytes that were typed have the form of 照合番号B: a day of some year, an expiry that a card can have. */
export function isCodeB(code: Uint8Array, now: Date): boolean {
  if (!isDigits(code, 14)) return false;
  const leapYear = 20000000;
  const expiryYear = number(code.subarray(6, 10));
  const lastYear = yearOf(dayInJapan(now)) + LONGEST_YEARS;
  return exists(leapYear + number(code.subarray(2, 6))) && expiryYear >= FIRST_EXPIRY_YEAR && expiryYear <= lastYear;
}

function dayInEra(birth: Uint8Array): Day | undefined {
  const era = eras.findIndex(({ letter }) => letter.charCodeAt(0) === birth[1]);
  const from = eras[era]?.from;
  if (from === undefined || !isDigits(birth.subarray(2), 6)) return undefined;
  const yearMonthDay = number(birth.subarray(2));
  const day = (yearOf(from) - 1) * 10_000 + yearMonthDay;
  const next = eras[era + 1]?.from ?? Number.POSITIVE_INFINITY;
  return yearMonthDay >= 10_000 && day >= from && day < next ? day : undefined;
}

/** 29 February is kept on the day before or after where there is none (inferred). */
function isBirthday(day: Day, born: Day): boolean {
  const monthDay = day % 10_000;
  return monthDay === born % 10_000 || (born % 10_000 === 229 && (monthDay === 228 || monthDay === 301));
}

function exists(day: Day): boolean {
  const [year, month, date] = [yearOf(day), Math.floor(day / 100) % 100, day % 100];
  const same = new Date(Date.UTC(year, month - 1, date));
  return year >= 1868 && month >= 1 && same.getUTCMonth() === month - 1 && same.getUTCDate() === date;
}

const yearOf = (day: Day): number => Math.floor(day / 10_000);
const isDigits = (text: Uint8Array, length: number): boolean =>
  text.length === length && text.every((byte) => byte >= ZERO && byte <= ZERO + 9);
const number = (digits: Uint8Array): number => digits.reduce((value, byte) => value * 10 + byte - ZERO, 0);

/** Japan has no daylight saving time. */
function dayInJapan(now: Date): Day {
  const there = new Date(now.getTime() + 9 * 3_600_000);
  return there.getUTCFullYear() * 10_000 + (there.getUTCMonth() + 1) * 100 + there.getUTCDate();
}
