import type { LanguageCode } from '../../texts/index.ts';
import { asOneLine } from './clip-id.ts';

const KANA = '\\p{Script=Hiragana}\\p{Script=Katakana}ー';
const JAPANESE = `\\p{Script=Han}${KANA}`;
/** In brackets: the reading of a word, which a Japanese voice knows. */
const READING = /\s*（[\p{Script=Hiragana}ー\s]+）/gu;
/** In brackets: the Japanese name of what has been said in the patient's language, to be shown at the desk. */
const inBrackets = (letters: string) => new RegExp(`\\s*[（(「][^（）()「」]*[${letters}][^（）()「」]*[）)」]`, 'gu');
const nameWithKana = inBrackets(KANA);
const japaneseName = inBrackets(JAPANESE);
const japaneseWords = new RegExp(`\\s*[${JAPANESE}]+`, 'gu');

/**
 * @returns words as a voice of that language says them, as one line. A voice that meets letters of another script says
 * «Chinese letter» for each: they are for the eye, and left out.
 */
export function spokenForm(language: LanguageCode, words: string): string {
  switch (language) {
    case 'ja':
    case 'ja-easy':
      return asOneLine(words.replaceAll(READING, ''));
    case 'zh-Hans':
    case 'zh-Hant':
      return asOneLine(words.replaceAll(nameWithKana, ''));
    default:
      return asOneLine(words.replaceAll(japaneseName, '').replaceAll(japaneseWords, ''));
  }
}
