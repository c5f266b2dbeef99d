/** What this patient prefers; forgotten when the reader is idle again, so that the next one meets the ordinary page. */
import { computed, effect, signal } from '@preact/signals';
import { systemClock } from '../../clock.ts';
import { type LanguageCode, languages, type Texts } from '../../texts/index.ts';
import { snapshot } from './link.ts';

const LANGUAGE_KEPT_AT_IDLE_MS = 60_000;

export const language = signal<LanguageCode>('ja');
/** Whether hints are said aloud where there are clips for them. */
export const voiceOn = signal(true);
/** The PIN pad's digits in their usual order instead of mixed. */
export const digitsInOrder = signal(false);
export const texts = computed<Texts>(() => languages[language.value]);

const idle = computed(() => snapshot.value?.screen.at === 'idle');

export function resetAtIdle(): void {
  effect(() => {
    if (!idle.value) return;
    language.value = 'ja';
    digitsInOrder.value = false;
    voiceOn.value = true;
  });
  // Somebody may choose a language at the idle screen and walk away.
  effect(() => {
    if (idle.value && language.value !== 'ja') return systemClock.after(LANGUAGE_KEPT_AT_IDLE_MS, () => (language.value = 'ja'));
  });
  effect(() => {
    document.documentElement.lang = language.value;
  });
}
