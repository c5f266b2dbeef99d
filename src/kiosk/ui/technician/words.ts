/** The technician's language: Japanese, or English where the page was English; chosen anew at each visit of the menu. */
import { computed, signal } from '@preact/signals';
import { type LanguageCode, languages, type TechnicianTexts } from '../../../technician/texts/index.ts';
import { language } from '../preferences.ts';

const wanted = signal<LanguageCode | undefined>(undefined);

export const technicianLanguage = computed<LanguageCode>(() => wanted.value ?? (language.value === 'en' ? 'en' : 'ja'));
export const words = computed<TechnicianTexts>(() => languages[technicianLanguage.value]);

export function turnLanguage(): void {
  wanted.value = technicianLanguage.value === 'ja' ? 'en' : 'ja';
}

export function forgetLanguage(): void {
  wanted.value = undefined;
}
