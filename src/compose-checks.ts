/** What a reader can find out about itself before anyone stands at it. */
import { isKnownPortrait, KNOWN_PORTRAIT } from './face/known-portrait.ts';
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
      run: orFault('the models do not run', () => checkModels(modelsDir)),
      ifNot: {
        means: withoutFace,
        toDo: 'Run npm start again: set-up checks the models and makes them anew. If it stays, call service.',
      },
    },
    {
      name: 'portrait decoder',
      run: orFault('the portrait decoder does not run', checkPortraitDecoder),
      ifNot: { means: withoutFace, toDo: 'Install the program anew. If it stays, call service.' },
    },
  ];
}

/** What throws is a package that is absent or broken, found out only when it is loaded: hence the imports inside the checks. */
function orFault(what: string, check: () => Promise<Result<void>>): Check['run'] {
  return () => check().catch((error) => failed('FACE-406', `${what} (${firstLine(error)})`));
}

/** What an import that is not found adds is where it was looked for. */
const firstLine = (error: unknown): string => String(error instanceof Error ? error.message : error).split('\n', 1)[0] ?? '';

/** Present, the very ones that are pinned, and able to run. Faults: FACE-403, FACE-406. */
async function checkModels(modelsDir: string): Promise<Result<void>> {
  const { loadNetworks } = await import('./face/networks.ts');
  const { warmUp } = await import('./face/warm-up.ts');
  const networks = await loadNetworks(modelsDir);
  if (!networks.ok) return networks;
  await warmUp(networks.value);
  return ok();
}

/** Faults: FACE-404, FACE-406. */
async function checkPortraitDecoder(): Promise<Result<void>> {
  const { loadPortraitDecoder } = await import('./face/decode-portrait.ts');
  const decode = await loadPortraitDecoder();
  const portrait = decode(KNOWN_PORTRAIT);
  if (!portrait.ok) return portrait;
  return isKnownPortrait(portrait.value) ? ok() : failed('FACE-404', 'a known portrait is decoded to something else');
}
