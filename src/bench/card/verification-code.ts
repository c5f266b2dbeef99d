import { eraYear } from './japanese-era.ts';

/**
 * The card's last day: the holder's birthday `years` from now (29 February becomes 28 where there is none). YYYYMMDD.
 * @param years negative for a card that has expired
 */
export function expiryDate(birth: string, now: Date, years: number | 'fifth-birthday' = 5): string {
  const year = years === 'fifth-birthday' ? Number(birth.slice(0, 4)) + 5 : japaneseYear(now) + years;
  const monthDay = birth.slice(5).replace('-', '');
  const exists = monthDay !== '0229' || new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  return `${year}${exists ? monthDay : '0228'}`;
}

/**
 * 照合番号B, 14 digits: YYMMDD of birth in the Japanese-era year, expiry year, security code.
 * 昭和55年2月17日, 2035, 2285 gives 55021720352285.
 * @param calendar how the year of birth is printed: `gregorian` on the card of a foreign holder, by its last two digits
 * (inferred from the older 住基 card)
 */
export function verificationCodeB(
  birth: string,
  expiryYear: string,
  securityCode: string,
  calendar: 'japanese' | 'gregorian' = 'japanese',
): string {
  const year = calendar === 'gregorian' ? birth.slice(2, 4) : String(eraYear(birth).year).padStart(2, '0');
  return year + birth.slice(5).replace('-', '') + expiryYear + securityCode;
}

/** The calendar year in Japan, which has no daylight saving time. */
function japaneseYear(now: Date): number {
  return new Date(now.getTime() + 9 * 3_600_000).getUTCFullYear();
}
