import type { ComponentChildren } from 'preact';

type ChoiceProps = {
  readonly name: string;
  readonly about: string;
  readonly icon: ComponentChildren;
  readonly onPress: () => void;
  readonly disabled?: boolean;
};

/** One of two large ways that stand side by side and weigh the same. */
export function Choice({ name, about, icon, onPress, disabled = false }: ChoiceProps) {
  return (
    <button type="button" class="choice" disabled={disabled} onClick={onPress}>
      {icon}
      <strong>{name}</strong>
      <span>{about}</span>
    </button>
  );
}
