import { type Clock, pause } from '../../clock.ts';
import type { GatewayControls } from './controls.ts';

/** No question is kept waiting longer: after it the gateway says that it is still at it. */
const LONGEST_WAIT_MS = 5_000;

/**
 * How long the gateway thinks about an eligibility, from when it was first asked for it.
 * @returns whether it has come to an answer; false after the longest wait
 */
export function createThinking(
  controls: Pick<GatewayControls, 'eligibilityMs' | 'eligibilitySpreadMs'>,
  clock: Clock,
  random: (length: number) => Uint8Array,
  closing: AbortSignal,
): (receptionId: string) => Promise<boolean> {
  const readyAtMs = new Map<string, number>();
  const takesMs = () => controls.eligibilityMs + ((random(1)[0] ?? 0) / 255) * controls.eligibilitySpreadMs;
  return async (receptionId) => {
    const readyMs = readyAtMs.get(receptionId) ?? clock.now() + takesMs();
    const leftMs = readyMs - clock.now();
    readyAtMs.set(receptionId, readyMs);
    if (leftMs > 0) await pause(clock, Math.min(leftMs, LONGEST_WAIT_MS), closing);
    if (leftMs > LONGEST_WAIT_MS) return false;
    readyAtMs.delete(receptionId);
    return true;
  };
}
