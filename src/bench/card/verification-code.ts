import { eraYear } from './japanese-era.ts';

/** The card's last day: the holder's birthday five years on (29 February becomes 28 where there is none). YYYYMMDD. */
export function expiryDate(birth: string, now: Date): string {
  const year = japaneseYear(now) + 5;
  const monthDay = birth.slice(5).replace('-', '');
  const exists = monthDay !== '0229' || new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  return `${year}${exists ? monthDay : '0228'}`;
}

/**
 * 照合番号B, 14 digits: YYMMDD of birth in the Japanese-era year, expiry year, security code.
 * 昭和55年2月17日, 2035, 2285 gives 55021720352285.
 */
export function verificationCodeB(birth: string, expiryYear: string, securityCode: string): string {
  const year = String(eraYear(birth).year).padStart(2, '0');
  return year + birth.slice(5).replace('-', '') + expiryYear + securityCode;
}

/** The calendar year in Japan, which has no daylight saving time. */
function japaneseYear(now: Date): number {
  return new Date(now.getTime() + 9 * 3_600_000).getUTCFullYear();
}
