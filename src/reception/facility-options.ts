import type { AskedItem } from './questions.ts';

/** What the facility has set at its desk; each change counts from the next question on. */
export type FacilityOptions = {
  /** Of what the gateway allows to be asked, what this facility asks. */
  readonly consentItems: readonly AskedItem[];
  /** Whether staff may confirm by eye. */
  readonly visual: boolean;
  /** A disaster has been declared: advice for those without a card is shown. */
  readonly disaster: boolean;
  /** How the digits of the PIN pad stand where the patient has not chosen. */
  readonly pad: 'scrambled' | 'in-order';
};
