import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/** Japanese and English are written to fit at 1; what is longer shrinks by as little as it must. */
const SCALES = [1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7] as const;

/** Lengths come in whole pixels or in parts of one. */
const ROUNDING = 1;

/**
 * Keeps the words of `place` inside it: whenever they or its size change, they get the largest size at which nothing is cut off.
 * The floors of the text sizes in base.css hold at every scale.
 */
export function useFit(place: RefObject<HTMLElement>): void {
  useLayoutEffect(() => {
    const { current } = place;
    if (!current) return;
    const shrink = () => {
      for (const scale of SCALES) {
        current.style.setProperty('--fit', String(scale));
        if (fits(current)) break;
      }
    };
    shrink();
    const words = new MutationObserver(shrink);
    words.observe(current, { childList: true, characterData: true, subtree: true });
    // Its own size follows the frame, never the words: this cannot go round in circles.
    const room = new ResizeObserver(shrink);
    room.observe(current);
    return () => {
      words.disconnect();
      room.disconnect();
    };
  }, []);
}

/** Whether each column ends above the place's lower padding, and nothing in it is wider or higher than itself. */
function fits(place: HTMLElement): boolean {
  const end = place.getBoundingClientRect().bottom - Number.parseFloat(getComputedStyle(place).paddingBottom);
  return [...place.children].every(
    (column) =>
      column.getBoundingClientRect().bottom <= end + ROUNDING &&
      column.scrollWidth <= column.clientWidth + ROUNDING &&
      column.scrollHeight <= column.clientHeight + ROUNDING,
  );
}
