/**
 * Whether a card lies in a slot, from everything that is heard of it; a card exchanged unseen counts as another card.
 *
 * One that falls mute may have been exchanged, or be dying: what is found there then is told of as another card. Where
 * that goes on without a single answer it would go on for ever, so then nothing is told before the slot was empty.
 */
import type { SlotNews } from './module-link.ts';

export interface SlotPresence {
  hear(news: SlotNews): void;
  /** Powering on or off was asked for and has worked: an inactive card that should be active is another one. */
  setPowered(powered: boolean): void;
  /** The card has answered a command. */
  setAnswered(): void;
  /** Aborts when the card that lies there now is gone; undefined when none lies there. */
  readonly placing: AbortSignal | undefined;
}

/** Cards in a row that fell mute without an answer. */
const MAX_MUTE = 4;
/** Nothing found so often in a row is a card that was lifted; once may be one that is hardly within reach. */
const EMPTY_LOOKS = 2;

/** @param tell is called with each change, after `placing` shows it */
export function createSlotPresence(tell: (type: 'card-in' | 'card-out') => void): SlotPresence {
  let placing: AbortController | undefined;
  let powered = false;
  let mute = 0;
  let emptyLooks = 0;

  function leave(): void {
    powered = false;
    const gone = placing;
    placing = undefined;
    if (!gone) return;
    gone.abort();
    tell('card-out');
  }

  function come(): void {
    if (placing || mute >= MAX_MUTE) return;
    placing = new AbortController();
    tell('card-in');
  }

  return {
    hear({ card, told }) {
      const fellMute = card === 'mute' || (powered && card === 'inactive');
      emptyLooks = card === 'absent' ? emptyLooks + 1 : 0;
      if (told || emptyLooks >= EMPTY_LOOKS) mute = 0;
      else if (fellMute && placing) mute++;
      if (fellMute || card === 'absent' || (told && card === 'present')) leave();
      if (card !== 'absent' && card !== 'mute') come();
    },
    setPowered(now) {
      powered = now && placing !== undefined;
    },
    setAnswered() {
      mute = 0;
    },
    get placing() {
      return placing?.signal;
    },
  };
}
