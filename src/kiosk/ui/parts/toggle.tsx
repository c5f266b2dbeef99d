import type { ComponentChildren } from 'preact';
import { CheckIcon, CrossIcon } from './icons.tsx';

type ToggleProps = {
  readonly on: boolean;
  /** What it says when it is on, and when it is off. */
  readonly says: { readonly on: string; readonly off: string };
  readonly onToggle: () => void;
  readonly children: ComponentChildren;
};

/** Says in words and by a sign whether it is on; colour only supports. */
export function Toggle({ on, says, onToggle, children }: ToggleProps) {
  return (
    <button type="button" class="toggle" aria-pressed={on} onClick={onToggle}>
      <span class="toggle-words">{children}</span>
      <span class="toggle-state">
        {on ? <CheckIcon /> : <CrossIcon />}
        {on ? says.on : says.off}
      </span>
    </button>
  );
}
