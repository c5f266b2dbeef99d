/** What was answered at this reader, in the words of the protocol and back. */
import type { Given } from '../reception/questions.ts';
import type { Consent } from './gateway-types.ts';

export function consentOf({ asked, consents, prescription, subsidy, dispense }: Given): Consent {
  const consent: Consent = { asked: [...asked], items: [...consents] };
  if (prescription !== undefined) consent.prescription = prescription;
  if (subsidy !== undefined) consent.subsidy = subsidy;
  if (dispense !== undefined) consent.dispense = [...dispense];
  return consent;
}

export function givenOf({ asked, items, ...others }: Consent): Given {
  return { asked, consents: items, ...others };
}
