import { useEffect } from 'preact/hooks';
import { systemClock } from '../../../clock.ts';
import type { Spoken } from '../../voice/spoken.ts';
import { language, voiceOn } from '../preferences.ts';
import { createAudioVoice } from './audio-voice.ts';
import { clipOf } from './clips.ts';
import { createSpeaker } from './speaker.ts';

const audio = document.body.appendChild(document.createElement('audio'));
const speaker = createSpeaker(createAudioVoice(audio), systemClock);

/** Says this when it appears and when it changes, in the patient's language; falls silent with the screen. */
export function useSpoken(spoken: Spoken | undefined): void {
  const on = voiceOn.value;
  const clip = spoken && clipOf(language.value, spoken);
  useEffect(() => {
    if (!on) speaker.silence();
    else if (clip) speaker.speak(clip);
  }, [on, clip]);
  useEffect(() => () => speaker.silence(), []);
}
