import { en } from './en.ts';
import { ja } from './ja.ts';
import type { TechnicianTexts } from './technician-texts.ts';

/** Technicians are staff: they read one of these, the first where nothing is chosen. */
export const languages = { ja, en } as const satisfies Record<string, TechnicianTexts>;

export type LanguageCode = keyof typeof languages;
export type { TechnicianTexts } from './technician-texts.ts';
