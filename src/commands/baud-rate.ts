const SLOWEST = 9_600;
const FASTEST = 1_000_000;

/** @returns the rate, undefined where none is given, or what is wrong with it */
export function baudRateOf(word: string | undefined): number | undefined | string {
  if (word === undefined) return undefined;
  const rate = Number(word);
  return Number.isInteger(rate) && rate >= SLOWEST && rate <= FASTEST
    ? rate
    : `--baud must be a whole number from ${SLOWEST} to ${FASTEST}`;
}
