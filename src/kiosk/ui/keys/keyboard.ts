import { keyDown, keyUp } from './hold.ts';
import type { PadKey } from './press-key.ts';

/** A keyboard, or a PC's numeric pad, stands for the panel's twelve keys. Its Enter key is `#` where no button has the focus. */
export function listenToKeyboard(): void {
  addEventListener(
    'keydown',
    (event) => {
      const key = padKeyOf(event);
      if (key === undefined) return;
      // The pad on the screen listens to digits, too.
      event.stopImmediatePropagation();
      if (!event.repeat) keyDown(key);
    },
    { capture: true },
  );
  addEventListener('keyup', (event) => {
    const key = padKeyOf(event);
    if (key !== undefined) keyUp(key);
  });
}

function padKeyOf({ key, code, target, ctrlKey, altKey, metaKey }: KeyboardEvent): PadKey | undefined {
  if (ctrlKey || altKey || metaKey || document.querySelector('dialog[open]')) return undefined;
  if (code === 'NumpadEnter' && !(target instanceof HTMLButtonElement)) return '#';
  return /^[0-9*#]$/.test(key) ? (key as PadKey) : undefined;
}
