import { en } from './en.ts';
import { ja, type TechnicianTexts } from './ja.ts';

/** Technicians are staff: they read one of these, the first where nothing is chosen. */
export const languages = { ja, en } as const satisfies Record<string, TechnicianTexts>;

export type LanguageCode = keyof typeof languages;
export type { TechnicianTexts } from './ja.ts';
