/** From so many months before its end on a certificate is told of [MHLW: the reader reminds three months ahead]. */
const MONTHS_AHEAD = 3;
const DAY_MS = 86_400_000;

/**
 * Days until the certificate ends, from three calendar months before that day on; undefined before, and once it has ended.
 * @param endsOn @param today YYYY-MM-DD
 */
export function certificateDays(endsOn: string, today: string): number | undefined {
  if (today > endsOn || today < monthsBefore(endsOn)) return undefined;
  return daysBetween(Date.parse(today), Date.parse(endsOn));
}

/** In days: since the certificate ended, and until the last day on which it still proves who somebody is. */
export type CertificateGrace = { readonly past: number; readonly left: number };

/** The month of the end counts to its last day, and these after it. */
const MONTHS_OF_GRACE = 3;

/** @returns undefined while the certificate has not ended. @param endsOn @param today YYYY-MM-DD */
export function certificateGrace(endsOn: string, today: string): CertificateGrace | undefined {
  if (today <= endsOn) return undefined;
  const [year, month] = endsOn.split('-').map(Number) as [number, number];
  const lastDay = Date.UTC(year, month + MONTHS_OF_GRACE, 0);
  return { past: daysBetween(Date.parse(endsOn), Date.parse(today)), left: daysBetween(Date.parse(today), lastDay) };
}

const daysBetween = (fromMs: number, toMs: number): number => Math.max(0, Math.round((toMs - fromMs) / DAY_MS));

/** The same day of an earlier month, or that month's last. */
function monthsBefore(day: string): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const lastOfMonth = new Date(Date.UTC(year, month - MONTHS_AHEAD, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - MONTHS_AHEAD, Math.min(date, lastOfMonth))).toISOString().slice(0, 10);
}
