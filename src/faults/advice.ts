/**
 * What a patient can show at the desk when the reader cannot help today, and where what failed can be mended.
 * Sources: 厚生労働省 「マイナ保険証等で資格確認できなかった場合の対応」 (the documents), J-LIS (PIN and certificate).
 */
import type { FaultCode } from './catalogue.ts';

export type Paper =
  /** 資格情報のお知らせ, together with the card. */
  | 'qualification-notice'
  /** マイナポータル画面, together with the card. */
  | 'portal-screen'
  /** 資格確認書: stands alone. */
  | 'qualification-certificate'
  /** 被保険者資格申立書: written at the desk. */
  | 'declaration';

export type Mend =
  /** A new PIN: municipal window, or app and convenience-store terminal, or by post for a proxy. */
  | 'pin'
  /** A new certificate: municipal window. */
  | 'certificate'
  /** A new card: municipal window. */
  | 'card'
  /** Registration: phone, PC, ATM, window, or right here. */
  | 'registration'
  /** The insurer has not sent its data yet. */
  | 'insurer';

export type Advice = { readonly show: readonly Paper[]; readonly mend?: Mend };

const withCard: readonly Paper[] = ['qualification-notice', 'portal-screen', 'qualification-certificate', 'declaration'];
/** Where the card itself says nothing any more. */
const withoutCard: readonly Paper[] = ['qualification-certificate', 'declaration'];

const special: Partial<Record<FaultCode, Advice>> = {
  'CARD-103': { show: withoutCard },
  'CARD-105': { show: withCard, mend: 'certificate' },
  'PIN-302': { show: withCard, mend: 'pin' },
  'GATE-505': { show: withCard, mend: 'certificate' },
  'GATE-506': { show: withCard, mend: 'certificate' },
  'GATE-508': { show: withCard, mend: 'registration' },
  'GATE-509': { show: withCard, mend: 'registration' },
  'GATE-510': { show: withCard, mend: 'registration' },
  'GATE-511': { show: withoutCard, mend: 'card' },
  'ELIG-601': { show: withCard, mend: 'insurer' },
  'ELIG-602': { show: withCard, mend: 'insurer' },
  'ELIG-605': { show: withCard, mend: 'insurer' },
};

export const adviceFor = (code: FaultCode): Advice => special[code] ?? { show: withCard };
