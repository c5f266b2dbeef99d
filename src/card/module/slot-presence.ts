/** Whether a card lies in a slot, from everything that is heard of it; a card exchanged unseen counts as another card. */
import type { SlotNews } from './module-link.ts';

export interface SlotPresence {
  hear(news: SlotNews): void;
  /** Powering on or off was asked for and has worked: an inactive card that should be active is another one. */
  setPowered(powered: boolean): void;
  /** Aborts when the card that lies there now is gone; undefined when none lies there. */
  readonly placing: AbortSignal | undefined;
}

/** @param tell is called with each change, after `placing` shows it */
export function createSlotPresence(tell: (type: 'card-in' | 'card-out') => void): SlotPresence {
  let placing: AbortController | undefined;
  let powered = false;

  function leave(): void {
    powered = false;
    const gone = placing;
    placing = undefined;
    if (!gone) return;
    gone.abort();
    tell('card-out');
  }

  function come(): void {
    if (placing) return;
    placing = new AbortController();
    tell('card-in');
  }

  return {
    hear(news) {
      const exchanged = (news.told && news.card === 'present') || (powered && news.card === 'inactive');
      if (news.card === 'absent' || exchanged) leave();
      if (news.card !== 'absent') come();
    },
    setPowered(now) {
      powered = now && placing !== undefined;
    },
    get placing() {
      return placing?.signal;
    },
  };
}
