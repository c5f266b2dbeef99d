/** What the person at the dock has chosen, before it is done. */
import { computed, signal } from '@preact/signals';
import type { DockPersona, DockView } from '../dock-bench.ts';
import { act, view } from './dock-link.ts';
import { language } from './texts.ts';

const picked = signal<string | undefined>(undefined);

/** The card to be placed: the one that lies there, else the one picked, else the first. */
export const chosen = computed<DockPersona | undefined>(() => {
  const { personas, placed } = view.value ?? { personas: [] };
  const wanted = placed ?? picked.value;
  return personas.find(({ id }) => id === wanted) ?? personas[0];
});

/** Another card is chosen; who stood before the camera as its holder is replaced too. */
export function choose(id: string): void {
  const { camera, placed } = view.value ?? {};
  const holderWatched = camera?.kind === 'persona' && camera.personaId === chosen.value?.id;
  picked.value = id;
  if (placed !== undefined) act({ type: 'remove' });
  if (holderWatched) act({ type: 'camera', camera: { kind: 'persona', personaId: id } });
}

export const titleOf = (persona: DockPersona): string => persona.title[language.value];

/** Whom the camera can show as "another person": a persona with a face that is not the card's holder. */
export const anotherPerson = ({ personas }: DockView): DockPersona | undefined =>
  personas.find(({ id, kind }) => kind === 'my-number' && id !== chosen.value?.id && id !== 'own');
