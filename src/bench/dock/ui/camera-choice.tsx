import type { DockCamera, DockView } from '../dock-bench.ts';
import { anotherPerson, cameraKey, chosen, holderCamera, see, titleOf } from './choice.ts';
import { texts } from './texts.ts';

type Option = { readonly camera: DockCamera; readonly words: string };

/** What the camera can be made to see, for the card that is chosen. */
export function cameraOptions(view: DockView): readonly Option[] {
  const t = texts.value;
  const holder = chosen.value && holderCamera(chosen.value);
  const other = anotherPerson(view);
  const options: Option[] = [];
  if (holder?.kind === 'persona') options.push({ camera: holder, words: t.seesCardHolder });
  if (other) options.push({ camera: { kind: 'persona', personaId: other.id }, words: t.seesOther(titleOf(other)) });
  options.push({ camera: { kind: 'nobody' }, words: t.seesNobody }, { camera: { kind: 'page' }, words: t.seesPage });
  return options;
}

export function CameraChoice({ view }: { view: DockView }) {
  return (
    <fieldset class="options">
      <legend>{texts.value.camera}</legend>
      {cameraOptions(view).map(({ camera, words }) => (
        <label key={cameraKey(camera)}>
          <input type="radio" name="camera" checked={cameraKey(view.camera) === cameraKey(camera)} onChange={() => see(camera)} />
          {words}
        </label>
      ))}
    </fieldset>
  );
}
