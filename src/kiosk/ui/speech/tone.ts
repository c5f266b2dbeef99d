import { volume } from './audio-mode.ts';

/** Hertz. One for every key that did something: it does not tell which. */
const PITCH = { taken: 880, refused: 220 } as const;
const SECONDS = 0.08;
const LOUDNESS = 0.2;

let sounds: AudioContext | undefined;

/** Answers a key that cannot be seen. */
export function playTone(tone: keyof typeof PITCH): void {
  sounds ??= new AudioContext();
  const oscillator = new OscillatorNode(sounds, { frequency: PITCH[tone] });
  oscillator.connect(new GainNode(sounds, { gain: LOUDNESS * volume.value })).connect(sounds.destination);
  oscillator.start();
  oscillator.stop(sounds.currentTime + SECONDS);
}
