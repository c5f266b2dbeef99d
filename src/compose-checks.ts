/** What a reader can find out about itself before anyone stands at it. */
import { loadPortraitDecoder } from './face/decode-portrait.ts';
import { isKnownPortrait, KNOWN_PORTRAIT } from './face/known-portrait.ts';
import { loadNetworks } from './face/networks.ts';
import { warmUp } from './face/warm-up.ts';
import { failed, ok, type Result } from './faults/result.ts';

export type Check = {
  readonly name: string;
  run(): Promise<Result<void>>;
  /** For whoever stands before a reader that fails it. */
  readonly ifNot: { readonly means: string; readonly toDo: string };
};

const withoutFace = 'Faces are not compared; receptions go on by PIN and by staff.';

/** More checks come in here, each a row. */
export function composeChecks({ modelsDir }: { readonly modelsDir: string }): readonly Check[] {
  return [
    {
      name: 'face models',
      run: () => checkModels(modelsDir),
      ifNot: {
        means: withoutFace,
        toDo: 'Run npm start again: set-up checks the models and makes them anew. If it stays, call service.',
      },
    },
    {
      name: 'portrait decoder',
      run: checkPortraitDecoder,
      ifNot: { means: withoutFace, toDo: 'Install the program anew. If it stays, call service.' },
    },
  ];
}

/** Present, the very ones that are pinned, and able to run. Faults: FACE-403, FACE-406. */
async function checkModels(modelsDir: string): Promise<Result<void>> {
  try {
    const networks = await loadNetworks(modelsDir);
    if (!networks.ok) return networks;
    await warmUp(networks.value);
    return ok();
  } catch (error) {
    return failed('FACE-406', `the models do not run (${(error as Error).message})`);
  }
}

/** Faults: FACE-404. */
async function checkPortraitDecoder(): Promise<Result<void>> {
  const decode = await loadPortraitDecoder();
  const portrait = decode(KNOWN_PORTRAIT);
  if (!portrait.ok) return portrait;
  return isKnownPortrait(portrait.value) ? ok() : failed('FACE-404', 'a known portrait is decoded to something else');
}
