/**
 * The twelve keys, by which every screen can be used without seeing it.
 *
 *     1 … 9   the ways on of the screen, in the order of the page; on the idle screen the languages
 *     0       says the screen again
 *     *       back, or stop (asked once more)
 *     #       the main way on
 *
 * Where digits are typed they are digits, `*` erases and `#` is OK; `*` with nothing to erase leads to the other ways on.
 * Held: `*` turns the spoken guidance on and off, `5` the screen dark and light, `0` the volume.
 */
import { say, snapshot } from '../link.ts';
import { language, texts } from '../preferences.ts';
import { audioMode, nextVolume, screenDark, turnAudioMode } from '../speech/audio-mode.ts';
import { guideClip } from '../speech/clips.ts';
import { readAloud, speaker } from '../speech/follow-screen.ts';
import { languageKeys, waysAloud } from '../speech/guide.ts';
import { type Reading, readScreen } from '../speech/read-screen.ts';
import { playTone } from '../speech/tone.ts';

export type PadKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '*' | '#';

/** Of the screen with this heading: the stop was asked for, or typing was left for the other ways. */
let stopAsked: Element | undefined;
let padLeft: Element | undefined;

/** One key of the panel's pad, or of a keyboard that stands for it. @param held it was pressed for long */
export function pressKey(key: PadKey, held = false): void {
  const taken = held ? hold(key) : press(key);
  if (audioMode.value) playTone(taken ? 'taken' : 'refused');
}

/** Whether keys type digits now. */
export const isTyping = (): boolean => {
  const reading = readScreen();
  return reading?.pad != null && padLeft !== reading.heading;
};

function hold(key: PadKey): boolean {
  if (key === '*') turnAudioMode();
  else if (!audioMode.value) return false;
  else if (key === '0') nextVolume();
  else if (key === '5') screenDark.value = !screenDark.value;
  else return false;
  if (key === '0') guide('volume');
  if (key === '5') guide(screenDark.value ? 'dark' : 'bright');
  return true;
}

function press(key: PadKey): boolean {
  const reading = readScreen();
  if (!reading) return false;
  const asked = stopAsked === reading.heading;
  stopAsked = undefined;
  if (isTyping()) return type(key, reading);
  switch (key) {
    case '0':
      return again();
    case '*':
      return back(reading, asked);
    case '#':
      return click(mainWay(reading));
    default:
      return snapshot.value?.screen.at === 'idle' ? speakLanguage(key) : click(reading.ways[Number(key) - 1]?.element);
  }
}

function type(key: PadKey, { heading, pad, ways }: Reading): boolean {
  if (key === '#') return click(pad?.querySelector('.ok:not(:disabled)')) || again();
  if (key !== '*') return click([...(pad?.querySelectorAll('.digit') ?? [])].find(({ textContent }) => textContent === key));
  const screen = snapshot.value?.screen;
  if (screen && 'digits' in screen && screen.digits > 0) return click(pad?.querySelector('.erase'));
  padLeft = heading;
  speaker.read([guideClip(language.value, 'otherWays'), ...waysAloud(ways, language.value)]);
  return true;
}

/** Whoever asks for the words again is there. */
function again(): boolean {
  if (snapshot.value?.hurry) say({ type: 'extend' });
  readAloud();
  return true;
}

function back({ heading, ways, pad }: Reading, asked: boolean): boolean {
  if (pad) {
    padLeft = undefined;
    return guide('backToPad');
  }
  const way = (label: string) => ways.find(({ words }) => words.includes(label))?.element;
  const { back, finish, stop } = texts.value;
  const gentle = way(back) ?? way(finish);
  if (gentle) return click(gentle);
  const ending = way(stop);
  if (!ending) return false;
  if (asked) return click(ending);
  stopAsked = heading;
  return guide('stopAgain');
}

const mainWay = ({ ways }: Reading) =>
  ways.length === 1 ? ways[0]?.element : ways.find(({ element }) => element.classList.contains('main'))?.element;

function speakLanguage(key: PadKey): boolean {
  const code = languageKeys[Number(key) - 1];
  if (code === undefined) return false;
  language.value = code;
  return true;
}

function guide(sentence: Parameters<typeof guideClip>[1]): boolean {
  speaker.read([guideClip(language.value, sentence)]);
  return true;
}

function click(button: Element | null | undefined): boolean {
  if (!(button instanceof HTMLElement)) return false;
  button.click();
  return true;
}
