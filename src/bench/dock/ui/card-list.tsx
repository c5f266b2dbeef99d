import type { DockView } from '../dock-bench.ts';
import { choose, chosen, titleOf } from './choice.ts';
import { PlaceButtons } from './place-buttons.tsx';
import { texts } from './texts.ts';

export function CardList({ view }: { view: DockView }) {
  const t = texts.value;
  return (
    <section>
      <h2>{t.cards}</h2>
      <PlaceButtons view={view} />
      <p class="note">{t.testPin}</p>
      <fieldset class="options">
        <legend class="plain">{t.cardsAbout}</legend>
        {view.personas.map((persona) => (
          <label key={persona.id} class={view.placed === persona.id ? 'placed' : ''}>
            <input type="radio" name="card" checked={chosen.value?.id === persona.id} onChange={() => choose(persona.id)} />
            {titleOf(persona)}
            {view.placed === persona.id && <em>{t.lies}</em>}
          </label>
        ))}
      </fieldset>
    </section>
  );
}
