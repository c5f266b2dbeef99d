/** What this patient prefers; forgotten when the reader is idle again, so that the next one meets the ordinary page. */
import { computed, effect, signal } from '@preact/signals';
import { systemClock } from '../../clock.ts';
import { type LanguageCode, languages, type Texts } from '../../texts/index.ts';
import { snapshot } from './link.ts';

const LANGUAGE_KEPT_AT_IDLE_MS = 60_000;

export const language = signal<LanguageCode>('ja');
/** The languages are being shown, to choose one. */
export const choosingLanguage = signal(false);
/** Whether hints are said aloud where there are clips for them. */
export const voiceOn = signal(true);
/** How this patient wants the digits of the PIN pad; undefined until they say. */
const wantedInOrder = signal<boolean | undefined>(undefined);
export const texts = computed<Texts>(() => languages[language.value]);

/** What staff read is Japanese, whatever the patient reads; some languages have words of their own for staff. */
export const staffLang = computed(() => (texts.value.waits === languages.ja.waits ? languages.ja.lang : texts.value.lang));

/** The PIN pad's digits in their usual order instead of mixed. */
export const digitsInOrder = computed(() => wantedInOrder.value ?? snapshot.value?.options.pad === 'in-order');

export function turnDigits(): void {
  wantedInOrder.value = !digitsInOrder.value;
}

const idle = computed(() => snapshot.value?.screen.at === 'idle');

export function resetAtIdle(): void {
  effect(() => {
    if (!idle.value) return;
    forgetLanguage();
    wantedInOrder.value = undefined;
    voiceOn.value = true;
  });
  // Somebody may choose a language at the idle screen and walk away.
  effect(() => {
    const touched = language.value !== 'ja' || choosingLanguage.value;
    if (idle.value && touched) return systemClock.after(LANGUAGE_KEPT_AT_IDLE_MS, forgetLanguage);
  });
  effect(() => {
    document.documentElement.lang = texts.value.lang;
    document.documentElement.dataset['language'] = language.value;
  });
}

function forgetLanguage(): void {
  language.value = 'ja';
  choosingLanguage.value = false;
}
