import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { LanguageCode } from '../../texts/index.ts';
import { clipFile } from './clip-files.ts';
import { clipId } from './clip-id.ts';
import { clipWords } from './spoken-words.ts';

/** @returns the words that have no clip yet, and the ids of clips whose words are gone */
export function clipState(language: LanguageCode): { missing: readonly string[]; unused: readonly string[] } {
  const words = clipWords(language);
  const wanted = new Set(words.map(clipId));
  const folder = dirname(clipFile(language, ''));
  const there = existsSync(folder) ? readdirSync(folder).map((file) => file.replace(/\.ogg$/, '')) : [];
  return {
    missing: words.filter((line) => !there.includes(clipId(line))),
    unused: there.filter((id) => !wanted.has(id)),
  };
}
