import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LanguageCode } from '../../texts/index.ts';

/** Where the clips lie, as the page asks for them: `<language>/<clip id>.ogg`. */
export const clipsFolder = join(import.meta.dirname, '../ui/public/voice');

/** How a clip came out. */
export type ClipMeasure = {
  readonly seconds: number;
  /** Integrated loudness, ITU-R BS.1770. */
  readonly lufs: number;
  readonly peakDbfs: number;
};

/** One language's clips by id. `madeWith`: another way to make them makes each anew. */
export type Manifest = {
  readonly madeWith: string;
  readonly clips: Readonly<Record<string, ClipMeasure & { readonly words: string; readonly sha256: string }>>;
};

export const clipFile = (language: LanguageCode, id: string): string => join(clipsFolder, language, `${id}.ogg`);

const manifestFile = (language: LanguageCode) => join(import.meta.dirname, 'manifest', `${language}.json`);

export function readManifest(language: LanguageCode): Manifest {
  const file = manifestFile(language);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { madeWith: '', clips: {} };
}

/** The clips stand in the order of their ids, so that a new one moves no other. */
export function writeManifest(language: LanguageCode, { madeWith, clips }: Manifest): void {
  const ordered = Object.fromEntries(Object.entries(clips).sort(([one], [other]) => (one < other ? -1 : 1)));
  writeFileSync(manifestFile(language), `${JSON.stringify({ madeWith, clips: ordered }, null, 2)}\n`);
}

export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
