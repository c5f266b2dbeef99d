/** What a person of the bench is made of. All of it is invented. */
import { japanDay } from '../clinic/japan-time.ts';

/** Which lying-there thing the dock can place. */
type CardKind = 'my-number' | 'transit' | 'licence' | 'payment' | 'mute';

/** YYYY-MM-DD; or by the bench's day, for those whose age must be so to the day. */
export type Birth = string | { readonly yearsAgo: number; readonly days: number };

export type Persona = {
  readonly id: string;
  /** What the dock calls it. */
  readonly title: { readonly ja: string; readonly en: string };
  readonly kind: CardKind;
  /** What a My Number card is on: plastic, or a phone, which has the certificates but neither face nor print. */
  readonly carrier: 'card' | 'android' | 'iphone';
  /** Family and given name with one ideographic space between. */
  readonly name: string;
  /** With the glyphs that the card's print has, where `name` has ● for one. */
  readonly printedName?: string;
  /** Half-width katakana, as the OQS result has it. */
  readonly kana: string;
  /** 1 male, 2 female (code 007). */
  readonly sex: '1' | '2';
  readonly birth: Birth;
  readonly postNumber: string;
  readonly address: string;
  /** Which cut-out of faces.ts is on the card, or none. */
  readonly face: string | undefined;
  /** Four digits printed on the card's front: part of 照合番号B. */
  readonly securityCode: string;
  /** How the year of birth is printed, and so counts in 照合番号B. */
  readonly birthYear: 'japanese' | 'gregorian';
  /** From the birthday in which year on the card is no longer valid, counted from this one; negative: it has expired. Of a phone,
   *  the card that it was set up with. A small child's card ends on the fifth birthday. */
  readonly cardYears: number | 'fifth-birthday';
  /** Test PIN of the user-authentication key, and of the other PINs of the card. */
  readonly pin: string;
  /** False for 顔認証マイナンバーカード: no PIN was ever set, and all are blocked (inferred). */
  readonly hasPin: boolean;
  /** How many PIN tries the card has left when it is issued, 0…3. */
  readonly pinTriesLeft: number;
  /** Days from today until the user-authentication certificate ends; negative when it has ended. */
  readonly certificateDays: number;
  readonly certificateRevoked: boolean;
  /** Whether there is a signature certificate: none before the age of 15, and none without a PIN. */
  readonly signatureCertificate: boolean;
  /** Whether 利用登録 has been made for the use of the card as an insurance card. */
  readonly registered: boolean;
  /** The card was renewed and has not been used since: whose it is, the service of the certificates must first be asked. */
  readonly renewed: boolean;
  /** 資格有効性 that the gateway's database holds for this person. */
  readonly validity: '1' | '2' | '3' | '4' | '5' | '6';
  readonly insurer: {
    readonly number: string;
    readonly name: string;
    readonly symbol: string;
    readonly id: string;
    readonly branch: string;
  };
};

/** Whoever nothing is special about. */
export const ordinary = {
  kind: 'my-number',
  carrier: 'card',
  sex: '2',
  birthYear: 'japanese',
  cardYears: 5,
  pin: '1234',
  hasPin: true,
  pinTriesLeft: 3,
  certificateDays: 900,
  certificateRevoked: false,
  signatureCertificate: true,
  registered: true,
  renewed: false,
  validity: '1',
  postNumber: '100-0000',
  insurer: { number: '06139999', name: 'かざす健康保険組合（架空）', symbol: '１２３', id: '4567', branch: '01' },
} as const;

/** @param days since that birthday; negative: it is still to come, so that the person is a year younger */
export function bornYearsAgo(yearsAgo: number, days = 0): Birth {
  return { yearsAgo, days };
}

/** YYYY-MM-DD; 28 February where a year has no 29th, so that the birthday has been reached all the same. */
export function birthOn({ birth }: Pick<Persona, 'birth'>, now: Date): string {
  if (typeof birth === 'string') return birth;
  const day = japanDay(new Date(now.getTime() - birth.days * DAY_MS));
  const year = Number(day.slice(0, 4)) - birth.yearsAgo;
  const monthDay = day.slice(4);
  const exists = monthDay !== '0229' || new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  return `${year}-${monthDay.slice(0, 2)}-${exists ? monthDay.slice(2) : '28'}`;
}

const DAY_MS = 86_400_000;
