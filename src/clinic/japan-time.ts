/** Japan's civil time, whatever the machine's own zone: nine hours ahead of UTC all year. */
const AHEAD_MS = 9 * 3_600_000;

/** `yyyyMMddHHmmss`, as OQS writes times. */
export function japanTime(at: Date): string {
  return new Date(at.getTime() + AHEAD_MS).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '');
}

/** `yyyyMMdd`, as OQS writes days. */
export function japanDay(at: Date): string {
  return japanTime(at).slice(0, 8);
}
