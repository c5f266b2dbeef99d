import { snapshot } from '../link.ts';
import { texts } from '../preferences.ts';
import { HurryStrip } from './hurry-strip.tsx';
import { LanguageSwitch } from './languages.tsx';
import { VoiceSwitch } from './voice-switch.tsx';

/** The reader's name, the switch of the voice where something is said aloud, and the languages on every screen. */
export function TopBar() {
  return (
    <header class="top-bar">
      {snapshot.value?.hurry ? (
        <HurryStrip />
      ) : (
        <>
          <Brand />
          <VoiceSwitch />
        </>
      )}
      <LanguageSwitch />
    </header>
  );
}

function Brand() {
  const { brand, brandAbout } = texts.value;
  return (
    <p class="brand">
      <svg viewBox="0 0 40 40" aria-hidden="true">
        <rect x="4" y="20" width="32" height="16" rx="4" class="brand-tray" />
        <rect x="9" y="5" width="22" height="14" rx="2.5" class="brand-card" />
        <path d="M13 27q7 5 14 0" class="brand-wave" />
      </svg>
      <strong>{brand}</strong>
      <span>{brandAbout}</span>
    </p>
  );
}
