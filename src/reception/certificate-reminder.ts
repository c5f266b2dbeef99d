/** From so many months before its end on a certificate is told of [MHLW: the reader reminds three months ahead]. */
const MONTHS_AHEAD = 3;
const DAY_MS = 86_400_000;

/**
 * Days until the certificate ends, from three calendar months before that day on; undefined before, and once it has ended.
 * @param endsOn @param today YYYY-MM-DD
 */
export function certificateDays(endsOn: string, today: string): number | undefined {
  if (today > endsOn || today < monthsBefore(endsOn)) return undefined;
  return Math.round((Date.parse(endsOn) - Date.parse(today)) / DAY_MS);
}

/** The same day of an earlier month, or that month's last. */
function monthsBefore(day: string): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const lastOfMonth = new Date(Date.UTC(year, month - MONTHS_AHEAD, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - MONTHS_AHEAD, Math.min(date, lastOfMonth))).toISOString().slice(0, 10);
}
