import { useLayoutEffect, useState } from 'preact/hooks';
import { ERASE_KEY } from '../../protocol.ts';
import { say, sendPinKey } from '../link.ts';
import { digitsInOrder, texts } from '../preferences.ts';
import { EraseIcon } from './icons.tsx';

const IN_ORDER = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const;

type PinPadProps = {
  /** Enough digits for the OK key. */
  readonly complete: boolean;
  /** For numbers that are no secret: keys in their usual order, and each key told of. */
  readonly onKey?: (key: number) => void;
};

/**
 * The digit keys, mixed by default. A digit leaves the page as one byte and is kept nowhere here; no key changes its
 * look when it is touched, so that nobody can read along.
 */
export function PinPad({ complete, onKey }: PinPadProps) {
  const t = texts.value.pin;
  const [mixed] = useState(mixedDigits);
  const digits = digitsInOrder.value || onKey ? IN_ORDER : mixed;
  const press = (key: number) => {
    sendPinKey(key);
    onKey?.(key);
  };
  const digitKey = (digit: string) => (
    <button type="button" class="key digit" key={digit} onClick={() => press(digit.charCodeAt(0))}>
      {digit}
    </button>
  );
  usePhysicalKeys(complete, press);
  return (
    <fieldset class="pin-pad">
      <legend>{t.pad}</legend>
      {digits.slice(0, 9).map(digitKey)}
      <button type="button" class="key erase" onClick={() => press(ERASE_KEY)}>
        <EraseIcon />
        {t.erase}
      </button>
      {digits.slice(9).map(digitKey)}
      <button type="button" class="key ok" disabled={!complete} onClick={() => say({ type: 'continue' })}>
        {t.ok}
      </button>
    </fieldset>
  );
}

/** A Fisher-Yates shuffle with the browser's cryptographic numbers; the bias of `% n` over 2³² is nothing here. */
function mixedDigits(): string[] {
  const digits: string[] = [...IN_ORDER];
  const numbers = crypto.getRandomValues(new Uint32Array(digits.length));
  for (let last = digits.length - 1; last > 0; last--) {
    const other = (numbers[last] ?? 0) % (last + 1);
    [digits[last], digits[other]] = [digits[other] as string, digits[last] as string];
  }
  return digits;
}

/**
 * Digits, Backspace and Enter of a keyboard or keypad do the same; Enter on a focused button stays that button's. Heard
 * anew before the changed pad is painted: who sees the OK key open may press Enter.
 */
function usePhysicalKeys(complete: boolean, press: (key: number) => void): void {
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (/^[0-9]$/.test(event.key)) press(event.key.charCodeAt(0));
      else if (event.key === 'Backspace') press(ERASE_KEY);
      else if (event.key === 'Enter' && complete && !(event.target instanceof HTMLButtonElement)) say({ type: 'continue' });
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [complete, press]);
}
