import type { Voice } from './speaker.ts';

/**
 * The page's one audio element. A clip that may not or cannot be played counts as ended: nothing waits for a sound.
 * Chromium lets a page be heard after its first touch, or from the start under
 * `--autoplay-policy=no-user-gesture-required`.
 */
export function createAudioVoice(audio: HTMLAudioElement): Voice {
  return {
    play(clip, onEnd) {
      const told = new AbortController();
      const { signal } = told;
      const end = () => {
        if (signal.aborted) return;
        told.abort();
        onEnd();
      };
      audio.addEventListener('ended', end, { signal });
      audio.addEventListener('error', end, { signal });
      audio.src = clip;
      audio.play().catch(end);
      return () => {
        told.abort();
        audio.pause();
      };
    },
  };
}
