/** The hardware's way into the menu: the case open, and `*` and `#` of the pad held together for five seconds. */
import type { Clock } from '../clock.ts';
import type { TestedPanel } from './checks/panel.ts';

const HOLD_MS = 5_000;
const STAR = 0x2a;
const HASH = 0x23;

export type ServicePanel = TestedPanel & {
  /** @param listener told of the character on the key, in ASCII, and whether it goes down. Returns the way to stop. */
  onKey(listener: (key: number, down: boolean) => void): () => void;
};

/** Calls `onAsked` each time. A patient at a closed case cannot ask. Returns the way to stop. */
export function watchServiceKeys(panel: ServicePanel, clock: Clock, onAsked: () => void): () => void {
  const held = new Set<number>();
  let cancel = () => {};
  const isOpen = () => panel.standing.at === 'ready' && panel.standing.caseOpen;
  const look = () => {
    cancel();
    if (!isOpen()) held.clear();
    if (held.has(STAR) && held.has(HASH)) cancel = clock.after(HOLD_MS, onAsked);
  };
  const stops = [
    panel.watch(() => isOpen() || look()),
    panel.onKey((key, down) => {
      if (key !== STAR && key !== HASH) return;
      if (down) held.add(key);
      else held.delete(key);
      look();
    }),
  ];
  return () => {
    cancel();
    for (const stop of stops) stop();
  };
}
