import { guideFor } from '../../voice/guide/index.ts';
import { snapshot } from '../link.ts';
import { language, texts, voiceOn } from '../preferences.ts';
import { audioMode, turnAudioMode } from '../speech/audio-mode.ts';
import { SpeakerIcon } from './icons.tsx';

/** The screens that speak to everybody, and the one before them: whoever wants it quiet finds the switch in time. */
const hinting: readonly (string | undefined)[] = ['choosing', 'matching-face', 'face-retry'];

/** Turns the spoken guidance on at the idle screen and off on any; where it is off, the hints in front of the camera. */
export function VoiceSwitch() {
  const at = snapshot.value?.screen.at;
  if (audioMode.value || at === 'idle') {
    return <Switch name={guideFor(language.value).name} on={audioMode.value} onTurn={turnAudioMode} />;
  }
  const turn = () => {
    voiceOn.value = !voiceOn.value;
  };
  return hinting.includes(at) ? <Switch name={texts.value.voice.name} on={voiceOn.value} onTurn={turn} /> : null;
}

function Switch({ name, on, onTurn }: { readonly name: string; readonly on: boolean; readonly onTurn: () => void }) {
  const t = texts.value.voice;
  return (
    <button type="button" class="voice-switch" role="switch" aria-checked={on} onClick={onTurn}>
      <SpeakerIcon on={on} />
      {name} {on ? t.on : t.off}
    </button>
  );
}
