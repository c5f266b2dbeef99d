import type { LanguageCode } from '../../../texts/index.ts';
import { languages } from '../../../texts/index.ts';
import { clipsOf, guideClip, nameClip, placeClip, pressClip } from './clips.ts';
import type { Piece, Reading } from './read-screen.ts';

/** The keys 1 to 9 choose; what comes after them is reached on the screen alone. */
const NUMBER_KEYS = 9;

/** @returns the clips of a whole screen: heading, words, and what each key does */
export function guideThrough({ title, words, ways, pad }: Reading, language: LanguageCode): readonly string[] {
  const keys = pad ? [guideClip(language, 'pad')] : waysAloud(ways, language);
  return [...clipsOf(language, [...title, ...words]), ...keys];
}

/** @returns «press 1 for …», for each way on */
export const waysAloud = (ways: readonly Piece[], language: LanguageCode): readonly string[] =>
  ways.slice(0, NUMBER_KEYS).flatMap((way, index) => [pressClip(language, index + 1), ...aloud(way, language)]);

/** A name is not said, but the how manieth it is. */
export const aloud = ({ words, place }: Piece, language: LanguageCode): readonly string[] => [
  ...(place > 0 ? [placeClip(language, place)] : []),
  ...clipsOf(language, words),
];

/** The languages that the number keys choose on the idle screen, each told of in itself. */
export const languageKeys = Object.keys(languages).slice(0, NUMBER_KEYS) as LanguageCode[];

export const languagesAloud = (): readonly string[] =>
  languageKeys.flatMap((code, index) => [pressClip(code, index + 1), nameClip(code)]);
