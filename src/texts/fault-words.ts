import type { FaultCode } from '../faults/catalogue.ts';

/**
 * The words of one fault. `title`: what happened, calmly and without blame. `advice`: what the patient can do or should know next; that staff help,
 * and which ways are open, the screen says by itself from the fault's offers.
 * `staff`: one line for the reception desk, meaning and action.
 */
type FaultWords = { readonly title: string; readonly advice: string; readonly staff: string };

export type FaultTexts = Readonly<Record<FaultCode, FaultWords>>;
