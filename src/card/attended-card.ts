/** A card at a module, as a technician asks for it: nobody's reception, one card, one answer. */
import { type Clock, deadline } from '../clock.ts';
import { failed, ok, type Result } from '../faults/result.ts';
import { followCard } from './card-place.ts';
import { letGo } from './let-go.ts';
import type { CardModule } from './module/card-module.ts';

export type AttendedCard = {
  readonly slot: number;
  /** ISO/IEC 7816-3 or PC/SC part 3. */
  readonly atr: Uint8Array;
  /** Closes what was opened on it; to be called before the module is closed. */
  letGo(): Promise<void>;
};

/** A card that lies there is told of at once; a technician may just be putting it there. */
const PLACING_MS = 5_000;

/** Starts the module and powers the card on that lies there or comes soon. Faults: CARD-101, CARD-102, CARD-103, MOD-*. */
export async function attendCard(module: CardModule, clock: Clock, signal: AbortSignal): Promise<Result<AttendedCard>> {
  const place = followCard(module);
  const started = await module.start(signal);
  if (!started.ok) return started;
  const waiting = deadline(clock, PLACING_MS, signal);
  const placed = await new Promise<boolean>((resolve) => {
    waiting.signal.addEventListener('abort', () => resolve(false), { once: true });
    place.watch((event) => {
      if (event.type === 'placed') resolve(true);
    });
  });
  waiting.done();
  if (!placed) return failed('CARD-101', 'no card was placed');
  const { here } = place;
  const { slot } = here;
  const atr = await module.powerOn(slot, signal);
  return atr.ok ? ok({ slot, atr: atr.value, letGo: () => letGo(module, here, clock) }) : atr;
}
