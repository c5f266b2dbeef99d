/** The words that are only heard: those of the spoken guidance, for whoever cannot see the screen. */
import type { LanguageCode } from '../../../texts/index.ts';
import { guideEn } from './en.ts';
import { guideJa } from './ja.ts';
import { guideJaEasy } from './ja-easy.ts';
import { guideKo } from './ko.ts';
import { guidePt } from './pt.ts';
import { guideVi } from './vi.ts';
import type { GuideWords } from './words.ts';
import { guideZhHans } from './zh-hans.ts';
import { guideZhHant } from './zh-hant.ts';

const guides = {
  ja: guideJa,
  'ja-easy': guideJaEasy,
  en: guideEn,
  'zh-Hans': guideZhHans,
  'zh-Hant': guideZhHant,
  ko: guideKo,
  vi: guideVi,
  pt: guidePt,
};

/** A language of the kiosk that has no guidance does not compile. */
export const guideFor = (language: LanguageCode): GuideWords => guides[language];
