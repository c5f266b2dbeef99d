/** How long the simulated cards themselves compute, above all RSA: no reader can be blamed for it. */
import type { Clock } from '../../clock.ts';
import type { VirtualCard } from '../card/virtual-card.ts';

export type Stopwatch = {
  /** The same card, its work timed. */
  time(card: VirtualCard): VirtualCard;
  readonly totalMs: number;
};

export function createStopwatch(clock: Clock): Stopwatch {
  let totalMs = 0;
  return {
    time: (card) => ({
      powerOn: () => card.powerOn(),
      powerOff: () => card.powerOff(),
      answer(command) {
        const startMs = clock.now();
        const answer = card.answer(command);
        totalMs += clock.now() - startMs;
        return answer;
      },
      statistics: card.statistics,
      ...(card.contactless && { contactless: card.contactless }),
      ...(card.holder && { holder: card.holder }),
    }),
    get totalMs() {
      return totalMs;
    },
  };
}
