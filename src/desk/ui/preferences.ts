/** What this browser prefers; kept here alone, and nothing about a person. */
import { computed, effect, signal } from '@preact/signals';
import { type DeskTexts, type LanguageCode, languages } from '../texts/index.ts';

export const language = signal<LanguageCode>(localStorage.getItem('language') === 'en' ? 'en' : 'ja');
export const soundOn = signal(localStorage.getItem('sound') !== 'off');
export const texts = computed<DeskTexts>(() => languages[language.value]);

export function applyPreferences(): void {
  effect(() => {
    localStorage.setItem('language', language.value);
    document.documentElement.lang = language.value;
  });
  effect(() => localStorage.setItem('sound', soundOn.value ? 'on' : 'off'));
}
