import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

type Props = { readonly class?: string; readonly onClick: () => void; readonly children: ComponentChildren };

/** A button that takes the place of the one just pressed: a keyboard goes on from here. */
export function FocusedButton({ class: className, onClick, children }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <button type="button" class={className} ref={button} onClick={onClick}>
      {children}
    </button>
  );
}
