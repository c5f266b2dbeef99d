/**
 * Where the card lies: of a module's slots the one that a card came to first. A second card in another slot is not
 * looked at as long as the first one lies there.
 */
import type { CardEvent, Carrier } from '../reception/ports.ts';
import { PresentedCodes } from './code-b-policy.ts';
import type { CardModule, SlotEvent } from './module/card-module.ts';

/** What is known of the card that lies there; forgotten with it. */
export type Placing = {
  readonly slot: number;
  readonly gone: AbortController;
  pinVerified: boolean;
  /** Undefined until it has been looked at. */
  carrier: Carrier | undefined;
  readonly presentedCodes: PresentedCodes;
};

export interface CardPlace {
  /** The card that lies there, or the empty place that the next one will find. */
  readonly here: Placing;
  /** Whether a card lies there. */
  readonly occupied: boolean;
  /** Tells of the card and of the line to the module, from what stands now on. Returns the way to stop. */
  watch(listener: (event: CardEvent) => void): () => void;
}

export function followCard(module: CardModule): CardPlace {
  const listeners = new Set<(event: CardEvent) => void>();
  const lying = new Set<number>();
  let here = placingIn(0);
  let present = false;
  let lost: CardEvent | undefined;

  function tell(event: CardEvent): void {
    for (const listener of [...listeners]) listener(event);
  }

  function leave(): void {
    here.gone.abort();
    here.presentedCodes.forget();
    here = placingIn(0);
    present = false;
  }

  function settleOnOne(): void {
    const [slot] = lying;
    if (slot === undefined || present) return;
    here = placingIn(slot);
    present = true;
    tell({ type: 'placed' });
  }

  module.watch((event: SlotEvent) => {
    switch (event.type) {
      case 'card-in':
        lying.add(event.slot);
        settleOnOne();
        break;
      case 'card-out':
        lying.delete(event.slot);
        if (!present || event.slot !== here.slot) break;
        leave();
        tell({ type: 'removed' });
        settleOnOne();
        break;
      case 'lost':
        lying.clear();
        leave();
        lost = { type: 'module-lost', code: event.code };
        tell(lost);
        break;
      case 'ready':
        lost = undefined;
        tell({ type: 'module-ready' });
    }
  });

  return {
    get here() {
      return here;
    },
    get occupied() {
      return present;
    },
    watch(listener) {
      listeners.add(listener);
      if (lost) listener(lost);
      else if (present) listener({ type: 'placed' });
      return () => listeners.delete(listener);
    },
  };
}

const placingIn = (slot: number): Placing => ({
  slot,
  gone: new AbortController(),
  pinVerified: false,
  carrier: undefined,
  presentedCodes: new PresentedCodes(),
});
