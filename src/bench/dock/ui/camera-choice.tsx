import type { DockCamera, DockView } from '../dock-bench.ts';
import { anotherPerson, chosen, titleOf } from './choice.ts';
import { act } from './dock-link.ts';
import { texts } from './texts.ts';

type Option = { readonly camera: DockCamera; readonly words: string };

/** What the camera can be made to see, for the card that is chosen. */
export function cameraOptions(view: DockView): readonly Option[] {
  const t = texts.value;
  const holder = chosen.value;
  const other = anotherPerson(view);
  const options: Option[] = [];
  if (holder?.kind === 'my-number' && holder.id !== 'own') {
    options.push({ camera: { kind: 'persona', personaId: holder.id }, words: t.seesCardHolder });
  }
  if (other) options.push({ camera: { kind: 'persona', personaId: other.id }, words: `${t.seesOther}（${titleOf(other)}）` });
  options.push({ camera: { kind: 'nobody' }, words: t.seesNobody }, { camera: { kind: 'page' }, words: t.seesPage });
  return options;
}

export const keyOf = (camera: DockCamera): string => (camera.kind === 'persona' ? camera.personaId : `:${camera.kind}`);

export function CameraChoice({ view }: { view: DockView }) {
  return (
    <fieldset class="options">
      <legend>{texts.value.camera}</legend>
      {cameraOptions(view).map(({ camera, words }) => (
        <label key={keyOf(camera)}>
          <input
            type="radio"
            name="camera"
            checked={keyOf(view.camera) === keyOf(camera)}
            onChange={() => act({ type: 'camera', camera })}
          />
          {words}
        </label>
      ))}
    </fieldset>
  );
}
