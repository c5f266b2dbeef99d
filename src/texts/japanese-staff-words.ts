import { type FaultCode, faultCodes } from '../faults/catalogue.ts';
import type { FaultTexts } from './fault-words.ts';
import { faultsJa } from './ja-faults.ts';

/** What a patient reads of each fault. */
type PatientWords = Readonly<Record<FaultCode, Omit<FaultTexts[FaultCode], 'staff'>>>;

/** @returns a language's words for the patient together with those for staff, who read Japanese whatever the patient reads */
export function withJapaneseStaffWords(words: PatientWords): FaultTexts {
  return Object.fromEntries(faultCodes.map((code) => [code, { ...words[code], staff: faultsJa[code].staff }])) as FaultTexts;
}
