/** How this patient is spoken to; forgotten when the reader is idle again. */
import { computed, effect, signal } from '@preact/signals';
import { systemClock } from '../../../clock.ts';
import { snapshot } from '../link.ts';
import { digitsInOrder, turnDigits, voiceOn } from '../preferences.ts';

/** Somebody may turn the guidance on at the idle screen and walk away. */
const KEPT_AT_IDLE_MS = 180_000;
const VOLUMES = [0.4, 0.7, 1] as const;
const USUAL_VOLUME = VOLUMES[1];

/** Everything is said, for whoever does not see the screen. */
export const audioMode = signal(false);
/** Nothing is to be seen: nobody else can read along. */
export const screenDark = signal(false);
export const volume = signal<number>(USUAL_VOLUME);

/** `guide`: the whole screen; `hints`: what helps in front of the camera. */
export const saying = computed<'guide' | 'hints' | 'nothing'>(() => {
  if (audioMode.value) return 'guide';
  return voiceOn.value ? 'hints' : 'nothing';
});

export function turnAudioMode(): void {
  audioMode.value = !audioMode.value;
  screenDark.value = false;
  if (audioMode.value && !digitsInOrder.value) turnDigits();
}

export function nextVolume(): void {
  volume.value = VOLUMES.find((louder) => louder > volume.value) ?? VOLUMES[0];
}

const idle = computed(() => snapshot.value?.screen.at === 'idle');

/** Ends it with the patient, and darkens the screen where that is wanted; a touch lights it again. */
export function keepAudioMode(): void {
  const forget = () => {
    audioMode.value = false;
    screenDark.value = false;
    volume.value = USUAL_VOLUME;
  };
  effect(() => {
    if (idle.value) forget();
  });
  effect(() => {
    if (idle.value && audioMode.value) return systemClock.after(KEPT_AT_IDLE_MS, forget);
  });
  effect(() => {
    document.body.toggleAttribute('data-dark', screenDark.value);
  });
  addEventListener('pointerdown', () => {
    screenDark.value = false;
  });
}
