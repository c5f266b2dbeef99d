import { onPadKey } from '../link.ts';
import { keyDown, keyUp } from './hold.ts';
import type { PadKey } from './press-key.ts';

const keys: readonly PadKey[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#'];

/** The panel's own pad. While a window stands over the screen it is for whoever sees: the keys behind it do nothing. */
export function listenToPad(): void {
  onPadKey((code, down) => {
    const key = keys.find((one) => one.charCodeAt(0) === code);
    if (key === undefined) return;
    if (!down) keyUp(key);
    else if (!document.querySelector('dialog[open]')) keyDown(key);
  });
}
