import { systemClock } from '../../../clock.ts';
import { isTyping, type PadKey, pressKey } from './press-key.ts';

/** So long a key is held before it means something else. */
const HOLD_MS = 1000;

/** A keyboard, or a PC's numeric pad, stands for the panel's twelve keys. Its Enter key is `#` where no button has the focus. */
export function listenToKeyboard(): void {
  const holding = new Map<PadKey, () => void>();
  const end = (key: PadKey, held: boolean) => {
    const cancel = holding.get(key);
    if (!cancel) return;
    cancel();
    holding.delete(key);
    pressKey(key, held);
  };
  addEventListener(
    'keydown',
    (event) => {
      const key = padKeyOf(event);
      if (key === undefined) return;
      // The pad on the screen listens to digits, too.
      event.stopImmediatePropagation();
      if (event.repeat) return;
      if (key !== '*' && isTyping()) pressKey(key);
      else
        holding.set(
          key,
          systemClock.after(HOLD_MS, () => end(key, true)),
        );
    },
    { capture: true },
  );
  addEventListener('keyup', (event) => {
    const key = padKeyOf(event);
    if (key !== undefined) end(key, false);
  });
}

function padKeyOf({ key, code, target, ctrlKey, altKey, metaKey }: KeyboardEvent): PadKey | undefined {
  if (ctrlKey || altKey || metaKey || document.querySelector('dialog[open]')) return undefined;
  if (code === 'NumpadEnter' && !(target instanceof HTMLButtonElement)) return '#';
  return /^[0-9*#]$/.test(key) ? (key as PadKey) : undefined;
}
