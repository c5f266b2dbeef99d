import { systemClock } from '../../../clock.ts';
import { isTyping, type PadKey, pressKey } from './press-key.ts';

/** So long a key is held before it means something else. */
const HOLD_MS = 1000;

const holding = new Map<PadKey, () => void>();

/** A key goes down, on the pad or on a keyboard. Digits that are typed count at once; of all else it counts how long it is held. */
export function keyDown(key: PadKey): void {
  // A panel that was lost does not tell that its keys went up.
  holding.get(key)?.();
  if (key !== '*' && isTyping()) pressKey(key);
  else
    holding.set(
      key,
      systemClock.after(HOLD_MS, () => end(key, true)),
    );
}

export function keyUp(key: PadKey): void {
  end(key, false);
}

function end(key: PadKey, held: boolean): void {
  const cancel = holding.get(key);
  if (!cancel) return;
  cancel();
  holding.delete(key);
  pressKey(key, held);
}
