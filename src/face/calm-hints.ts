import type { Clock } from '../clock.ts';
import type { FaceHint } from '../reception/ports.ts';

/** A hint that changes faster than this cannot be followed. */
const HINT_PAUSE_MS = 500;

/** Tells of a hint when it is another one, and not before the last has stood for a while. */
export function calmHints(onHint: (hint: FaceHint) => void, clock: Clock): (hint: FaceHint) => void {
  let shown: FaceHint | undefined;
  let shownAt = Number.NEGATIVE_INFINITY;
  return (hint) => {
    if (hint === shown || clock.now() - shownAt < HINT_PAUSE_MS) return;
    shown = hint;
    shownAt = clock.now();
    onHint(hint);
  };
}
