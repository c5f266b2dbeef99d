import { en } from './en.ts';
import { type DeskTexts, ja } from './ja.ts';

/** Every language of the desk; the first is the one that it opens in. */
export const languages = { ja, en } as const satisfies Record<string, DeskTexts>;

export type LanguageCode = keyof typeof languages;
export type { DeskTexts } from './ja.ts';
