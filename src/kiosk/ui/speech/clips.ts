import { type LanguageCode, languages } from '../../../texts/index.ts';
import { asOneLine, clipId } from '../../voice/clip-id.ts';
import { guideFor } from '../../voice/guide/index.ts';
import type { GuideWords } from '../../voice/guide/words.ts';
import { spokenWords } from '../../voice/spoken-words.ts';

const known = new Map<LanguageCode, ReadonlyMap<string, string>>();

/** @returns the addresses of what is said of the words of a screen; nothing of words that are not the kiosk's own */
export function clipsOf(language: LanguageCode, shown: readonly string[]): readonly string[] {
  const said = known.get(language) ?? spokenWords(language);
  known.set(language, said);
  return shown.flatMap((words) => said.get(asOneLine(words)) || []).map((words) => addressOf(language, words));
}

type Guided = { [Key in keyof GuideWords]: GuideWords[Key] extends string ? Key : never }[keyof GuideWords];

/** @returns the address of one sentence of the spoken guidance */
export const guideClip = (language: LanguageCode, sentence: Guided): string => addressOf(language, guideFor(language)[sentence]);

/** @param key 1…9 */
export const pressClip = (language: LanguageCode, key: number): string => addressOf(language, guideFor(language).press(key));

/** @param place 1…9 */
export const placeClip = (language: LanguageCode, place: number): string => addressOf(language, guideFor(language).place(place));

/** @returns the address of a language's own name, said in that language */
export const nameClip = (language: LanguageCode): string => addressOf(language, languages[language].languageName);

const addressOf = (language: LanguageCode, words: string): string => `/voice/${language}/${clipId(words)}.ogg`;
