import { en } from './en.ts';
import { ja, type Texts } from './ja.ts';
import { jaEasy } from './ja-easy.ts';
import { ko } from './ko.ts';
import { pt } from './pt.ts';
import { vi } from './vi.ts';
import { zhHans } from './zh-hans.ts';
import { zhHant } from './zh-hant.ts';

/** Every language of the kiosk. The first is the one that an idle reader shows. */
export const languages = {
  ja,
  'ja-easy': jaEasy,
  en,
  'zh-Hans': zhHans,
  'zh-Hant': zhHant,
  ko,
  vi,
  pt,
} as const satisfies Record<string, Texts>;

export type LanguageCode = keyof typeof languages;

export type { Texts } from './ja.ts';
