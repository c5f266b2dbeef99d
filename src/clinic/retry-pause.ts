const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/**
 * How long to wait after so many failures in a row: twice as long each time up to a minute, of which `random` (0 to 1)
 * takes off up to half, so that the readers of a clinic do not all come back to its file server at once.
 */
export function retryPauseMs(failures: number, random: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1)) * (1 - random / 2);
}
