import { en } from './en.ts';
import { ja, type Texts } from './ja.ts';

/** Every language of the kiosk. The first is the one that an idle reader shows. */
export const languages = { ja, en } as const satisfies Record<string, Texts>;

export type LanguageCode = keyof typeof languages;

export type { Texts } from './ja.ts';
