import { sayTechnician } from '../link.ts';
import { words } from './words.ts';

/** A target in each corner of the glass itself, and not of this page's frame. */
export function Corners({ touched }: { readonly touched: readonly boolean[] }) {
  const t = words.value.hand;
  return (
    <>
      <p class="large" role="status">
        {t.corners(touched.filter((each) => !each).length)}
      </p>
      {touched.map((done, corner) => (
        <button
          type="button"
          key={String(corner)}
          class={`corner corner-${corner} ${done ? 'done' : ''}`}
          aria-label={t.corner(corner + 1)}
          aria-pressed={done}
          onClick={() => sayTechnician({ say: 'touched', corner })}
        >
          {corner + 1}
        </button>
      ))}
    </>
  );
}
