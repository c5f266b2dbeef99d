/**
 * Contradictions in what the gateway says of a person, for staff to look at; the patient is told nothing of them.
 * The rules are those of the burden: under school age 2 tenths, 70 to 74 2 or 3, from 75 on 1 to 3, else 3.
 */
import type { OqsGroup, Qualification } from './qualification.ts';
import { ageOn } from './questions.ts';

export type Warning =
  /** A burden that nobody of that age has, in tenths. */
  | { readonly of: 'ratio'; readonly tenths: string }
  /** Marked as before school age, or not, against the date of birth. */
  | { readonly of: 'preschool' }
  /** Valid, but the day of loss has passed or the first day has not come. */
  | { readonly of: 'dates' }
  /** The card of those of 75 and older before that age, or another one after it. */
  | { readonly of: 'elderly-insurer' };

/** @param today YYYY-MM-DD, in Japan */
export function warningsOf(qualification: Qualification, validity: string, today: string): readonly Warning[] {
  const text = (name: string) => textOf(qualification, name);
  const warnings: Warning[] = [];
  const birthdate = dayOf(text('Birthdate'));
  const ratio = text('InsuredPartialContributionRatio').trim();
  if (birthdate) {
    const age = ageOn(birthdate, today);
    const tenths = String(Number(ratio) / 10);
    if (ratio !== '' && !tenthsAt(age).includes(tenths)) warnings.push({ of: 'ratio', tenths });
    if (text('PreschoolClassification') === '1' && age > 6) warnings.push({ of: 'preschool' });
    if (isElderlyInsurer(text('InsurerNumber')) && age < ELDERLY_BY_DISABILITY) warnings.push({ of: 'elderly-insurer' });
  }
  const [from, until] = [dayOf(text('QualificationDate')), dayOf(text('DisqualificationDate'))];
  const contradicts =
    (from && until && until < from) || (validity === '1' && ((until && until < today) || (from && from > today)));
  if (contradicts) warnings.push({ of: 'dates' });
  return warnings;
}

/** Those with a recognised disability may join at 65 (高齢者の医療の確保に関する法律 50 条). */
const ELDERLY_BY_DISABILITY = 65;

function tenthsAt(age: number): readonly string[] {
  // 2 tenths until the school year that follows the sixth birthday.
  if (age < 6) return ['2'];
  if (age === 6) return ['2', '3'];
  if (age < ELDERLY_BY_DISABILITY) return ['3'];
  return ['1', '2', '3'];
}

/** 法別番号 39: 後期高齢者医療. */
const isElderlyInsurer = (insurerNumber: string): boolean => insurerNumber.startsWith('39');

const dayOf = (digits: string): string | undefined =>
  /^\d{8}$/.test(digits) ? `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}` : undefined;

function textOf(group: OqsGroup, name: string): string {
  const value = group[name];
  return typeof value === 'string' ? value : '';
}
