import { japanDay } from '../../clinic/japan-time.ts';

const DAY_MS = 86_400_000;

/** `YYYY-MM-DD` in Japan, so many days after that moment. */
export function isoDay(at: Date, days = 0): string {
  return japanDay(new Date(at.getTime() + days * DAY_MS)).replace(/(....)(..)(..)/, '$1-$2-$3');
}
