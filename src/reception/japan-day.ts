/** The day in Japan, where clocks are nine hours ahead and never changed, as YYYY-MM-DD. */
export function japanDay(at: Date): string {
  return new Date(at.getTime() + 9 * 3_600_000).toISOString().slice(0, 10);
}
