import type { Clock } from '../../../clock.ts';

/** Whatever makes a clip heard. */
export interface Voice {
  /** Plays one clip and tells once, later, when it has ended or cannot be heard. Returns the way to cut it off, after which nothing is told. */
  play(clip: string, onEnd: () => void): () => void;
}

/** A clip is heard for so long before another cuts it off: long enough to be understood, or to end by itself. */
const HEARD_MS = 2000;

export type Speaker = {
  /** Says all of this, in order and at once: a new screen stops the last. */
  read(clips: readonly string[]): void;
  /** Says this next: at once, or when the clip that runs has ended or been heard long enough. Only the newest waits. */
  speak(clips: readonly string[]): void;
  silence(): void;
  /** Whether anything is being said. */
  speaking(): boolean;
};

/** Says one thing at a time, and nothing twice over. */
export function createSpeaker(voice: Voice, clock: Clock): Speaker {
  let running: { readonly clip: string; readonly sinceMs: number; readonly cut: () => void } | undefined;
  let next: readonly string[] = [];
  let rest: readonly string[] = [];
  let cancelNext = () => {};

  const goOn = () => {
    cancelNext();
    running?.cut();
    const clip = next[0] ?? rest[0];
    if (next.length > 0) next = next.slice(1);
    else rest = rest.slice(1);
    running = clip === undefined ? undefined : { clip, sinceMs: clock.now(), cut: voice.play(clip, ended) };
  };
  const ended = () => {
    running = undefined;
    goOn();
  };
  const silence = () => {
    cancelNext();
    next = [];
    rest = [];
    running?.cut();
    running = undefined;
  };
  return {
    read(clips) {
      silence();
      rest = clips;
      goOn();
    },
    speak(clips) {
      cancelNext();
      next = [];
      if (clips.length === 0 || (clips.length === 1 && running?.clip === clips[0])) return;
      next = clips;
      if (running) cancelNext = clock.after(running.sinceMs + HEARD_MS - clock.now(), goOn);
      else goOn();
    },
    silence,
    speaking: () => running !== undefined,
  };
}
