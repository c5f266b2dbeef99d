import { computed, effect } from '@preact/signals';
import { view } from './link.ts';
import { soundOn, texts } from './preferences.ts';

/** Two calm tones, a falling third, quiet at both ends so that nothing clicks. */
const TONES_HZ = [784, 622];
const TONE_S = 0.22;
const LOUDNESS = 0.25;

const wanted = computed(() => Boolean(view.value?.now.asksStaff || view.value?.now.cardLeft));

/** Calls once whenever staff come to be wanted, and says so in the window's title as long as they are. */
export function callWhenWanted(): void {
  effect(() => {
    const { product, now } = texts.value;
    document.title = wanted.value ? `● ${now.asksStaff}` : product;
  });
  effect(() => {
    if (wanted.value && soundOn.peek()) play();
  });
}

let context: AudioContext | undefined;

function play(): void {
  context ??= new AudioContext();
  // A browser lets a page sound once somebody has touched it; signing in is that.
  void context.resume();
  for (const [place, frequency] of TONES_HZ.entries()) tone(context, frequency, place * TONE_S);
}

function tone(audio: AudioContext, frequency: number, afterS: number): void {
  const [oscillator, gain] = [audio.createOscillator(), audio.createGain()];
  const start = audio.currentTime + afterS;
  oscillator.frequency.value = frequency;
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02);
  gain.gain.linearRampToValueAtTime(0, start + TONE_S);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(start + TONE_S);
}
