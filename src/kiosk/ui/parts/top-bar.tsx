import { type LanguageCode, languages } from '../../../texts/index.ts';
import { language, texts } from '../preferences.ts';
import { VoiceSwitch } from './voice-switch.tsx';

/** The reader's name, the switch of the voice where something is said aloud, and the languages on every screen. */
export function TopBar() {
  const t = texts.value;
  return (
    <header class="top-bar">
      <p class="brand">
        <svg viewBox="0 0 40 40" aria-hidden="true">
          <rect x="4" y="20" width="32" height="16" rx="4" class="brand-tray" />
          <rect x="9" y="5" width="22" height="14" rx="2.5" class="brand-card" />
          <path d="M13 27q7 5 14 0" class="brand-wave" />
        </svg>
        <strong>{t.brand}</strong>
        <span>{t.brandAbout}</span>
      </p>
      <VoiceSwitch />
      <fieldset class="languages">
        <legend>{t.chooseLanguage}</legend>
        {(Object.keys(languages) as LanguageCode[]).map((code) => (
          <button
            key={code}
            type="button"
            lang={code}
            aria-pressed={language.value === code}
            onClick={() => {
              language.value = code;
            }}
          >
            {languages[code].languageName}
          </button>
        ))}
      </fieldset>
    </header>
  );
}
