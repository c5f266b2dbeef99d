import type { DockView } from '../dock-bench.ts';
import { cameraOptions } from './camera-choice.tsx';
import { cameraKey, choose, chosen, see, titleOf } from './choice.ts';
import { PlaceButtons } from './place-buttons.tsx';
import { texts } from './texts.ts';

/** The small dock in the kiosk's drawer: enough for a whole reception with fingers alone. */
export function Compact({ view }: { view: DockView }) {
  const t = texts.value;
  const cameras = cameraOptions(view);
  const seen = cameras.find(({ camera }) => cameraKey(camera) === cameraKey(view.camera));
  return (
    <main class="compact">
      <h1>{t.title}</h1>
      <label>
        {t.cards}
        <select value={chosen.value?.id} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          {view.personas.map((persona) => (
            <option key={persona.id} value={persona.id}>
              {titleOf(persona)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t.camera}
        <select
          value={cameraKey(view.camera)}
          onChange={({ currentTarget }) => {
            const option = cameras.find(({ camera }) => cameraKey(camera) === currentTarget.value);
            if (option) see(option.camera);
          }}
        >
          {!seen && <option value={cameraKey(view.camera)}>{personaTitle(view)}</option>}
          {cameras.map(({ camera, words }) => (
            <option key={cameraKey(camera)} value={cameraKey(camera)}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <PlaceButtons view={view} />
      <p>{t.testPin}</p>
    </main>
  );
}

function personaTitle({ camera, personas }: DockView): string {
  const persona = camera.kind === 'persona' ? personas.find(({ id }) => id === camera.personaId) : undefined;
  return persona ? titleOf(persona) : '';
}
