/** The three months after a certificate's end in which it still proves who somebody is, but opens nothing else. */

const MONTHS_OF_GRACE = 3;
/** Japan has one time zone and no summer time. */
const JAPAN_OFFSET_MS = 9 * 3_600_000;

/**
 * The first moment after the grace: the month in which the certificate ends counts to its last day, then three more, by
 * the calendar of Japan.
 */
export function graceEndOf(certificateEnd: Date): Date {
  const inJapan = new Date(certificateEnd.getTime() + JAPAN_OFFSET_MS);
  return new Date(Date.UTC(inJapan.getUTCFullYear(), inJapan.getUTCMonth() + 1 + MONTHS_OF_GRACE, 1) - JAPAN_OFFSET_MS);
}
