import { effect, untracked } from '@preact/signals';
import { systemClock } from '../../../clock.ts';
import type { LanguageCode } from '../../../texts/index.ts';
import type { Screen } from '../../protocol.ts';
import { say, snapshot } from '../link.ts';
import { language, texts } from '../preferences.ts';
import { audioMode, saying, volume } from './audio-mode.ts';
import { createAudioVoice } from './audio-voice.ts';
import { clipsOf, guideClip } from './clips.ts';
import { aloud, guideThrough, languagesAloud } from './guide.ts';
import { type Reading, readScreen } from './read-screen.ts';
import { createSpeaker } from './speaker.ts';

const audio = document.body.appendChild(document.createElement('audio'));
export const speaker = createSpeaker(createAudioVoice(audio), systemClock);

/** The screens that speak to everybody: in front of the camera nobody reads. */
const HINTING: readonly Screen['at'][] = ['matching-face', 'face-retry'];

type Looked = {
  /** Another heading is another screen. */
  readonly heading: Element | undefined;
  readonly language: LanguageCode;
  readonly saying: typeof saying.value;
  readonly news: ReadonlyMap<Element, string>;
};
let last: Looked | undefined;

/** Says what the page shows, as it comes up and as it changes: one thing at a time, and a new screen stops the last. */
export function followScreen(page: HTMLElement): void {
  new MutationObserver(look).observe(page, { childList: true, characterData: true, subtree: true });
  effect(() => {
    if (saying.value) untracked(look);
  });
  effect(() => {
    audio.volume = volume.value;
  });
  effect(() => {
    if (snapshot.value?.hurry && audioMode.value) untracked(sayHurry);
  });
}

/** Says the whole screen, again. */
export function readAloud(before: readonly string[] = []): void {
  const reading = readScreen();
  const after = snapshot.value?.screen.at === 'idle' ? languagesAloud() : [];
  speaker.read(reading ? [...before, ...guideThrough(reading, language.value), ...after] : []);
}

function look(): void {
  const reading = readScreen();
  const news = new Map(reading?.news.map(({ element, words }) => [element, words.join()]));
  const before = last;
  const now: Looked = { heading: reading?.heading, language: language.value, saying: saying.value, news };
  last = now;
  if (now.saying !== before?.saying || now.heading !== before.heading || now.language !== before.language) {
    begin(reading, before);
  } else if (saysChanges()) {
    const changed = reading?.news.filter(({ element }) => news.get(element) !== before.news.get(element)) ?? [];
    if (changed.length > 0) speaker.speak(changed.flatMap((piece) => aloud(piece, now.language)));
  }
}

function begin(reading: Reading | undefined, before: Looked | undefined): void {
  const turned = before?.saying !== saying.value;
  if (saying.value === 'guide') {
    readAloud(turned ? [guideClip(language.value, 'begin')] : []);
  } else if (turned && before?.saying === 'guide') {
    speaker.read([guideClip(before.language, 'end')]);
  } else if (reading && saysChanges()) {
    speaker.read(clipsOf(language.value, reading.title));
    speaker.speak(reading.news.flatMap(({ words }) => clipsOf(language.value, words)));
  } else if (snapshot.value?.screen.at !== 'idle') {
    // What is said when the screen becomes idle is the last patient's farewell.
    speaker.silence();
  }
}

function saysChanges(): boolean {
  const screen = snapshot.value?.screen;
  if (saying.value === 'nothing' || !screen) return false;
  const faceEnded = screen.at === 'stopped' && ['FACE-401', 'FACE-402', 'FACE-407'].includes(screen.code);
  return saying.value === 'guide' || faceEnded || HINTING.includes(screen.at);
}

/** Whoever is still listening has not had the time to answer. */
function sayHurry(): void {
  if (speaker.speaking()) say({ type: 'extend' });
  else speaker.speak([...clipsOf(language.value, [texts.value.hurry.title]), guideClip(language.value, 'moreTime')]);
}
