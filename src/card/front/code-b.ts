/**
 * 照合番号B as it is composed from the printed front: YYMMDD of birth in the Japanese-era year, the card's expiry year
 * (4), the security code (4). Born 昭和55年2月17日, valid to 2035, code 2285: 55021720352285.
 */
import type { VerificationCodeB } from './card-front.ts';

/** First days of the eras (元号), newest first. */
const eras = [
  { name: '令和', from: '2019-05-01' },
  { name: '平成', from: '1989-01-08' },
  { name: '昭和', from: '1926-12-25' },
  { name: '大正', from: '1912-07-30' },
  { name: '明治', from: '1868-01-25' },
] as const;

/**
 * 14 ASCII digits, to be wiped by the caller; undefined when the parts cannot be a card's.
 * @param birth YYYY-MM-DD @param expiryYear Gregorian @param securityCode four digits
 */
export function composeCodeB(birth: string, expiryYear: number, securityCode: string): VerificationCodeB | undefined {
  const era = eras.find(({ from }) => birth >= from);
  const date = new Date(`${birth}T00:00:00Z`);
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(birth) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(birth);
  if (!era || !isDate || !/^\d{4}$/.test(securityCode) || !Number.isInteger(expiryYear)) return undefined;
  if (expiryYear < 2016 || expiryYear > 2099) return undefined;
  const [year = '', month = '', day = ''] = birth.split('-');
  const eraYear = String(Number(year) - Number(era.from.slice(0, 4)) + 1).padStart(2, '0');
  return Buffer.from(`${eraYear}${month}${day}${expiryYear}${securityCode}`, 'latin1');
}
