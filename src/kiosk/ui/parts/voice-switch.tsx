import { snapshot } from '../link.ts';
import { texts, voiceOn } from '../preferences.ts';
import { SpeakerIcon } from './icons.tsx';

/** The screens that speak, and the one before them: whoever wants it quiet finds the switch in time. */
const screens: readonly (string | undefined)[] = ['choosing', 'matching-face', 'face-retry'];

/** Turns the spoken hints off and on, until the reader is idle again. */
export function VoiceSwitch() {
  const t = texts.value.voice;
  if (!screens.includes(snapshot.value?.screen.at)) return null;
  const on = voiceOn.value;
  return (
    <button
      type="button"
      class="voice-switch"
      role="switch"
      aria-checked={on}
      onClick={() => {
        voiceOn.value = !on;
      }}
    >
      <SpeakerIcon on={on} />
      {t.name} {on ? t.on : t.off}
    </button>
  );
}
