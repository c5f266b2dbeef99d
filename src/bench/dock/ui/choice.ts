/** What the person at the dock has chosen, before it is done. */
import { computed, signal } from '@preact/signals';
import { type DockCamera, type DockPersona, type DockView, OWN_PERSONA } from '../dock-bench.ts';
import { act, view } from './dock-link.ts';
import { language } from './texts.ts';

const picked = signal<string | undefined>(undefined);

/** The camera goes to the holder of each card that is chosen, until somebody else is wanted before it. */
const cameraFollows = signal(true);

/** The card to be placed: the one that lies there, else the one picked, else the first. */
export const chosen = computed<DockPersona | undefined>(() => {
  const { personas, placed } = view.value ?? { personas: [] };
  const wanted = placed ?? picked.value;
  return personas.find(({ id }) => id === wanted) ?? personas[0];
});

/** Chooses another card; one that lies on the reader is taken first. */
export function choose(id: string): void {
  picked.value = id;
  if (view.value?.placed !== undefined) act({ type: 'remove' });
  const persona = view.value?.personas.find((each) => each.id === id);
  const camera = id === OWN_PERSONA ? ownCamera : persona && holderCamera(persona);
  if (cameraFollows.value && camera) act({ type: 'camera', camera });
}

/** Lets the camera see something, and remembers whether it is the card's holder. */
export function see(camera: DockCamera): void {
  cameraFollows.value = chosen.value !== undefined && sameCamera(camera, holderCamera(chosen.value));
  act({ type: 'camera', camera });
}

const ownCamera: DockCamera = { kind: 'page' };

/** How the camera sees the card's holder; undefined for a card that is nobody's. */
export function holderCamera({ id, kind }: DockPersona): DockCamera | undefined {
  if (id === OWN_PERSONA) return ownCamera;
  return kind === 'my-number' ? { kind: 'persona', personaId: id } : undefined;
}

/** Whom the camera can show as "another person": a persona with a recording who is not the card's holder. */
export const anotherPerson = ({ personas }: DockView): DockPersona | undefined =>
  personas.find(({ id, kind }) => kind === 'my-number' && id !== chosen.value?.id && id !== OWN_PERSONA);

export const cameraKey = (camera: DockCamera): string => (camera.kind === 'persona' ? camera.personaId : `:${camera.kind}`);

const sameCamera = (one: DockCamera, other: DockCamera | undefined) => other !== undefined && cameraKey(one) === cameraKey(other);

export const titleOf = (persona: DockPersona): string => persona.title[language.value];
