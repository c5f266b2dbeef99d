import { words } from './words.ts';

const KEYS = [...'123456789*0#'];

/** The panel's pad as it lies there, each key marked once it has been felt. */
export function PadKeys({ pressed }: { readonly pressed: readonly string[] }) {
  const t = words.value;
  return (
    <>
      <ul class="pad-keys">
        {KEYS.map((key) => (
          <li
            key={key}
            class={pressed.includes(key) ? 'done' : ''}
            aria-label={`${key} ${pressed.includes(key) ? t.outcomes.ok : ''}`}
          >
            {key}
          </li>
        ))}
      </ul>
      <p role="status">{t.hand.keys(KEYS.length - pressed.length)}</p>
    </>
  );
}
