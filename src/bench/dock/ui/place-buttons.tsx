import type { DockView } from '../dock-bench.ts';
import { chosen } from './choice.ts';
import { act } from './dock-link.ts';
import { texts } from './texts.ts';

export function PlaceButtons({ view }: { view: DockView }) {
  const t = texts.value;
  const card = chosen.value;
  return (
    <div class="row placing">
      <button
        type="button"
        class="main"
        disabled={view.placed !== undefined || !card}
        onClick={() => card && act({ type: 'place', personaId: card.id })}
      >
        {t.place}
      </button>
      <button type="button" disabled={view.placed === undefined} onClick={() => act({ type: 'remove' })}>
        {t.remove}
      </button>
    </div>
  );
}
