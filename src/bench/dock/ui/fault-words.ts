import { catalogue, type FaultCode } from '../../../faults/catalogue.ts';
import { languages } from '../../../texts/index.ts';
import { language } from './texts.ts';

export const isFaultCode = (outcome: string): outcome is FaultCode => Object.hasOwn(catalogue, outcome);

/** What the code tells staff, in the dock's language. */
export const staffWords = (code: FaultCode): string => languages[language.value].faults[code].staff;
