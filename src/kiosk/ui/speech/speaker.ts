import type { Clock } from '../../../clock.ts';

/** Whatever makes a clip heard. */
export interface Voice {
  /** Plays one clip and tells once when it has ended or cannot be heard. Returns the way to cut it off, after which nothing is told. */
  play(clip: string, onEnd: () => void): () => void;
}

/** A clip is heard for so long before another cuts it off: long enough to be understood, or to end by itself. */
const HEARD_MS = 2000;

export type Speaker = {
  /** Says this next: at once, or when the clip that runs has ended or been heard long enough. Only the newest waits. */
  speak(clip: string): void;
  silence(): void;
};

/** Says one thing at a time, and nothing twice over. */
export function createSpeaker(voice: Voice, clock: Clock): Speaker {
  let running: { readonly clip: string; readonly sinceMs: number; readonly cut: () => void } | undefined;
  let next: string | undefined;
  let cancelNext = () => {};

  const begin = (clip: string) => {
    silence();
    running = { clip, sinceMs: clock.now(), cut: voice.play(clip, ended) };
  };
  const ended = () => {
    running = undefined;
    if (next !== undefined) begin(next);
  };
  const silence = () => {
    cancelNext();
    next = undefined;
    running?.cut();
    running = undefined;
  };
  return {
    speak(clip) {
      cancelNext();
      next = undefined;
      if (!running) return begin(clip);
      if (running.clip === clip) return;
      next = clip;
      cancelNext = clock.after(running.sinceMs + HEARD_MS - clock.now(), () => begin(clip));
    },
    silence,
  };
}
