import type { ComponentChildren } from 'preact';

type ButtonProps = {
  readonly children: ComponentChildren;
  readonly onPress: () => void;
  /** `main` is what most people want next; a screen has at most one. */
  readonly kind?: 'main' | 'other' | 'quiet';
  readonly disabled?: boolean;
};

export function Button({ children, onPress, kind = 'other', disabled = false }: ButtonProps) {
  return (
    <button type="button" class={`button ${kind}`} disabled={disabled} onClick={onPress}>
      {children}
    </button>
  );
}
