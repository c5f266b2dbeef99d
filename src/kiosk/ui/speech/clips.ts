import type { LanguageCode } from '../../../texts/index.ts';
import type { Spoken } from '../../voice/spoken.ts';

/** Addresses of the clips by file; a test holds that there is one for every word and language. */
const files = import.meta.glob<string>('../../voice/clips/*/*.ogg', { eager: true, query: '?url', import: 'default' });

/** @returns the clip's address, by which it is also known */
export const clipOf = (language: LanguageCode, spoken: Spoken): string =>
  files[`../../voice/clips/${language}/${spoken}.ogg`] ?? '';
